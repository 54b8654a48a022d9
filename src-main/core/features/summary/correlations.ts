import { gramProduct } from '../../linalg/cross-product'
import { atLeast, NO_NUMBERS } from './buffers'
import type { StudyLayout } from './layout'
import { createShrunkPrecision } from './shrunk-precision'
import type { Standardised } from './standardise'

/** Variances of standardised genes are floored here: a dead gene has no information, not infinite weight. */
export const SMALLEST_VARIANCE = 1e-2
const RIDGE = 1e-4

/** Second moments of the reference and of all samples within their environment, [d, d] each. */
export interface Correlations {
  /** covariance of the reference */
  covariance: Float64Array
  /** [d] variance of the reference, at least {@link SMALLEST_VARIANCE} */
  variance: Float64Array
  correlation: Float64Array
  pooledCorrelation: Float64Array
  /** precision matrix of the reference, shrunk */
  precision: Float64Array
  partial: Float64Array
  pooledPartial: Float64Array
}

/** Marginal and partial correlations. docs/method.md, section 3. The result is overwritten by the next call. */
export function createCorrelations(): (study: Standardised, layout: StudyLayout) => Correlations {
  const out: Correlations = {
    covariance: NO_NUMBERS,
    variance: NO_NUMBERS,
    correlation: NO_NUMBERS,
    pooledCorrelation: NO_NUMBERS,
    precision: NO_NUMBERS,
    partial: NO_NUMBERS,
    pooledPartial: NO_NUMBERS,
  }
  const invert = createShrunkPrecision()
  let pooled = NO_NUMBERS
  let pooledPrecision = NO_NUMBERS

  return (study, layout) => {
    const { genes: d, referenceRows: r, referenceCount } = layout
    const size = d * d
    out.covariance = atLeast(out.covariance, size)
    out.variance = atLeast(out.variance, d)
    out.correlation = atLeast(out.correlation, size)
    out.pooledCorrelation = atLeast(out.pooledCorrelation, size)
    out.precision = atLeast(out.precision, size)
    out.partial = atLeast(out.partial, size)
    out.pooledPartial = atLeast(out.pooledPartial, size)
    pooled = atLeast(pooled, size)
    pooledPrecision = atLeast(pooledPrecision, size)
    const { covariance, variance, correlation, pooledCorrelation } = out

    gramProduct(study.reference, d, r, covariance)
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++)
        covariance[i * d + j] =
          (covariance[i * d + j]! - r * study.referenceMean[i]! * study.referenceMean[j]!) / referenceCount
    withoutNegativeVariance(covariance, d)
    for (let j = 0; j < d; j++) variance[j] = Math.max(covariance[j * d + j]!, SMALLEST_VARIANCE)
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++)
        correlation[i * d + j] =
          covariance[i * d + j]! / Math.sqrt(covariance[i * d + i]! * covariance[j * d + j]! + 1e-9)
    invert(covariance, d, referenceCount, RIDGE, out.precision, out.partial)

    gramProduct(study.residualColumns, d, study.residualCount, pooled)
    const ofControl = layout.reference === 'control' ? referenceCount : 0
    for (let i = 0; i < size; i++) pooled[i] = (pooled[i]! + ofControl * covariance[i]!) / layout.pooledCount
    withoutNegativeVariance(pooled, d)
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++)
        pooledCorrelation[i * d + j] =
          pooled[i * d + j]! / (Math.sqrt(pooled[i * d + i]!) + 1e-9) / (Math.sqrt(pooled[j * d + j]!) + 1e-9)
    invert(pooled, d, layout.pooledCount + 1, RIDGE, pooledPrecision, out.pooledPartial)
    return out
  }
}

/** The variance of a constant gene is a difference of equal numbers: rounding may leave it just below zero. */
function withoutNegativeVariance(covariance_dd: Float64Array, d: number): void {
  for (let j = 0; j < d; j++) if (covariance_dd[j * d + j]! < 0) covariance_dd[j * d + j] = 0
}
