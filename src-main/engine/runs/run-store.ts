import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../src-shared/contract/errors'
import type { RunSummary } from '../../../src-shared/contract/result-view'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { RUN_MODES } from '../../../src-shared/domain/run-settings'
import { copyResultFile, readResultFile } from '../../io/result/result-file'
import { serialiseResult } from '../../io/result/serialise-result'
import { writeAtomically } from '../../io/result/write-atomically'
import { opaqueId } from '../opaque-id'

const Summary: z.ZodType<RunSummary> = z.object({
  runId: z.string(),
  name: z.string(),
  datasetId: z.string().nullable(),
  createdAt: z.string(),
  genes: z.number(),
  environments: z.number(),
  mode: z.enum(RUN_MODES),
  seconds: z.number(),
  warnings: z.array(z.string()),
  resultHash: z.string(),
})

/** Results beyond this many are read from the session folder again when they are asked for. */
const KEPT_IN_MEMORY = 4

export interface StoredRun {
  readonly summary: RunSummary
  readonly result: AnalysisResult
}

export interface RunStore {
  /** @param runId of the instant answer that gives way to the full one of the same run; absent = a new run */
  readonly add: (result: AnalysisResult, datasetId: string | null, runId?: string) => Promise<RunSummary>
  /**
   * A result file that the user chose. It is copied as it is and read from the copy: what is shown is what is kept.
   * @throws AppError FILE_ACCESS, RESOURCE_LIMIT, DATA_FORMAT
   */
  readonly open: (file: string, shownName: string) => Promise<RunSummary>
  /** Takes over a stored result under its own identifier; its content is read and checked when it is asked for. */
  readonly adopt: (summary: RunSummary, file: string) => Promise<void>
  /** the result file of a run. @throws AppError INVALID_PARAMS when there is no such run */
  readonly stored: (runId: string) => { readonly summary: RunSummary; readonly file: string }
  /** oldest first */
  readonly list: () => RunSummary[]
  /** @throws AppError INVALID_PARAMS when there is no such run */
  readonly get: (runId: string) => Promise<StoredRun>
}

/**
 * The runs of a session; only an instant answer gives way, to the full one of its run. Each lies in the session folder as a result file and a
 * summary, so that finished work outlives a crash of the engine process.
 */
export function createRunStore(folder: string): RunStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const summaries = new Map(storedSummaries(folder).map((summary) => [summary.runId, summary]))
  const results = new Map<string, AnalysisResult>()
  const resultFile = (runId: string): string => join(folder, `${runId}.result.json`)

  const keep = (runId: string, result: AnalysisResult): void => {
    results.set(runId, result)
    for (const oldest of results.keys()) {
      if (results.size <= KEPT_IN_MEMORY) break
      results.delete(oldest)
    }
  }

  const summaryOf = (runId: string): RunSummary => {
    const summary = summaries.get(runId)
    if (summary) return summary
    throw new AppError('INVALID_PARAMS', 'This run is no longer open. Run it or open it again.')
  }

  /** The result file is there already. */
  const enter = async (summary: RunSummary, result: AnalysisResult): Promise<RunSummary> => {
    await writeAtomically(join(folder, `${summary.runId}.summary.json`), JSON.stringify(summary))
    summaries.set(summary.runId, summary)
    keep(summary.runId, result)
    return summary
  }

  return {
    adopt: async (summary, file) => {
      if (!/^[\w-]{1,200}$/.test(summary.runId))
        throw new AppError('DATA_FORMAT', 'A run of this project has an impossible name. It was left out.')
      await copyFile(file, resultFile(summary.runId))
      await writeAtomically(join(folder, `${summary.runId}.summary.json`), JSON.stringify(summary))
      summaries.set(summary.runId, summary)
    },
    stored: (runId) => ({ summary: summaryOf(runId), file: resultFile(runId) }),
    open: async (file, shownName) => {
      const runId = opaqueId()
      const copy = resultFile(runId)
      try {
        await copyResultFile(file, copy, shownName)
        const result = await readResultFile(copy, shownName)
        return await enter(summarise(runId, result, null), result)
      } catch (error) {
        await rm(copy, { force: true })
        throw error
      }
    },
    add: async (result, datasetId, runId = opaqueId()) => {
      await writeAtomically(resultFile(runId), serialiseResult(result))
      return enter(summarise(runId, result, datasetId), result)
    },
    list: () => [...summaries.values()],
    get: async (runId) => {
      const summary = summaryOf(runId)
      const result = results.get(runId) ?? (await readResultFile(resultFile(runId), summary.name))
      keep(runId, result)
      return { summary, result }
    },
  }
}

function summarise(runId: string, result: AnalysisResult, datasetId: string | null): RunSummary {
  return {
    runId,
    name: result.input.name,
    datasetId,
    createdAt: result.createdAt,
    genes: result.genes.length,
    environments: result.environments.length,
    mode: result.mode,
    seconds: totalSeconds(result),
    warnings: result.warnings,
    resultHash: result.resultHash,
  }
}

function storedSummaries(folder: string): RunSummary[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.summary.json'))
    .map((name) => Summary.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
    .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
}

const totalSeconds = ({ diagnostics: { seconds } }: AnalysisResult): number =>
  seconds.total ?? Object.values(seconds).reduce((sum, part) => sum + part, 0)
