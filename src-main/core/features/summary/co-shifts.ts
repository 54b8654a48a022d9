import { crossProduct, gramProduct } from '../../linalg/cross-product'
import { quickLog } from '../../linalg/quick-functions'
import { atLeast, NO_NUMBERS } from './buffers'
import type { Correlations } from './correlations'
import type { ExperimentEffects } from './effects'
import type { StudyLayout } from './layout'
import { createShrunkPrecision } from './shrunk-precision'
import type { Standardised } from './standardise'

const RIDGE = 1e-3
/** Correlations weaker than this many standard errors explain no shift. */
const CLEAR_CORRELATION = 3
const SMALLEST_UNEXPLAINED = 0.02

/** How the shifts of two genes go together over the experiments, [d, d] each, row = cause. */
export interface CoShifts {
  cosine: Float64Array
  partial: Float64Array
  /** P(j shifted | i shifted), softly */
  together: Float64Array
  /** the same of j not shifted */
  alone: Float64Array
  /** slope of the shift of j on that of i, where i is shifted */
  slope: Float64Array
  /** how much of the log shift of j the control slope on i takes away: where i is shifted, what remains, and over all */
  gainWeighted: Float64Array
  remainderWeighted: Float64Array
  gain: Float64Array
  /** [K, d] least log shift of the gene that remains given one clearly correlated gene */
  leastRemainder: Float64Array
}

/**
 * Pair features across experiments. docs/method.md, section 3.
 * The result is overwritten by the next call. Cost K d² logarithms.
 */
export function createCoShifts(): (
  study: Standardised,
  correlations: Correlations,
  effects: ExperimentEffects,
  layout: StudyLayout,
) => CoShifts {
  const out: CoShifts = {
    cosine: NO_NUMBERS,
    partial: NO_NUMBERS,
    together: NO_NUMBERS,
    alone: NO_NUMBERS,
    slope: NO_NUMBERS,
    gainWeighted: NO_NUMBERS,
    remainderWeighted: NO_NUMBERS,
    gain: NO_NUMBERS,
    leastRemainder: NO_NUMBERS,
  }
  const invert = createShrunkPrecision()
  const byGene = { difference: NO_NUMBERS, shifted: NO_NUMBERS, weight: NO_NUMBERS, logShift: NO_NUMBERS }
  let precision = NO_NUMBERS
  let inverseVariance = NO_NUMBERS

  return (study, correlations, effects, layout) => {
    const { genes: d, experiments: K } = layout
    const size = d * d
    out.cosine = atLeast(out.cosine, size)
    out.partial = atLeast(out.partial, size)
    out.together = atLeast(out.together, size)
    out.alone = atLeast(out.alone, size)
    out.slope = atLeast(out.slope, size)
    out.gainWeighted = atLeast(out.gainWeighted, size)
    out.remainderWeighted = atLeast(out.remainderWeighted, size)
    out.gain = atLeast(out.gain, size)
    out.leastRemainder = atLeast(out.leastRemainder, K * d)
    byGene.difference = atLeast(byGene.difference, K * d)
    byGene.shifted = atLeast(byGene.shifted, K * d)
    byGene.weight = atLeast(byGene.weight, K * d)
    byGene.logShift = atLeast(byGene.logShift, K * d)
    precision = atLeast(precision, size)
    inverseVariance = atLeast(inverseVariance, size)

    for (let k = 0; k < K; k++)
      for (let j = 0; j < d; j++) {
        const from = k * d + j
        const to = j * K + k
        const difference = study.difference[from]!
        byGene.difference[to] = difference
        byGene.shifted[to] = effects.shifted[from]!
        byGene.weight[to] = effects.shifted[from]! * Math.abs(difference) * difference
        byGene.logShift[to] = effects.logShift[from]!
      }
    gramProduct(byGene.difference, d, K, out.cosine)
    // the gram is needed by the inverse before it becomes a cosine
    invert(out.cosine, d, K, RIDGE, precision, out.partial)
    for (let i = 0; i < d; i++) out.cosine[i * d + i]! += RIDGE
    normalise(out.cosine, d)
    gramProduct(byGene.shifted, d, K, out.together)
    crossProduct(byGene.weight, 0, d, byGene.difference, d, K, out.slope)
    crossProduct(byGene.shifted, 0, d, byGene.logShift, d, K, out.gainWeighted)
    takeRemainders(study, correlations, effects, layout, inverseVariance, out)
    finish(byGene, d, K, out)
    return out
  }
}

function normalise(gram: Float64Array, d: number): void {
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++)
      if (i !== j) gram[i * d + j]! /= Math.sqrt(gram[i * d + i]! * gram[j * d + j]!)
  for (let i = 0; i < d; i++) gram[i * d + i] = 1
}

/** Sums over experiments of the log shift of j that remains after the control slope on i is taken off. */
function takeRemainders(
  study: Standardised,
  { correlation }: Correlations,
  { logShift, shifted }: ExperimentEffects,
  layout: StudyLayout,
  inverseVariance: Float64Array,
  out: CoShifts,
): void {
  const { genes: d, experiments: K, starts } = layout
  const { difference } = study
  const { remainderWeighted, gain: remainder, leastRemainder } = out
  const clear = CLEAR_CORRELATION / Math.sqrt(layout.referenceCount)
  remainderWeighted.fill(0, 0, d * d)
  remainder.fill(0, 0, d * d)
  for (let i = 0; i < d * d; i++) {
    const r = correlation[i]!
    inverseVariance[i] = 1 / Math.max(1 - r * r, SMALLEST_UNEXPLAINED)
  }
  for (let k = 0; k < K; k++) {
    const samples = Math.max(1, starts[k + 1]! - starts[k]!)
    const certainty = 1 / (1 / samples + 1 / layout.controlCount)
    for (let j = 0; j < d; j++) leastRemainder[k * d + j] = logShift[k * d + j]!
    for (let i = 0; i < d; i++) {
      const ofCause = difference[k * d + i]!
      const weight = shifted[k * d + i]!
      for (let j = 0; j < d; j++) {
        const at = i * d + j
        const r = correlation[at]!
        const rest = difference[k * d + j]! - r * ofCause
        const left = quickLog(1 + rest * rest * inverseVariance[at]! * certainty)
        remainderWeighted[at]! += weight * left
        remainder[at]! += left
        if (left < leastRemainder[k * d + j]! && i !== j && (r > clear || r < -clear))
          leastRemainder[k * d + j] = left
      }
    }
  }
}

function finish(
  byGene: { difference: Float64Array; shifted: Float64Array; weight: Float64Array; logShift: Float64Array },
  d: number,
  K: number,
  out: CoShifts,
): void {
  for (let i = 0; i < d; i++) {
    let shifted = 0
    let weight = 0
    for (let k = 0; k < K; k++) {
      shifted += byGene.shifted[i * K + k]!
      weight += byGene.weight[i * K + k]! * byGene.difference[i * K + k]!
    }
    const share = 1 / (shifted + 0.5)
    for (let j = 0; j < d; j++) {
      const at = i * d + j
      let logShift = 0
      for (let k = 0; k < K; k++) logShift += byGene.logShift[j * K + k]!
      out.alone[at] = (shifted - out.together[at]!) * share
      out.together[at]! *= share
      out.slope[at]! /= weight + 0.05
      out.gainWeighted[at] = (out.gainWeighted[at]! - out.remainderWeighted[at]!) * share
      out.remainderWeighted[at]! *= share
      out.gain[at] = (logShift - out.gain[at]!) / K
    }
  }
}
