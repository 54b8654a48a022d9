import { basename } from 'node:path'
import { ReadOptions } from '../../../src-shared/contract/dataset-source'
import { AppError } from '../../../src-shared/contract/errors'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import type { RunSettings } from '../../../src-shared/domain/run-settings'
import { readDataset } from '../../io/import/read-dataset'
import { runAnalysis } from '../analysis/run-analysis'
import type { RunHooks } from '../analysis/run-hooks'

/** From file to result on the path that every host takes: the importer decides, the engine analyses. */
export async function analyseTable(
  path: string,
  settings: RunSettings,
  hooks: Pick<RunHooks, 'threads' | 'signal' | 'models'>,
): Promise<AnalysisResult> {
  const name = basename(path)
  const options = ReadOptions.parse({ files: [name] })
  const { dataset, summary } = await readDataset({ files: [{ name, path }] }, options, {
    signal: hooks.signal,
  })
  if (!dataset) {
    const blocking = summary.findings.find((finding) => finding.level === 'blocking')
    throw new AppError(
      blocking?.code ?? 'DATA_AMBIGUOUS',
      blocking?.text ?? `${name} cannot be used as it is.`,
    )
  }
  return runAnalysis(dataset, settings, hooks)
}
