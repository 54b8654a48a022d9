import { AppError } from '../../../src-shared/contract/errors'
import { EDGE_CELL_FEATURES, STUDY_QUANTITIES, TARGET_CELL_FEATURES } from '../../core/combine'
import { FEATURE_VERSION } from '../../core/features/summary'
import { TRAINING_FAMILIES } from '../../core/simulate/training'
import { createCellWriter, type CellWriter } from '../../io/cells/cell-files'
import { openShard, readShardIndex, type ShardEntry, type ShardIndex } from '../../io/shards'
import type { TargetModel } from '../../model'
import { throwIfAborted } from '../analysis/run-hooks'
import { createModelHolder } from '../model-holder'
import { cellsOfStudy } from './study-cells'

export interface CellOptions {
  /** folder of the learned model */
  readonly model: string
  readonly provider: 'cpu' | 'cuda'
  /** most studies of each shard folder; absent = all */
  readonly most?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number) => void
}

export interface CellSummary {
  readonly studies: number
  readonly targetRows: number
  readonly edgeRows: number
}

interface Source {
  readonly folder: string
  readonly index: ShardIndex
  /** shard by shard, how many of its studies are read */
  readonly shards: readonly { readonly entry: ShardEntry; readonly studies: number }[]
}

/**
 * Asks the network about every study of shards that were made with the closed form and writes what the combiner is fitted
 * on. One study is in memory at a time.
 *
 * @throws AppError MODEL_UNAVAILABLE, FILE_ACCESS, DATA_FORMAT, CANCELLED
 */
export async function writeCells(
  shardFolders: readonly string[],
  out: string,
  { model: folder, provider, most = Infinity, signal, onProgress }: CellOptions,
): Promise<CellSummary> {
  const sources: Source[] = []
  for (const shards of shardFolders) sources.push(await openSource(shards, most))
  const total = sources.reduce(
    (sum, { shards }) => sum + shards.reduce((n, { studies }) => n + studies, 0),
    0,
  )
  const families = sources[0]!.index.families
  if (sources.some(({ index }) => index.families.join() !== families.join()))
    throw new AppError(
      'DATA_FORMAT',
      'The shard folders name different families. Make them with one version.',
    )
  const models = createModelHolder({ folder, provider })
  let writer: CellWriter | undefined
  try {
    return await models.use(async (model) => {
      writer = await createCellWriter(out, {
        featureVersion: FEATURE_VERSION,
        model: model.manifest.sha256,
        families,
        heldOut: families.map(isHeldOut),
        targetNames: TARGET_CELL_FEATURES,
        edgeNames: EDGE_CELL_FEATURES,
        quantityNames: STUDY_QUANTITIES,
      })
      let done = 0
      for (const source of sources)
        for (const { entry, studies } of source.shards)
          await copyShard(source, entry, studies, model, writer, () => {
            throwIfAborted(signal)
            onProgress?.(++done, total)
          })
      return writer.finish()
    })
  } finally {
    await writer?.abandon()
    await models.close()
  }
}

async function openSource(folder: string, most: number): Promise<Source> {
  const index = await readShardIndex(folder)
  if (!index) throw new AppError('FILE_ACCESS', `There is no folder of shards '${folder}'.`)
  if (!index.closedForm)
    throw new AppError(
      'DATA_FORMAT',
      `The shards in '${folder}' were made without --closed-form; the combiner needs both answers.`,
    )
  let left = most
  const shards = index.shards.flatMap((entry) => {
    const studies = Math.min(left, entry.studies)
    left -= studies
    return studies > 0 ? [{ entry, studies }] : []
  })
  return { folder, index, shards }
}

const isHeldOut = (family: string): boolean =>
  TRAINING_FAMILIES.find(({ name }) => name === family)?.distribution !== 'training'

async function copyShard(
  { folder, index: { conditions = [] } }: Source,
  entry: ShardEntry,
  studies: number,
  model: TargetModel,
  writer: CellWriter,
  onStudy: () => void,
): Promise<void> {
  const shard = await openShard(folder, entry)
  try {
    for (let index = 0; index < studies; index++) {
      const study = await shard.study(index)
      if (!study.closed)
        throw new AppError('DATA_FORMAT', `The shard '${entry.file}' lacks the closed form. Make it again.`)
      const answer = await model.infer(study.summary)
      await writer.put(cellsOfStudy(study, answer, study.closed, conditions))
      onStudy()
    }
  } finally {
    await shard.close()
  }
}
