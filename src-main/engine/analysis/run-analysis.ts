import { availableParallelism, totalmem } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import type { Progress, RunEstimate } from '../../../src-shared/contract/engine-info'
import { AppError } from '../../../src-shared/contract/errors'
import { environmentStarts, type Dataset } from '../../../src-shared/domain/dataset'
import type { AnalysisResult, RunDiagnostics } from '../../../src-shared/domain/result'
import type { RunSettings } from '../../../src-shared/domain/run-settings'
import { experimentShifts } from '../../core/effects/predicted-shift'
import { targetPrior } from '../../core/evidence/hyperparameters'
import { BETWEEN_VARIANCE, studyOfScaled } from '../../core/evidence/study'
import { wasmKernelAvailable } from '../../core/evidence/wasm/wasm-kernel'
import { FEATURES_PER_GENE } from '../../core/features/basis'
import { largestTie } from '../../core/features/gene-scale'
import { scaleExpression } from '../../core/features/preprocess'
import { resultHash } from '../../io/result/result-hash'
import { APP_NAME, APP_VERSION } from '../version'
import { averageGene, type GeneAverage } from './average-gene'
import { checkpointKey, readCheckpoint, removeCheckpoint, writeCheckpoint } from './checkpoint'
import { compileConstraints } from './gene-constraints'
import { parentSetsOf, type GeneScores } from './gene-scores'
import { compileKnownTargets, targetPriorOf } from './known-targets'
import { DROPOUT_TIE, planRun, type Plan } from './plan'
import { createProgressMeter } from './progress-meter'
import { buildLocalScores, searchOrders } from './search-orders'
import { shareStudy } from './shared-study'
import { summariseTargets } from './target-summary'
import { runWarnings } from './warnings'
import { createWorkerPool } from './worker-pool'

export interface RunHooks {
  /** worker threads; 0 or absent = one per core */
  readonly threads?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
  /** where finished parts are kept while the run goes on; removed at the end */
  readonly checkpointFile?: string
  /** continue from the checkpoint if it belongs to the same data and settings */
  readonly resume?: boolean
}

const CHECKPOINT_MILLISECONDS = 2000
/** Stage weights of the progress bar: measured shares of the time at 20–50 genes. */
const STAGES = [
  { stage: 'preparing', weight: 2 },
  { stage: 'scoring', weight: 68 },
  { stage: 'searching', weight: 22 },
  { stage: 'averaging', weight: 8 },
] as const

/**
 * One run: scales the data, scores all parent sets of every gene, searches orders, averages.
 * The same data, settings and seed give the same result hash for any number of threads, and after a resume.
 *
 * @throws AppError INVALID_PARAMS (constraints, known targets), DATA_INSUFFICIENT, NUMERIC_FAILURE, RESOURCE_LIMIT, CANCELLED
 */
