import { basename } from 'node:path'
import { DEFAULT_SETTINGS, type RunMode } from '../../src-shared/domain/run-settings'
import { ReadOptions, type ReadOptionsInput } from '../../src-shared/contract/dataset-source'
import { runAnalysis } from '../../src-main/engine/analysis/run-analysis'
import { createModelHolder } from '../../src-main/engine/model-holder'
import { readManifest, readTruth } from '../../src-main/engine/benchmark/manifest'
import { scoreResult } from '../../src-main/engine/benchmark/score-result'
import { readDataset } from '../../src-main/io/import/read-dataset'

export const CHOICES = [
  'auto',
  'none',
  'log1p',
  'median-of-ratios',
  'cpm-log1p',
  'panel-factors',
] as const satisfies readonly ReadOptionsInput['transform'][]

type Choice = (typeof CHOICES)[number]

export interface TransformScore {
  readonly study: string
  readonly choice: Choice
  /** what the choice came to */
  readonly transform: string
  readonly targets: number
  readonly edges: number
}

export interface Scoring {
  readonly manifest: string
  /** empty = all */
  readonly family: string
  readonly most: number
  readonly mode: RunMode
  readonly choices: readonly Choice[]
  readonly modelFolder: string
}

/** Area under precision–recall of every study of a family under every choice of transform, in turn. */
export async function* scoreTransforms(scoring: Scoring): AsyncGenerator<TransformScore> {
  const { manifest, family, most, mode, choices, modelFolder } = scoring
  const studies = (await readManifest(manifest)).filter(
    ({ id }) => family === '' || id.startsWith(`${family}_`),
  )
  const models =
    mode === 'closed-form' ? undefined : createModelHolder({ folder: modelFolder, provider: 'cpu' })
  for (const { id, table, truth } of studies.slice(0, most))
    for (const choice of choices) {
      const name = basename(table)
      const options = ReadOptions.parse({ files: [name], transform: choice })
      const { dataset } = await readDataset({ files: [{ name, path: table }] }, options, {})
      if (!dataset) throw new Error(`${id} cannot be read with transform ${choice}.`)
      const result = await runAnalysis(dataset, { ...DEFAULT_SETTINGS, mode }, { models })
      const { row } = scoreResult(result, await readTruth(truth), 0)
      yield {
        study: id,
        choice,
        transform: dataset.transform,
        targets: row.targets.auprc,
        edges: row.edges.auprc,
      }
    }
  await models?.close()
}
