import type { AnalysisResult } from '../../../src-shared/domain/result'
import type { Dataset } from '../../../src-shared/domain/dataset'
import type { RunSettings } from '../../../src-shared/domain/run-settings'
import { assembleResult } from './assemble-result'
import { removeCheckpoint } from './checkpoint'
import { runClosedForm } from './closed-form'
import { prepareRun } from './prepare-run'
import { createProgressMeter } from './progress-meter'
import { throwIfAborted, type RunHooks } from './run-hooks'
import { scaleStudy } from './scale-study'
import { createStopwatch } from './stopwatch'
import { closedFormRule } from './target-rule'
import { summariseTargets } from './target-summary'

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
  const watch = createStopwatch()
  const run = prepareRun(dataset, settings)
  const meter = createProgressMeter(STAGES, (progress) => hooks.onProgress?.(progress))
  throwIfAborted(hooks.signal)
  meter.report('preparing', 0)
  const scaled = scaleStudy(run)
  watch.lap('preparing')
  const closed = await runClosedForm(run, scaled, { hooks, meter, watch })
  const rule = closedFormRule(closed.targets, run.environments, run.genes, settings)
  const result = assembleResult(run, {
    mode: 'closed-form',
    model: null,
    parts: null,
    edges: closed.edges,
    targets: summariseTargets(closed.targets, run.environments, run.genes, rule),
    learned: closed.learned,
    diagnostics: {
      ...closed.diagnostics,
      targetCountPrior: Array.from(rule.countPrior),
      seconds: watch.seconds,
      peakMemoryBytes: meter.peakMemoryBytes(),
    },
    warnings: [],
  })
  if (hooks.checkpointFile) await removeCheckpoint(hooks.checkpointFile)
  return result
}
