import { meanRanks } from '../../linalg/mean-ranks'
import { quickAsinh as asinh } from '../../linalg/quick-functions'
import { orderScratchLength } from '../../linalg/stable-order'
import { atLeast, indicesAtLeast, NO_INDICES, NO_NUMBERS } from './buffers'
import { clipped } from './clipped'
import type { CoShifts } from './co-shifts'
import type { ExperimentEffects } from './effects'
import type { Floors } from './floors'
import type { StudyLayout } from './layout'
import { EXPERIMENT_FEATURES } from './names'
import type { Standardised } from './standardise'

const WIDTH = EXPERIMENT_FEATURES.length
/**
 * Writes the experiment tensor [K, d, 17] in the order of {@link EXPERIMENT_FEATURES}.
 * Ranks run from 0 to 1; equal values share their mean rank, so that the names of genes do not matter.
 */
export function createExperimentWriter(): (
  study: Standardised,
  effects: ExperimentEffects,
  coShifts: CoShifts,
  floors: Floors,
  layout: StudyLayout,
  out: Float32Array,
) => void {
  let absoluteZ = NO_NUMBERS
  let absoluteU = NO_NUMBERS
  let line = NO_NUMBERS
  let ranks = NO_NUMBERS
  let order = NO_INDICES
  let scratch = NO_INDICES

  /** Relative ranks of `count` values `step` apart go to one feature of the same cells. */
  const writeRanks = (
    values: Float64Array,
    from: number,
    count: number,
    step: number,
    feature: number,
    out: Float32Array,
  ): void => {
    for (let i = 0; i < count; i++) line[i] = values[from + i * step]!
    meanRanks(line, count, ranks, order, scratch)
    for (let i = 0; i < count; i++)
      out[(from + i * step) * WIDTH + feature] = ranks[i]! / Math.max(1, count - 1)
  }

  return (study, effects, coShifts, floors, layout, out) => {
    const { genes: d, experiments: K, starts } = layout
    absoluteZ = atLeast(absoluteZ, K * d)
    absoluteU = atLeast(absoluteU, K * d)
    const longest = Math.max(K, d)
    line = atLeast(line, longest)
    ranks = atLeast(ranks, longest)
    order = indicesAtLeast(order, longest)
    scratch = indicesAtLeast(scratch, orderScratchLength(longest))
    for (let i = 0; i < K * d; i++) {
      absoluteZ[i] = Math.abs(effects.z[i]!)
      absoluteU[i] = Math.abs(effects.u[i]!)
    }
    for (let k = 0; k < K; k++) {
      const samples = Math.max(1, starts[k + 1]! - starts[k]!)
      const root = Math.sqrt(samples / 2)
      const largestZ = largest(absoluteZ, k * d, d, 1)
      const largestU = largest(absoluteU, k * d, d, 1)
      writeRanks(absoluteZ, k * d, d, 1, 5, out)
      writeRanks(absoluteU, k * d, d, 1, 9, out)
      for (let j = 0; j < d; j++) {
        const at = k * d + j
        const to = at * WIDTH
        const z = absoluteZ[at]!
        const u = absoluteU[at]!
        const ratio = effects.logVarianceRatio[at]!
        const signedZ = asinh(effects.z[at]!)
        const signedU = asinh(effects.u[at]!)
        out[to] = clipped(signedZ)
        out[to + 1] = clipped(Math.abs(signedZ))
        out[to + 2] = clipped(asinh(study.difference[at]!))
        out[to + 3] = clipped(ratio)
        out[to + 4] = clipped(asinh(ratio * root))
        out[to + 6] = z / (largestZ + 1)
        out[to + 7] = clipped(signedU)
        out[to + 8] = clipped(Math.abs(signedU))
        out[to + 10] = u / (largestU + 1)
        out[to + 11] = clipped(effects.residualLogVarianceRatio[at]!)
        out[to + 14] = clipped(coShifts.leastRemainder[at]! / 2)
        out[to + 15] = clipped(asinh(effects.referenceZ[at]!))
        out[to + 16] = floors.shift[at]!
      }
    }
    for (let j = 0; j < d; j++) {
      writeRanks(absoluteZ, j, K, d, 12, out)
      const largestOverExperiments = largest(absoluteZ, j, K, d)
      for (let k = 0; k < K; k++)
        out[(k * d + j) * WIDTH + 13] = absoluteZ[k * d + j]! / (largestOverExperiments + 1)
    }
  }
}

function largest(x: Float64Array, from: number, count: number, step: number): number {
  let most = 0
  for (let i = 0, at = from; i < count; i++, at += step) if (x[at]! > most) most = x[at]!
  return most
}
