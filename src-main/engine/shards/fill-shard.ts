import { createSummariser } from '../../core/features/summary'
import {
  drawTrainingStudy,
  type Distribution,
  type FamilyName,
  type StudyShape,
} from '../../core/simulate/training'
import { createShardBuilder, type ShardCondition } from '../../io/shards'
import { closedFormLogOdds } from '../analysis/closed-form-log-odds'

/** Everything that decides the content of one shard. */
export interface ShardTask {
  readonly seed: number
  readonly distribution: Distribution
  readonly families: readonly FamilyName[]
  readonly mostSamples: number
  readonly closedForm: boolean
  readonly conditions: readonly ShardCondition[]
  readonly shape: StudyShape
  readonly first: number
  readonly studies: number
}

/** Study `number` of a seed; seeds and numbers that differ give different simulator seeds. */
const NUMBERS = 2 ** 32
export const LARGEST_SHARD_SEED = 2 ** 20 - 1

const summarise = createSummariser()

/**
 * Simulates, summarises and packs the studies of one shard. The same task gives the same bytes everywhere.
 *
 * @param onStudy called after each study
 */
export async function fillShard(task: ShardTask, onStudy: () => void): Promise<Uint8Array<ArrayBuffer>> {
  const builder = createShardBuilder(task.shape, task.studies, task.closedForm)
  for (let index = 0; index < task.studies; index++) {
    const seed = task.seed * NUMBERS + task.first + index
    const study = drawTrainingStudy(seed, task.shape, task.distribution, {
      mostSamples: task.mostSamples,
      families: task.families,
      plain: task.conditions.includes('plain'),
      weak: task.conditions.includes('weak'),
      shift: task.conditions.includes('shift'),
    })
    const summary = summarise(study.values, study.genes, study.starts)
    const closed = task.closedForm ? await closedFormLogOdds(study) : undefined
    builder.put(index, study, summary, closed)
    onStudy()
  }
  return builder.bytes
}
