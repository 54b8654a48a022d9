import { invertPositiveDefinite } from '../../linalg/invert-positive-definite'
import { atLeast, NO_NUMBERS } from './buffers'

/**
 * Precision matrix and partial correlations of a covariance whose correlations are shrunk towards zero:
 * R ← (1−λ) R off the diagonal, λ = clip(d/(2 n), 0.02, 0.9), which keeps R positive definite.
 * docs/method.md, section 3.
 *
 * The returned function takes (covariance [d, d], d, samples n, ridge added to its diagonal) and overwrites
 * precision [d, d] and partial [d, d] (diagonal 0). Cost d³.
 */
export function createShrunkPrecision(): (
  covariance: Float64Array,
  d: number,
  n: number,
  ridge: number,
  precision: Float64Array,
  partial: Float64Array,
) => void {
  let shrunk = NO_NUMBERS
  let deviation = NO_NUMBERS

  return (covariance, d, n, ridge, precision, partial) => {
    shrunk = atLeast(shrunk, d * d)
    deviation = atLeast(deviation, d)
    const keep = 1 - Math.min(0.9, Math.max(0.02, (0.5 * d) / n))
    for (let i = 0; i < d; i++) deviation[i] = Math.sqrt(covariance[i * d + i]! + ridge) + 1e-9
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++)
        shrunk[i * d + j] = i === j ? 1 : (keep * covariance[i * d + j]!) / deviation[i]! / deviation[j]!
    invertPositiveDefinite(shrunk, d, precision)
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++)
        partial[i * d + j] =
          i === j ? 0 : -precision[i * d + j]! / Math.sqrt(precision[i * d + i]! * precision[j * d + j]!)
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++) precision[i * d + j]! /= deviation[i]! * deviation[j]!
  }
}
