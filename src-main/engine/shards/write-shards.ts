import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { AppError } from '../../../src-shared/contract/errors'
import {
  EXPERIMENT_FEATURES,
  FEATURE_VERSION,
  GLOBAL_FEATURES,
  PAIR_FEATURES,
} from '../../core/features/summary'
import {
  FAMILY_NAMES,
  SIMULATOR_VERSION,
  TRAINING_FAMILIES,
  type Distribution,
  type FamilyName,
  type StudyShape,
} from '../../core/simulate/training'
import { writeAtomically } from '../../io/result/write-atomically'
import {
  readShardIndex,
  shardIsWhole,
  shardLayout,
  writeShardIndex,
  type ShardCondition,
  type ShardEntry,
  type ShardHead,
} from '../../io/shards'
import { bundledFile } from '../bundled-file'
import { planShards, type PlannedShard } from './shard-plan'
import type { ShardReply, ShardRequest } from './shard-messages'

export interface ShardOptions {
  readonly count: number
  /** 0 .. 2²⁰ − 1 */
  readonly seed: number
  readonly distribution: Distribution
  /** only these families; empty = all of the distribution */
  readonly families: readonly FamilyName[]
  /** also run the closed-form analysis */
  readonly closedForm: boolean
  /** empty = the shapes the model is trained on */
  readonly shapes: readonly StudyShape[]
  /** what all studies have in common; empty = the mix of training */
  readonly conditions: readonly ShardCondition[]
  readonly threads: number
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number) => void
}

export interface ShardSummary {
  readonly shards: number
  readonly studies: number
  /** studies made now, the others were there */
  readonly made: number
  readonly bytes: number
  readonly seconds: number
  /** NaN when nothing was made */
  readonly studiesPerSecondAndCore: number
}

const MOST_SAMPLES = 6000
/** The closed form reads every sample many times. */
const MOST_CLOSED_FORM_SAMPLES = 1500

/**
 * Fills a folder with shards of simulated studies for training, on worker threads. Shards that are there
 * with their checksum are kept; `index.json` lists whole shards only, at any moment. Every shard depends on
 * the options alone, so the folder is the same for any number of threads and after any interruption.
 *
 * @throws AppError INVALID_PARAMS when the folder holds shards that were made otherwise; CANCELLED
 */
export async function writeShards(folder: string, options: ShardOptions): Promise<ShardSummary> {
  const started = performance.now()
  const cpu = process.cpuUsage()
  await mkdir(folder, { recursive: true })
  const mostSamples = options.closedForm ? MOST_CLOSED_FORM_SAMPLES : MOST_SAMPLES
  const head = shardHead(options, mostSamples)
  const planned = planShards(options.count, options.distribution, options.closedForm, options.shapes)
  const entries = await keptShards(folder, head, planned, options.closedForm)
  const waiting = planned.filter(({ file }) => !entries.has(file))
  const kept = planned.reduce((sum, shard) => sum + (entries.has(shard.file) ? shard.studies : 0), 0)
  await saveIndex(folder, head, entries)

  let done = kept
  const workers: Worker[] = []
  options.onProgress?.(done, options.count)

  const workThroughQueue = async (): Promise<void> => {
    const worker = new Worker(bundledFile('shard-worker.js'))
    workers.push(worker)
    for (let shard = waiting.shift(); shard; shard = waiting.shift()) {
      throwIfAborted(options.signal)
      const { shape, first, studies } = shard
      const { seed, distribution, closedForm, conditions } = options
      const families = head.drawnFamilies as FamilyName[]
      const task = {
        seed,
        distribution,
        families,
        mostSamples,
        closedForm,
        conditions,
        shape,
        first,
        studies,
      }
      const reply = await makeShard(worker, { task }, (count) => {
        done += count
        options.onProgress?.(done, options.count)
      })
      await writeAtomically(join(folder, shard.file), reply.bytes)
      entries.set(shard.file, entryOf(shard, closedForm, reply.sha256))
      await saveIndex(folder, head, entries)
    }
  }
  const stop = (): void => workers.forEach((worker) => void worker.terminate())
  options.signal?.addEventListener('abort', stop, { once: true })
  try {
    const threads = Math.min(options.threads, waiting.length)
    const endings = Array.from({ length: threads }, () =>
      workThroughQueue().catch((error: unknown) => {
        // The others would fill shards that nobody waits for.
        waiting.length = 0
        stop()
        throw error
      }),
    )
    const outcomes = await Promise.allSettled(endings)
    throwIfAborted(options.signal)
    // The first failure has stopped the others, whose endings say no more than that.
    const failures = outcomes.filter((outcome) => outcome.status === 'rejected')
    const cause = failures.find(({ reason }) => !isCancelled(reason)) ?? failures[0]
    if (cause) await Promise.reject(cause.reason as Error)
  } finally {
    options.signal?.removeEventListener('abort', stop)
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  const made = options.count - kept
  return {
    shards: planned.length,
    studies: options.count,
    made,
    bytes: planned.reduce(
      (sum, { shape, studies }) => sum + shardLayout(shape, studies, options.closedForm).bytes,
      0,
    ),
    seconds: (performance.now() - started) / 1000,
    // Processor time of all threads: waiting for other programs does not count.
    studiesPerSecondAndCore: made > 0 ? made / processorSeconds(cpu) : NaN,
  }
}

function processorSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1e6
}

