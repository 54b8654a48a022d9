import { EXPERIMENT_FEATURES, GLOBAL_FEATURES, PAIR_FEATURES } from '../../core/features/summary'
import type { StudyShape } from '../../core/simulate/training'

export const SHARD_DTYPES = ['f16', 'f32', 'u8', 'i32'] as const
export type ShardDtype = (typeof SHARD_DTYPES)[number]

const BYTES: Readonly<Record<ShardDtype, number>> = { f16: 2, f32: 4, u8: 1, i32: 4 }
/** Sections begin at multiples of this, so that any dtype can be mapped and cache lines are not shared. */
const ALIGNMENT = 64

export interface ShardSection {
  /** bytes from the start of the file */
  readonly offset: number
  readonly dtype: ShardDtype
  /** row-major, the study first */
  readonly shape: readonly number[]
}

export type ShardSections = Readonly<Record<string, ShardSection>>

export interface ShardLayout {
  readonly bytes: number
  readonly sections: ShardSections
}

/**
 * Where the arrays of a shard of `studies` studies lie: all have d genes and K experiments.
 *
 * @param closedForm also the log-odds of the closed-form analysis
 */
export function shardLayout(
  { genes: d, experiments: K }: StudyShape,
  studies: number,
  closedForm: boolean,
): ShardLayout {
  const B = studies
  const arrays: [string, ShardDtype, number[]][] = [
    ['pair', 'f16', [B, d, d, PAIR_FEATURES.length]],
    ['env', 'f16', [B, K, d, EXPERIMENT_FEATURES.length]],
    ['glob', 'f32', [B, K, GLOBAL_FEATURES.length]],
    ['edge', 'u8', [B, d, d]],
    ['ancestor', 'u8', [B, d, d]],
    ['target', 'u8', [B, K, d]],
    ['family', 'u8', [B]],
    ['samples', 'i32', [B, 2]],
  ]
  if (closedForm) arrays.push(['closedEdge', 'f32', [B, d, d]], ['closedTarget', 'f32', [B, K, d]])
  const sections: Record<string, ShardSection> = {}
  let end = 0
  for (const [name, dtype, shape] of arrays) {
    const offset = Math.ceil(end / ALIGNMENT) * ALIGNMENT
    sections[name] = { offset, dtype, shape }
    end = offset + BYTES[dtype] * shape.reduce((product, size) => product * size, 1)
  }
  return { bytes: Math.ceil(end / ALIGNMENT) * ALIGNMENT, sections }
}
