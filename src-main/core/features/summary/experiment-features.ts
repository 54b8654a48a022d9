import { atLeast, NO_NUMBERS } from './buffers'
import { asinh, clipped } from './clipped'
import type { CoShifts } from './co-shifts'
import type { ExperimentEffects } from './effects'
import type { Floors } from './floors'
import type { StudyLayout } from './layout'
import { EXPERIMENT_FEATURES } from './names'
import type { Standardised } from './standardise'

const WIDTH = EXPERIMENT_FEATURES.length
/** Values this close are equal: rounding must not decide the rank of duplicated genes. */
const TIE = 1e-9

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

  return (study, effects, coShifts, floors, layout, out) => {
    const { genes: d, experiments: K, starts } = layout
    absoluteZ = atLeast(absoluteZ, K * d)
    absoluteU = atLeast(absoluteU, K * d)
    for (let i = 0; i < K * d; i++) {
      absoluteZ[i] = Math.abs(effects.z[i]!)
      absoluteU[i] = Math.abs(effects.u[i]!)
    }
    for (let k = 0; k < K; k++) {
      const samples = Math.max(1, starts[k + 1]! - starts[k]!)
      const root = Math.sqrt(samples / 2)
      const largestZ = largest(absoluteZ, k * d, d, 1)
      const largestU = largest(absoluteU, k * d, d, 1)
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
        out[to + 5] = relativeRank(absoluteZ, k * d, d, 1, z)
        out[to + 6] = z / (largestZ + 1)
        out[to + 7] = clipped(signedU)
        out[to + 8] = clipped(Math.abs(signedU))
        out[to + 9] = relativeRank(absoluteU, k * d, d, 1, u)
        out[to + 10] = u / (largestU + 1)
        out[to + 11] = clipped(effects.residualLogVarianceRatio[at]!)
        out[to + 12] = relativeRank(absoluteZ, j, K, d, z)
        out[to + 14] = clipped(coShifts.leastRemainder[at]! / 2)
        out[to + 15] = clipped(asinh(effects.referenceZ[at]!))
        out[to + 16] = floors.shift[at]!
      }
    }
    for (let j = 0; j < d; j++) {
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

function relativeRank(x: Float64Array, from: number, count: number, step: number, value: number): number {
  const margin = TIE * (1 + value)
  let below = 0
  let equal = -1
  for (let i = 0, at = from; i < count; i++, at += step) {
    if (x[at]! < value - margin) below++
    else if (x[at]! <= value + margin) equal++
  }
  return (below + equal / 2) / Math.max(1, count - 1)
}
