import { basename } from 'node:path'
import { DEFAULT_SETTINGS } from '../../src-shared/domain/run-settings'
import { ReadOptions, type ReadOptionsInput } from '../../src-shared/contract/dataset-source'
import { runAnalysis } from '../../src-main/engine/analysis/run-analysis'
import { readManifest, readTruth } from '../../src-main/engine/benchmark/manifest'
import { scoreResult } from '../../src-main/engine/benchmark/score-result'
import { readDataset } from '../../src-main/io/import/read-dataset'

export const CHOICES = [
  'auto',
  'none',
  'log1p',
  'median-of-ratios',
  'cpm-log1p',
] as const satisfies readonly ReadOptionsInput['transform'][]

export interface TransformScore {
  readonly study: string
  readonly choice: (typeof CHOICES)[number]
  /** what the choice came to */
  readonly transform: string
  readonly targets: number
  readonly edges: number
}

/** Area under precision–recall of every study of a family under every choice of transform, closed form, in turn. */
export async function* scoreTransforms(
  manifest: string,
  family: string,
  most: number,
): AsyncGenerator<TransformScore> {
  const studies = (await readManifest(manifest)).filter(({ id }) => id.startsWith(`${family}_`))
  for (const { id, table, truth } of studies.slice(0, most))
    for (const choice of CHOICES) {
      const name = basename(table)
      const options = ReadOptions.parse({ files: [name], transform: choice })
      const { dataset } = await readDataset({ files: [{ name, path: table }] }, options, {})
      if (!dataset) throw new Error(`${id} cannot be read with transform ${choice}.`)
      const result = await runAnalysis(dataset, { ...DEFAULT_SETTINGS, mode: 'closed-form' })
      const { row } = scoreResult(result, await readTruth(truth), 0)
      yield {
        study: id,
        choice,
        transform: dataset.transform,
        targets: row.targets.auprc,
        edges: row.edges.auprc,
      }
    }
}