export async function runAnalysis(
  dataset: Dataset,
  settings: RunSettings,
  hooks: RunHooks = {},
): Promise<AnalysisResult> {
  const d = dataset.genes.length
  const K = dataset.environments.length - 1
  const seconds: Record<string, number> = {}
  let stageStart = performance.now()
  const lap = (name: string): void => {
    const now = performance.now()
    seconds[name] = (now - stageStart) / 1000
    stageStart = now
  }
  refuseImpossible(dataset)
  const constraints = compileConstraints(settings.constraints, dataset.genes)
  const given = compileKnownTargets(settings.knownTargets, dataset.environments.slice(1), dataset.genes)
  const meter = createProgressMeter(STAGES, (progress) => hooks.onProgress?.(progress))
  throwIfAborted(hooks.signal)
  meter.report('preparing', 0)

  const starts = environmentStarts(dataset.environmentOf, K + 1)
  const scaled = scaleExpression(dataset.values, dataset.samples.length, d, starts[1]!, settings.seed)
  const plan = planRun(
    dataset,
    settings,
    scaled.scales.filter((scale) => largestTie(scale) >= DROPOUT_TIE).length,
  )
  const betweenVariance = BETWEEN_VARIANCE[plan.preset]
  const prepared = studyOfScaled(scaled, d, starts, betweenVariance)
  const study = shareStudy(prepared.study)
  checkFinite(study.features, dataset)
  const prior = targetPrior(d)
  lap('preparing')

  const key = hooks.checkpointFile ? checkpointKey(dataset, settings) : ''
  const stored =
    hooks.checkpointFile && hooks.resume ? await readCheckpoint(hooks.checkpointFile, key) : undefined
  const scored: (GeneScores | undefined)[] = new Array<GeneScores | undefined>(d)
  for (const gene of stored?.genes ?? []) scored[gene.gene] = gene
  const chains = [...(stored?.chains ?? [])]
  const saver = createSaver(hooks.checkpointFile, key, () => ({
    genes: scored.filter((gene) => gene !== undefined),
    chains,
  }))

  const threads = Math.max(1, Math.min(hooks.threads || availableParallelism(), Math.max(d, plan.chains)))
  const pool = createWorkerPool(study, threads)
  const abort = (): void => void pool.close()
  hooks.signal?.addEventListener('abort', abort, { once: true })
  try {
    let done = scored.filter((gene) => gene !== undefined).length
    meter.report('scoring', done / d)
    await Promise.all(
      dataset.genes.map(async (_, j) => {
        if (scored[j]) return
        scored[j] = await pool.scoreGene({
          gene: j,
          allowed: constraints.allowed[j]!,
          required: constraints.required[j]!,
          candidates: plan.candidates,
          maxParents: plan.maxParents,
          prior: targetPriorOf(given, j, d, prior),
        })
        checkGene(scored[j], dataset)
        meter.report('scoring', ++done / d)
        await saver.maybeSave()
      }),
    )
    const genes = scored as GeneScores[]
    lap('scoring')
    await saver.save()

    const local = buildLocalScores(genes, settings.evidenceWeight)
    const orders = await searchOrders(local, plan, settings.seed, constraints.requiredPairs, pool, chains, {
      onShare: (share) => meter.report('searching', share),
      onState: (chain, state) => {
        chains[chain] = state
        void saver.maybeSave()
      },
    })
    lap('searching')

    const averages: GeneAverage[] = []
    for (const gene of genes) {
      averages.push(averageGene(study, prepared.basis, gene, local, orders))
      meter.report('averaging', averages.length / d)
      await setImmediate()
      throwIfAborted(hooks.signal)
    }
    const { targets, usedPrior } = summarise(study, averages, given, prior, settings)
    const edges = collectEdges(averages, d)
    lap('averaging')
    const maxChainDifference = edges.chainDifference.reduce((a, b) => Math.max(a, b), 0)
    const diagnostics: RunDiagnostics = {
      preset: plan.preset,
      maxParents: plan.maxParents,
      candidates: plan.candidates,
      parentSetsPerGene: Math.max(
        0,
        ...genes.map(
          (gene) => parentSetsOf(gene.candidates.length, gene.maxParents, gene.requiredCount).count,
        ),
      ),
      sweeps: plan.exactOrders ? 0 : plan.sweeps,
      chains: plan.exactOrders ? 0 : plan.chains,
      exactOrders: plan.exactOrders,
      maxChainDifference,
      effectiveOrders: orders.effectiveOrders,
      targetCountPrior: Array.from(usedPrior),
      seconds,
      threads,
      peakMemoryBytes: meter.peakMemoryBytes(),
    }
    const unhashed: Omit<AnalysisResult, 'resultHash'> = {
      format: 'metacadi-result',
      version: 1,
      app: {
        name: APP_NAME,
        version: APP_VERSION,
        kernel: wasmKernelAvailable() ? 'wasm-simd' : 'typescript',
      },
      createdAt: new Date().toISOString(),
      input: {
        name: dataset.name,
        files: dataset.files,
        transform: dataset.transform,
        control: starts[1]! > 0 ? dataset.environments[0]! : null,
        samplesPerEnvironment: Array.from({ length: K + 1 }, (_, k) => starts[k + 1]! - starts[k]!),
        samples: dataset.samples,
        values: dataset.values,
      },
      settings,
      genes: dataset.genes,
      environments: dataset.environments.slice(1),
      edges,
      targets,
      diagnostics,
      warnings: runWarnings(dataset, starts, diagnostics),
      learned: {
        preprocessing: {
          responseNoise: scaled.tied.includes(1) ? 'ties' : 'none',
          basisHalfWidth: prepared.basis.halfWidth,
          basisMeans: prepared.basis.means_d5,
          betweenVariance,
          hasControl: starts[1]! > 0,
          genes: scaled.scales,
        },
        genes: averages.map((average) => average.learned),
        priorTarget: prior,
      },
    }
    if (hooks.checkpointFile) await removeCheckpoint(hooks.checkpointFile)
    return { ...unhashed, resultHash: resultHash(unhashed) }
  } finally {
    hooks.signal?.removeEventListener('abort', abort)
    await saver.settled()
    await pool.close()
  }
}

/** Time and memory that a run will need, from its size; measured constants, within a factor of about two. */
export function estimateRun(dataset: Dataset, settings: RunSettings): RunEstimate {
  const d = dataset.genes.length
  const K = dataset.environments.length - 1
  const n = dataset.samples.length
  const plan: Plan = planRun(dataset, settings, 0)
  const sets = parentSetsOf(plan.candidates, plan.maxParents, 0).count
  const threads = availableParallelism()
  const evidence =
    d *
    (sets * Math.max(1, K) * 4e-6 +
      (d > plan.candidates + 1 ? (d + 32) * Math.max(1, K) * 1.5e-6 : 0) +
      n * 1e-6 * plan.candidates)
  const search = plan.exactOrders ? d * 2 ** d * 2e-7 : plan.chains * plan.sweeps * d * 8e-6
  const bytes =
    120e6 +
    threads * 40e6 +
    n * d * FEATURES_PER_GENE * 8 * (1 + threads) +
    d * sets * Math.max(1, K) * 17 +
    d * 2 ** plan.candidates * 8
  return { seconds: 0.3 + (evidence + search) / Math.min(threads, Math.max(1, d)), memoryBytes: bytes }
}

