import { availableParallelism, loadavg } from 'node:os'
import type { Progress } from '../../../src-shared/contract/engine-info'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import type { LearnedModels } from '../analysis/ask-network'
import type { DatasetStore } from '../datasets/dataset-store'
import { estimateRun } from '../analysis/estimate-run'
import { createPace } from '../analysis/pace'
import { runAnalysis } from '../analysis/run-analysis'
import type { HandlersOf } from '../handlers'
import type { JobList } from '../jobs/job-list'
import { createTurnstile } from '../jobs/turnstile'
import { checkSettings } from './check-settings'
import type { CheckpointStore } from './checkpoint-store'
import type { RunStore } from './run-store'

interface Parts {
  readonly jobs: JobList
  readonly datasets: DatasetStore
  readonly runs: RunStore
  readonly checkpoints: CheckpointStore
  readonly models: LearnedModels
}

export function analysisHandlers({
  jobs,
  datasets,
  runs,
  checkpoints,
  models,
}: Parts): HandlersOf<'analysis'> {
  const oneAtATime = createTurnstile()
  const pace = createPace(() => loadavg()[0]! / availableParallelism())
  /** by the token of its run: set to 1, the search ends */
  const searches = new Map<string, Int32Array>()

  return {
    'analysis.estimate': async ({ datasetId, settings, genes }) => {
      const { dataset } = await datasets.ready(datasetId)
      return pace.adjusted(estimateRun(dataset, checkSettings(settings, dataset).settings, genes))
    },

    'analysis.run': ({ datasetId, settings: wanted, threads, resume, replaces, token }, call) =>
      jobs.run('analysis.run', call, async ({ signal, progress }) => {
        const { dataset } = await datasets.ready(datasetId)
        const { settings, warnings } = checkSettings(wanted, dataset)
        const checkpoint = checkpoints.open(dataset, settings)
        const free = checkpoint.hold()
        const withWarnings = (result: AnalysisResult): AnalysisResult => ({
          ...result,
          warnings: [...warnings, ...result.warnings],
        })
        let runId = runs.list().find((run) => run.runId === replaces && run.mode === 'instant')?.runId
        const onProgress = (now: Progress): void => {
          progress(runId === undefined ? now : { ...now, runId })
          checkpoint.progress(now.percent)
        }
        const endSearch = new Int32Array(new SharedArrayBuffer(4))
        if (token !== undefined) searches.set(token, endSearch)
        const result = await oneAtATime(signal, async () => {
          const started = performance.now()
          const resumes = resume && checkpoint.exists()
          const answer = await runAnalysis(dataset, settings, {
            threads: threads === 0 ? undefined : threads,
            signal,
            onProgress,
            models,
            endSearch,
            pace: pace.factor(),
            onInstant: async (instant) => {
              runId = (await runs.add(withWarnings(instant), datasetId, runId)).runId
            },
            checkpointFile: checkpoint.file,
            resume: resumes,
          })
          if (!resumes && answer.diagnostics.plannedSweeps === undefined)
            pace.learn(
              estimateRun(dataset, settings, undefined, threads).seconds,
              (performance.now() - started) / 1000,
            )
          return answer
        }).finally(() => {
          free()
          if (token !== undefined) searches.delete(token)
        })
        const summary = await runs.add(withWarnings(result), datasetId, runId)
        if (result.diagnostics.plannedSweeps === undefined) await checkpoint.discard()
        return summary
      }),

    'analysis.finish': ({ token }) => {
      const search = searches.get(token)
      if (!search) return false
      Atomics.store(search, 0, 1)
      return true
    },

    'analysis.interrupted': async ({ datasetId: wanted }) => {
      // Files that cannot be read any more have no run that could go on; whoever shows the data says why.
      if (wanted !== undefined) await datasets.get(wanted).catch(() => undefined)
      return datasets
        .inMemory()
        .flatMap(({ dataset, summary: { datasetId } }) =>
          dataset ? checkpoints.interrupted(dataset).map((found) => ({ datasetId, ...found })) : [],
        )
    },

    'analysis.discard': async ({ datasetId, settings }) => {
      const { dataset } = await datasets.ready(datasetId)
      const checkpoint = checkpoints.open(dataset, settings)
      if (!checkpoint.isHeld()) await checkpoint.discard()
      return null
    },
  }
}
