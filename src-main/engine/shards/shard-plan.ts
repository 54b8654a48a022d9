import { AppError } from '../../../src-shared/contract/errors'
import {
  FAMILY_NAMES,
  type Distribution,
  type FamilyName,
  type StudyShape,
} from '../../core/simulate/training'
import { shardLayout } from '../../io/shards'

/** One shard to be made: which studies, of which shape. */
export interface PlannedShard {
  readonly file: string
  readonly shape: StudyShape
  /** number of its first study: study numbers seed the simulator */
  readonly first: number
  readonly studies: number
}

interface WeightedShape extends StudyShape {
  /** relative share of the studies */
  readonly weight: number
}

/**
 * Genes × experiments that the model is trained on. Few, because every shape is compiled once when training
 * begins; large ones rarely, because they cost more. The network carries over to sizes between and beyond.
 */
const SHAPES: readonly WeightedShape[] = [
  { genes: 6, experiments: 3, weight: 8 },
  { genes: 8, experiments: 8, weight: 10 },
  { genes: 8, experiments: 100, weight: 2 },
  { genes: 10, experiments: 10, weight: 13 },
  { genes: 12, experiments: 1, weight: 6 },
  { genes: 14, experiments: 6, weight: 13 },
  { genes: 16, experiments: 18, weight: 12 },
  { genes: 20, experiments: 5, weight: 11 },
  { genes: 20, experiments: 20, weight: 11 },
  { genes: 25, experiments: 30, weight: 6 },
  { genes: 32, experiments: 12, weight: 5 },
  { genes: 45, experiments: 24, weight: 2 },
  { genes: 60, experiments: 50, weight: 0.5 },
]

/** Where nothing happens, one size is enough. */
const AUDIT_SHAPES: readonly WeightedShape[] = [{ genes: 15, experiments: 4, weight: 1 }]

/** The closed-form analysis takes minutes for a few hundred studies beyond this. */
const MOST_CLOSED_FORM_GENES = 25

const WANTED_SHARD_BYTES = 8e6
const MOST_STUDIES = 512
const FEWEST_STUDIES = 16
/** Study numbers of shard i begin at i times this, so that a shard does not depend on the ones before it. */
const NUMBERS_PER_SHARD = 4096

/** @throws AppError INVALID_PARAMS @param text for example "20x20,50x15", genes first */
export function parseShapes(text: string): StudyShape[] {
  return text.split(',').map((part) => {
    const [, genes, experiments] = /^\s*(\d{1,3})x(\d{1,3})\s*$/.exec(part) ?? []
    const shape = { genes: Number(genes), experiments: Number(experiments) }
    if (shape.genes >= 2 && shape.genes <= 200 && shape.experiments >= 1 && shape.experiments <= 500)
      return shape
    throw new AppError(
      'INVALID_PARAMS',
      `'${part.trim()}' is not a shape. Write genes x experiments, for example 20x20, with 2 to 200 genes and 1 to 500 experiments.`,
    )
  })
}

/** @throws AppError INVALID_PARAMS @param text names with commas; empty = no choice */
export function parseFamilies(text: string): FamilyName[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return names.map((name) => {
    const family = FAMILY_NAMES.find((known) => known === name)
    if (family) return family
    throw new AppError(
      'INVALID_PARAMS',
      `There is no family '${name}'. Families: ${FAMILY_NAMES.join(', ')}.`,
    )
  })
}

/**
 * Splits `count` studies into shards, shapes in turn by their weights. The plan of a larger count begins
 * with that of a smaller one of the same magnitude, except for its last shard.
 */
export function planShards(
  count: number,
  distribution: Distribution,
  closedForm: boolean,
  shapes: readonly StudyShape[] = [],
): PlannedShard[] {
  const choice: readonly WeightedShape[] =
    shapes.length > 0
      ? shapes.map((shape) => ({ ...shape, weight: 1 }))
      : (distribution === 'audit' ? AUDIT_SHAPES : SHAPES).filter(
          ({ genes }) => !closedForm || genes <= MOST_CLOSED_FORM_GENES,
        )
  const total = choice.reduce((sum, { weight }) => sum + weight, 0)
  const most = mostStudies(count, choice.length)
  const done = choice.map(() => 0)
  const shards: PlannedShard[] = []
  for (let planned = 0; planned < count;) {
    const next = furthestBehind(choice, done, total, planned)
    const shape = { genes: choice[next]!.genes, experiments: choice[next]!.experiments }
    const studies = Math.min(studiesPerShard(shape, closedForm, most), count - planned)
    const number = String(shards.length).padStart(5, '0')
    const file = `shard-${number}-d${shape.genes}-k${shape.experiments}.bin`
    shards.push({ file, shape, first: shards.length * NUMBERS_PER_SHARD, studies })
    done[next]! += studies
    planned += studies
  }
  return shards
}

/** A small count is still spread over all shapes. */
function mostStudies(count: number, shapes: number): number {
  const spread = 2 ** Math.floor(Math.log2(Math.max(1, count / (2 * shapes))))
  return Math.max(Math.min(FEWEST_STUDIES, count), Math.min(MOST_STUDIES, spread))
}

function studiesPerShard(shape: StudyShape, closedForm: boolean, most: number): number {
  const wanted = WANTED_SHARD_BYTES / shardLayout(shape, 1, closedForm).bytes
  return Math.max(Math.min(FEWEST_STUDIES, most), Math.min(most, 2 ** Math.floor(Math.log2(wanted))))
}

function furthestBehind(
  choice: readonly WeightedShape[],
  done: readonly number[],
  total: number,
  planned: number,
): number {
  const behind = choice.map(({ weight }, i) => ((planned + MOST_STUDIES) * weight) / total - done[i]!)
  return behind.indexOf(Math.max(...behind))
}