function summarise(
  study: ReturnType<typeof shareStudy>,
  averages: readonly GeneAverage[],
  given: Uint8Array,
  prior: number,
  settings: RunSettings,
): ReturnType<typeof summariseTargets> {
  const d = study.genes
  const K = study.environments
  const at = (): Float64Array => new Float64Array(K * d)
  const inputs = {
    logOdds: at(),
    given,
    prior,
    hardShare: at(),
    observedShift: at(),
    predictedShift: at(),
    shiftZ: at(),
  }
  averages.forEach((average, j) => {
    const shifts = experimentShifts(study, j, average.learned)
    for (let k = 0; k < K; k++) {
      inputs.logOdds[k * d + j] = average.targetLogOdds[k]!
      inputs.hardShare[k * d + j] = average.hardShare[k]!
      inputs.observedShift[k * d + j] = shifts.observed[k]!
      inputs.predictedShift[k * d + j] = shifts.predicted[k]!
      inputs.shiftZ[k * d + j] = shifts.z[k]!
    }
  })
  return summariseTargets(inputs, K, d, settings)
}

function collectEdges(averages: readonly GeneAverage[], d: number): AnalysisResult['edges'] {
  const matrix = (of: (average: GeneAverage) => Float64Array): Float64Array => {
    const out = new Float64Array(d * d)
    averages.forEach((average, j) => of(average).forEach((value, i) => (out[i * d + j] = value)))
    return out
  }
  const probability = matrix((average) => average.edgeProbability)
  const logOdds = probability.map((p) =>
    Math.max(-LARGEST_LOG_ODDS, Math.min(LARGEST_LOG_ODDS, Math.log(p) - Math.log1p(-p))),
  )
  return {
    probability,
    logOdds,
    effect: matrix((average) => average.effect),
    effectSd: matrix((average) => average.effectSd),
    chainDifference: matrix((average) => average.chainDifference),
  }
}

const LARGEST_LOG_ODDS = 700

function refuseImpossible(dataset: Dataset): void {
  const d = dataset.genes.length
  if (d < 2)
    throw new AppError(
      'DATA_INSUFFICIENT',
      'The table has fewer than two genes; a network needs at least two.',
    )
  if (dataset.samples.length < 3)
    throw new AppError(
      'DATA_INSUFFICIENT',
      `The table has ${dataset.samples.length} samples; at least three are needed.`,
    )
  const bytes = dataset.samples.length * d * FEATURES_PER_GENE * 8 * 3
  if (bytes > 0.6 * totalmem())
    throw new AppError(
      'RESOURCE_LIMIT',
      `Needs about ${Math.ceil(bytes / 1e9)} GB. Select fewer genes or average the samples of each experiment.`,
      { bytes },
    )
}

function checkFinite(features: Float64Array, dataset: Dataset): void {
  const perSample = dataset.genes.length * FEATURES_PER_GENE
  const at = features.findIndex((value) => !Number.isFinite(value))
  if (at < 0) return
  const gene = dataset.genes[Math.floor((at % perSample) / FEATURES_PER_GENE)]!
  const sample = dataset.samples[Math.floor(at / perSample)]!
  throw new AppError(
    'NUMERIC_FAILURE',
    `The values of ${gene} cannot be scaled (sample ${sample}). Check the gene's values or leave it out.`,
    { gene, sample },
  )
}

function checkGene(scores: GeneScores, dataset: Dataset): void {
  if (scores.logEvidence.every(Number.isFinite) && scores.targetLogOdds.every(Number.isFinite)) return
  const gene = dataset.genes[scores.gene]!
  throw new AppError(
    'NUMERIC_FAILURE',
    `The evidence of ${gene} is not a number. Check the gene's values or leave it out.`,
    { gene },
  )
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('CANCELLED', 'The job was cancelled.')
}

/** Writes checkpoints one at a time, at most every two seconds. A failing disk must not stop the run. */
function createSaver(
  file: string | undefined,
  key: string,
  collect: () => Parameters<typeof writeCheckpoint>[2],
): { save(): Promise<void>; maybeSave(): Promise<void>; settled(): Promise<void> } {
  let last = performance.now()
  let running: Promise<void> | undefined
  const save = async (): Promise<void> => {
    if (!file || running) return running
    last = performance.now()
    running = writeCheckpoint(file, key, collect())
      .catch(() => undefined)
      .finally(() => (running = undefined))
    return running
  }
  return {
    save,
    maybeSave: async () => (performance.now() - last > CHECKPOINT_MILLISECONDS ? save() : undefined),
    settled: async () => running,
  }
}
