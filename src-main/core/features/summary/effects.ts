import { crossProduct } from '../../linalg/cross-product'
import { quickLog } from '../../linalg/quick-functions'
import { atLeast, NO_NUMBERS } from './buffers'
import { SMALLEST_VARIANCE, type Correlations } from './correlations'
import type { StudyLayout } from './layout'
import type { Standardised } from './standardise'

/** Pseudo-observations with the reference variance that steady the variance of a small experiment. */
const PSEUDO_SAMPLES = 4

/** What an experiment did to each gene, [K, d] each. */
export interface ExperimentEffects {
  /** shift over its standard error, variance of the experiment shrunk to the reference */
  z: Float64Array
  /** the same with the reference variance only */
  referenceZ: Float64Array
  /** log(1 + z²) */
  logShift: Float64Array
  /** soft indicator of a shift, σ(2(|z| − 3)) */
  shifted: Float64Array
  /** ln of shrunk experiment variance over reference variance */
  logVarianceRatio: Float64Array
  /** shift of the residual of the gene given all others (row of the precision matrix), over its standard error */
  u: Float64Array
  /** ln variance ratio of that residual */
  residualLogVarianceRatio: Float64Array
}

/**
 * Shifts and variance ratios, marginal and given all other genes. docs/method.md, section 3.
 * An experiment without samples has none. The result is overwritten by the next call. Cost (n + d + K) d².
 */
export function createExperimentEffects(): (
  study: Standardised,
  correlations: Correlations,
  layout: StudyLayout,
) => ExperimentEffects {
  const out: ExperimentEffects = {
    z: NO_NUMBERS,
    referenceZ: NO_NUMBERS,
    logShift: NO_NUMBERS,
    shifted: NO_NUMBERS,
    logVarianceRatio: NO_NUMBERS,
    u: NO_NUMBERS,
    residualLogVarianceRatio: NO_NUMBERS,
  }
  let weights = NO_NUMBERS
  let weightedCovariance = NO_NUMBERS
  let residualVariance = NO_NUMBERS
  let residuals = NO_NUMBERS

  return (study, correlations, layout) => {
    const { genes: d, experiments: K, controlRows, starts } = layout
    out.z = atLeast(out.z, K * d)
    out.referenceZ = atLeast(out.referenceZ, K * d)
    out.logShift = atLeast(out.logShift, K * d)
    out.shifted = atLeast(out.shifted, K * d)
    out.logVarianceRatio = atLeast(out.logVarianceRatio, K * d)
    out.u = atLeast(out.u, K * d)
    out.residualLogVarianceRatio = atLeast(out.residualLogVarianceRatio, K * d)
    weights = atLeast(weights, d * d)
    weightedCovariance = atLeast(weightedCovariance, d * d)
    residualVariance = atLeast(residualVariance, d)
    residuals = atLeast(residuals, layout.largestExperiment * d)
    const { precision, variance, covariance } = correlations

    // row j of the weights turns a sample into the residual of gene j with unit reference variance
    for (let j = 0; j < d; j++) {
      const unit = 1 / Math.sqrt(precision[j * d + j]!)
      for (let i = 0; i < d; i++) weights[j * d + i] = precision[j * d + i]! * unit
    }
    crossProduct(weights, 0, d, covariance, d, d, weightedCovariance)
    for (let j = 0; j < d; j++) {
      let sum = 0
      for (let i = 0; i < d; i++) sum += weightedCovariance[j * d + i]! * weights[j * d + i]!
      residualVariance[j] = Math.max(sum, SMALLEST_VARIANCE)
    }
    crossProduct(study.difference, 0, K, weights, d, d, out.u)

    for (let k = 0; k < K; k++) {
      const from = starts[k]! - controlRows
      const size = starts[k + 1]! - starts[k]!
      const samples = Math.max(1, size)
      const perReference = 1 / layout.controlCount
      const perExperiment = 1 / samples
      const certainty = Math.sqrt(1 / (perExperiment + perReference))
      crossProduct(study.residualRows, from * d, size, weights, d, d, residuals)
      for (let j = 0; j < d; j++) {
        const at = k * d + j
        const reference = variance[j]!
        let squares = 0
        let residualSquares = 0
        for (let t = 0; t < size; t++) {
          const x = study.residualRows[(from + t) * d + j]!
          const residual = residuals[t * d + j]!
          squares += x * x
          residualSquares += residual * residual
        }
        const shrunk = size > 0 ? shrink(squares, reference, size) : reference
        const shrunkResidual =
          size > 0 ? shrink(residualSquares, residualVariance[j]!, size) : residualVariance[j]!
        const difference = study.difference[at]!
        const z = difference / Math.sqrt(reference * perReference + shrunk * perExperiment)
        out.z[at] = z
        out.referenceZ[at] = difference / Math.sqrt(reference * (perReference + perExperiment))
        out.logShift[at] = quickLog(1 + z * z)
        out.shifted[at] = 1 / (1 + Math.exp(-2 * (Math.abs(z) - 3)))
        out.logVarianceRatio[at] = quickLog(shrunk / reference)
        out.u[at]! *= certainty
        out.residualLogVarianceRatio[at] = quickLog(shrunkResidual / residualVariance[j]!)
      }
    }
    return out
  }
}

function shrink(squares: number, reference: number, size: number): number {
  return (squares + PSEUDO_SAMPLES * reference) / (size - 1 + PSEUDO_SAMPLES)
}
