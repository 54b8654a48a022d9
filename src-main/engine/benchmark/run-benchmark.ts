import { RunSettings, type RunSettingsInput } from '../../../src-shared/domain/run-settings'
import { AppError, toErrorFrame } from '../../../src-shared/contract/errors'
import { APP_NAME, APP_VERSION } from '../version'
import { cellRows, headlineRows, pooledRows } from './aggregate'
import { analyseTable } from './analyse-table'
import { readManifest, readTruth, type ManifestEntry } from './manifest'
import { betterPeers, peerHeadline, readPeers } from './peers'
import type { BenchmarkReport, DatasetFailure, DatasetRow } from './report'
import { scoreResult, type ScoredDataset } from './score-result'

export interface BenchmarkOptions {
  /** studies analysed at the same time */
  readonly jobs: number
  /** worker threads of each study */
  readonly threads?: number
  /** comma-separated beginnings of study names, `*` for anything; empty = all */
  readonly filter?: string
  readonly settings?: RunSettingsInput
  readonly onProgress?: (progress: BenchmarkProgress) => void
  readonly signal?: AbortSignal
}

export interface BenchmarkProgress {
  readonly done: number
  readonly total: number
  /** the study that was just finished, or why it has no result */
  readonly latest: DatasetRow | DatasetFailure
}

/**
 * Analyses every study of a manifest as a user would, file to result, and scores the answers against the
 * truth. The order of the studies in the report does not depend on `jobs`; a study that fails is reported
 * and does not stop the others.
 *
 * @throws AppError FILE_ACCESS or DATA_FORMAT for the manifest, a truth or the peers; INVALID_PARAMS when
 * the filter fits no study; CANCELLED
 */
export async function runBenchmark(
  manifestPath: string,
  options: BenchmarkOptions,
): Promise<BenchmarkReport> {
  const started = performance.now()
  const settings = RunSettings.parse(options.settings ?? {})
  const threads = options.threads ?? 1
  const entries = selectEntries(await readManifest(manifestPath), options.filter ?? '')
  const peers = await readPeers(manifestPath)

  const outcomes = new Array<ScoredDataset | DatasetFailure>(entries.length)
  const queue = entries.entries()
  let done = 0
  const workThroughQueue = async (): Promise<void> => {
    for (const [index, entry] of queue) {
      throwIfAborted(options.signal)
      const outcome = await attempt(entry, settings, threads, options.signal)
      outcomes[index] = outcome
      const latest = 'row' in outcome ? outcome.row : outcome
      options.onProgress?.({ done: ++done, total: entries.length, latest })
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, workThroughQueue))

  const scored = outcomes.filter((outcome): outcome is ScoredDataset => 'row' in outcome)
  const datasets = scored.map(({ row }) => row)
  const cells = cellRows(datasets)
  return {
    format: 'metacadi-benchmark',
    version: 1,
    app: { name: APP_NAME, version: APP_VERSION },
    createdAt: new Date().toISOString(),
    platform: `${process.platform}-${process.arch}`,
    node: process.versions.node,
    manifest: manifestPath,
    settings,
    jobs: options.jobs,
    threads,
    wallSeconds: (performance.now() - started) / 1000,
    datasets,
    failures: outcomes.filter((outcome): outcome is DatasetFailure => !('row' in outcome)),
    cells,
    headline: headlineRows(datasets),
    pooled: pooledRows(scored),
    peerHeadline: peerHeadline(peers),
    betterPeers: betterPeers(cells, peers),
  }
}

async function attempt(
  entry: ManifestEntry,
  settings: RunSettings,
  threads: number,
  signal: AbortSignal | undefined,
): Promise<ScoredDataset | DatasetFailure> {
  const truth = await readTruth(entry.truth)
  try {
    const started = performance.now()
    const result = await analyseTable(entry.table, settings, { threads, signal })
    return scoreResult(result, truth, (performance.now() - started) / 1000)
  } catch (error) {
    throwIfAborted(signal)
    const { code, message, details } = toErrorFrame(error)
    const cause = code === 'INTERNAL' ? ` (${String(details.error)})` : ''
    return { id: entry.id, code, message: message + cause }
  }
}

function selectEntries(entries: readonly ManifestEntry[], filter: string): readonly ManifestEntry[] {
  const patterns = filter
    .split(',')
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '')
    .map((pattern) => new RegExp('^' + pattern.split('*').map(escapeForRegExp).join('.*')))
  if (patterns.length === 0) return entries
  const selected = entries.filter(({ id }) => patterns.some((pattern) => pattern.test(id)))
  if (selected.length === 0)
    throw new AppError('INVALID_PARAMS', `No study of the manifest begins with '${filter}'.`)
  return selected
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('CANCELLED', 'The benchmark was cancelled.')
}
