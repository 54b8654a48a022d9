import type { AnalysisResult } from '../../../src-shared/domain/result'
import type { Dataset } from '../../../src-shared/domain/dataset'
import type { RunSettings } from '../../../src-shared/domain/run-settings'
import {
  askNetworkIfPossible,
  instantUnavailable,
  modelMissingWarning,
  type NetworkPart,
} from './ask-network'
import { assembleResult } from './assemble-result'
import { removeCheckpoint } from './checkpoint'
import { runClosedForm } from './closed-form'
import { estimateRun } from './estimate-run'
import { closedFormAnswer, fullAnswer } from './full-answer'
import { instantAnswer } from './instant-answer'
import { prepareRun } from './prepare-run'
import { createProgressMeter } from './progress-meter'
import { throwIfAborted, type RunHooks } from './run-hooks'
import { scaleStudy } from './scale-study'
import { createStopwatch } from './stopwatch'

/**
 * One run, stage by stage: prepare → scale → ask the network → (instant answer) → closed form → combine → result.
 * `settings.mode` says which parts answer; a full run goes on without the network when there is none, and says so.
 * The same data, settings, seed and model give the same result hash for any number of threads, and after a resume.
 *
 * @throws AppError INVALID_PARAMS (constraints, known targets), DATA_INSUFFICIENT, NUMERIC_FAILURE, RESOURCE_LIMIT,
 * CANCELLED; MODEL_UNAVAILABLE in mode 'instant' only
 */
export async function runAnalysis(
  dataset: Dataset,
  settings: RunSettings,
  hooks: RunHooks = {},
): Promise<AnalysisResult> {
  const watch = createStopwatch()
  const run = prepareRun(dataset, settings)
  const { stages } = estimateRun(dataset, settings, run.genes, hooks.inline ? 1 : hooks.threads)
  const meter = createProgressMeter(stages, (progress) => hooks.onProgress?.(progress), hooks.pace ?? 1)
  const record = (): { seconds: Readonly<Record<string, number>>; peakMemoryBytes: number } => ({
    seconds: { ...watch.seconds },
    peakMemoryBytes: meter.peakMemoryBytes(),
  })
  throwIfAborted(hooks.signal)
  meter.report('preparing', 0)
  const scaled = scaleStudy(run)
  watch.lap('preparing')

  let network: NetworkPart | undefined
  const warnings: string[] = []
  if (settings.mode !== 'closed-form') {
    meter.report('asking-network', 0)
    const asked = await askNetworkIfPossible(hooks.models, {
      values: dataset.values,
      genes: run.genes,
      starts: run.starts,
    })
    throwIfAborted(hooks.signal)
    watch.lap('network')
    if ('missing' in asked) meter.found('asking-network', 1)
    else meter.report('asking-network', 1)
    if (!('missing' in asked)) network = asked
    else if (settings.mode === 'instant') throw instantUnavailable(asked.missing)
    else warnings.push(modelMissingWarning(asked.missing))
  }
  if (network && (settings.mode === 'instant' || hooks.onInstant)) {
    const instant = assembleResult(run, instantAnswer(run, scaled, network, record()))
    if (settings.mode === 'instant') {
      meter.report('combining', 1)
      return instant
    }
    await hooks.onInstant?.(instant)
    watch.lap('instant')
  }

  const closed = await runClosedForm(run, scaled, { hooks, meter, watch })
  const answer = network
    ? fullAnswer(run, network, closed, record())
    : closedFormAnswer(run, closed, record(), warnings)
  meter.report('combining', 1)
  // A search that was ended early can be gone on with.
  const whole = closed.diagnostics.plannedSweeps === undefined
  if (hooks.checkpointFile && whole) await removeCheckpoint(hooks.checkpointFile)
  return assembleResult(run, answer)
}
