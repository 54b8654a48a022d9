import type { Dataset } from '../../src-shared/domain/dataset'
import { isLearned, type LearnedResult } from '../../src-shared/domain/result'
import { RunSettings, type RunSettingsInput } from '../../src-shared/domain/run-settings'
import { runAnalysis } from '../../src-main/engine/analysis/run-analysis'

/** The closed form of a data set, with its mechanisms. */
export async function learnedResult(
  dataset: Dataset,
  settings: RunSettingsInput = {},
  threads = 0,
): Promise<LearnedResult> {
  const result = await runAnalysis(dataset, RunSettings.parse({ mode: 'closed-form', ...settings }), {
    threads,
  })
  if (!isLearned(result)) throw new Error('the closed form learned no mechanisms')
  return result
}