function shardHead(options: ShardOptions, mostSamples: number): ShardHead {
  const drawn = TRAINING_FAMILIES.filter(
    ({ name, distribution }) =>
      distribution === options.distribution &&
      (options.families.length === 0 || options.families.includes(name)),
  ).map(({ name }) => name)
  if (drawn.length === 0)
    throw new AppError(
      'INVALID_PARAMS',
      `None of the families ${options.families.join(', ')} belongs to the distribution '${options.distribution}'.`,
    )
  if (options.distribution === 'audit' && options.conditions.length > 0)
    throw new AppError(
      'INVALID_PARAMS',
      'Studies of the audit have no nuisance and no action; leave out --plain, --weak and --shift.',
    )
  return {
    format: 'metacadi-shards',
    version: 1,
    featureVersion: FEATURE_VERSION,
    simulator: SIMULATOR_VERSION,
    seed: options.seed,
    distribution: options.distribution,
    closedForm: options.closedForm,
    mostSamples,
    pairFeatures: [...PAIR_FEATURES],
    experimentFeatures: [...EXPERIMENT_FEATURES],
    globalFeatures: [...GLOBAL_FEATURES],
    families: [...FAMILY_NAMES],
    drawnFamilies: drawn,
    ...(options.conditions.length > 0 && { conditions: [...options.conditions] }),
  }
}

/** What of the plan is in the folder already. */
async function keptShards(
  folder: string,
  head: ShardHead,
  planned: readonly PlannedShard[],
  closedForm: boolean,
): Promise<Map<string, ShardEntry>> {
  const kept = new Map<string, ShardEntry>()
  const found = await readShardIndex(folder)
  if (!found) return kept
  const { shards, ...foundHead } = found
  if (JSON.stringify(foundHead) !== JSON.stringify(head))
    throw new AppError(
      'INVALID_PARAMS',
      `'${folder}' holds shards that were made with other settings or another version. Choose another folder or remove them.`,
    )
  const byFile = new Map(shards.map((entry) => [entry.file, entry]))
  for (const shard of planned) {
    const entry = byFile.get(shard.file)
    const same = entry && JSON.stringify(entry) === JSON.stringify(entryOf(shard, closedForm, entry.sha256))
    if (same && (await shardIsWhole(folder, entry))) kept.set(shard.file, entry)
  }
  return kept
}

function entryOf({ file, shape, studies }: PlannedShard, closedForm: boolean, sha256: string): ShardEntry {
  const sections = Object.fromEntries(
    Object.entries(shardLayout(shape, studies, closedForm).sections).map(([name, section]) => [
      name,
      { ...section, shape: [...section.shape] },
    ]),
  )
  return { file, genes: shape.genes, experiments: shape.experiments, studies, sha256, sections }
}

/** One index at a time: two atomic writes in the wrong order would lose the newer shard. */
let saving: Promise<void> = Promise.resolve()
function saveIndex(folder: string, head: ShardHead, entries: ReadonlyMap<string, ShardEntry>): Promise<void> {
  saving = saving.then(() => {
    const shards = [...entries.values()].sort((a, b) => (a.file < b.file ? -1 : 1))
    return writeShardIndex(folder, { ...head, shards })
  })
  return saving
}

function makeShard(
  worker: Worker,
  request: ShardRequest,
  onStudies: (count: number) => void,
): Promise<Extract<ShardReply, { type: 'shard' }>> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      settle()
    }
    const onError = (error: Error): void => finish(() => reject(error))
    const onExit = (): void =>
      finish(() => reject(new AppError('CANCELLED', 'The simulation was cancelled.')))
    const onMessage = (reply: ShardReply): void => {
      if (reply.type === 'studies') onStudies(reply.count)
      else if (reply.type === 'failed')
        onError(Object.assign(new Error(reply.message), { stack: reply.stack }))
      else {
        onStudies(reply.unreported)
        finish(() => resolve(reply))
      }
    }
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    worker.postMessage(request)
  })
}

const isCancelled = (reason: unknown): boolean => reason instanceof AppError && reason.code === 'CANCELLED'

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('CANCELLED', 'The simulation was cancelled; whole shards are kept.')
}
