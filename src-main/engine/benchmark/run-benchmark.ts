import { RunSettings, type RunSettingsInput } from '../../../src-shared/domain/run-settings'
import { AppError, toErrorFrame } from '../../../src-shared/contract/errors'
import type { LearnedModels } from '../analysis/ask-network'
import { PARTS } from '../analysis/part-results'
import { APP_NAME, APP_VERSION } from '../version'
import { cellRows, headlineRows, pooledRows } from './aggregate'
import { analyseTable } from './analyse-table'
import { detectionRows } from './detection'
import { readManifest, readTruth, type ManifestEntry } from './manifest'
import { betterPeers, peerHeadline, readPeers } from './peers'
import { reliabilityCurves } from './reliability'
import type { BenchmarkReport, DatasetFailure, DatasetRow, PartName, Scores } from './report'
import { scoreParts } from './score-parts'
import { scoreResult, type ScoredDataset } from './score-result'
import { unusualRows } from './unusual'

export interface BenchmarkOptions {
  /** studies analysed at the same time */
  readonly jobs: number
  /** worker threads of each study */
  readonly threads?: number
  /** comma-separated beginnings of study names, `*` for anything; empty = all */
  readonly filter?: string
  readonly settings?: RunSettingsInput
  /** lends the learned model; absent = none */
  readonly models?: LearnedModels
  /** also score network, closed form and their mean by themselves, on the same runs */
  readonly parts?: boolean
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

  const outcomes = new Array<Outcome>(entries.length)
  const queue = entries.entries()
  let done = 0
  const workThroughQueue = async (): Promise<void> => {
    for (const [index, entry] of queue) {
      throwIfAborted(options.signal)
      const outcome = await attempt(entry, settings, threads, options)
      outcomes[index] = outcome
      const latest = 'answer' in outcome ? outcome.answer.row : outcome
      options.onProgress?.({ done: ++done, total: entries.length, latest })
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, workThroughQueue))

  const scored = outcomes.filter((outcome): outcome is ScoredStudy => 'answer' in outcome)
  const answers = scoresOf(scored.map(({ answer }) => answer))
  return {
    format: 'metacadi-benchmark',
    version: 2,
    app: { name: APP_NAME, version: APP_VERSION },
    createdAt: new Date().toISOString(),
    platform: `${process.platform}-${process.arch}`,
    node: process.versions.node,
    manifest: manifestPath,
    settings,
    jobs: options.jobs,
    threads,
    wallSeconds: (performance.now() - started) / 1000,
    ...answers,
    failures: outcomes.filter((outcome): outcome is DatasetFailure => !('answer' in outcome)),
    unusual: unusualRows(answers.datasets),
    parts: PARTS.flatMap((part) => {
      const alone = scored.flatMap(({ parts }) => parts.filter(([name]) => name === part))
      return alone.length === 0 ? [] : [{ part, ...scoresOf(alone.map(([, score]) => score)) }]
    }),
    peerHeadline: peerHeadline(peers),
    betterPeers: betterPeers(answers.cells, peers),
  }
}

interface ScoredStudy {
  readonly answer: ScoredDataset
  readonly parts: readonly (readonly [PartName, ScoredDataset])[]
}

type Outcome = ScoredStudy | DatasetFailure

function scoresOf(scored: readonly ScoredDataset[]): Scores {
  const datasets = scored.map(({ row }) => row)
  return {
    datasets,
    cells: cellRows(datasets),
    headline: headlineRows(datasets),
    pooled: pooledRows(scored),
    detection: detectionRows(scored),
    reliability: reliabilityCurves(scored),
  }
}

async function attempt(
  entry: ManifestEntry,
  settings: RunSettings,
  threads: number,
  { signal, models, parts = false }: BenchmarkOptions,
): Promise<Outcome> {
  const truth = await readTruth(entry.truth)
  try {
    const started = performance.now()
    const result = await analyseTable(entry.table, settings, { threads, signal, models })
    const seconds = (performance.now() - started) / 1000
    return {
      answer: scoreResult(result, truth, seconds),
      parts: parts ? scoreParts(result, truth, seconds) : [],
    }
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
