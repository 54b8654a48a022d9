/** Features per gene: [x, φ₁…φ₅, x̄]. */
export const FEATURES_PER_GENE = 7
/** Sine features of the Gaussian-process part. */
export const SINES = 5
const SQUASH = 5
const LENGTH_SCALE = 1.2
const SMALLEST_HALF_WIDTH = 3
const MARGIN = 1.2

export interface Basis {
  /** L: half width of the interval on which the sine features live */
  readonly halfWidth: number
  /** [d, 5] means of the raw sine features over all samples of the study */
  readonly means_d5: Float64Array
  /** [7] prior variance of each feature's weight, relative to the noise variance */
  readonly variances: Float64Array
}

/**
 * Hilbert-space basis of a squared-exponential Gaussian process on squashed expression, with a linear term
 * and the experiment's mean.
 *
 * U = 5 tanh(x/5), L = max(3, 1.2 max|U|), ω_m = mπ/(2L), φ_m = sin(ω_m (U + L)) / √L − mean;
 * prior variance of φ_m: √(2π) ℓ exp(−ω_m² ℓ²/2), ℓ = 1.2.
 *
 * Source: Solin & Särkkä, Statistics and Computing 30 (2020) 419–446, for the basis; docs/method.md, section 1.
 *
 * @param x [n, d] scaled expression
 * @param betweenVariance prior variance of the weight of x̄
 */
export function fitBasis(x: Float64Array, n: number, d: number, betweenVariance: number): Basis {
  let widest = 0
  for (let i = 0; i < x.length; i++) widest = Math.max(widest, Math.abs(squash(x[i]!)))
  const halfWidth = Math.max(SMALLEST_HALF_WIDTH, MARGIN * widest)
  const means = new Float64Array(d * SINES)
  for (let r = 0; r < n; r++)
    for (let j = 0; j < d; j++) {
      const u = squash(x[r * d + j]!)
      for (let m = 0; m < SINES; m++) means[j * SINES + m]! += sine(u, m, halfWidth)
    }
  for (let i = 0; i < means.length; i++) means[i]! /= n
  return { halfWidth, means_d5: means, variances: featureVariances(halfWidth, betweenVariance) }
}

/** Prior variance of the weight of each feature, relative to the noise. @returns [7] */
export function featureVariances(halfWidth: number, betweenVariance: number): Float64Array {
  const variances = new Float64Array(FEATURES_PER_GENE)
  variances[0] = 1
  for (let m = 0; m < SINES; m++) {
    const omega = ((m + 1) * Math.PI) / (2 * halfWidth)
    variances[1 + m] = Math.sqrt(2 * Math.PI) * LENGTH_SCALE * Math.exp(-0.5 * (omega * LENGTH_SCALE) ** 2)
  }
  variances[FEATURES_PER_GENE - 1] = betweenVariance
  return variances
}

/** Writes [x, φ₁…φ₅, x̄] of gene j at value x to out[offset…offset + 6]. */
export function writeFeatures(
  basis: Basis,
  j: number,
  x: number,
  experimentMean: number,
  out: Float64Array,
  offset: number,
): void {
  const u = squash(x)
  out[offset] = x
  for (let m = 0; m < SINES; m++)
    out[offset + 1 + m] = sine(u, m, basis.halfWidth) - basis.means_d5[j * SINES + m]!
  out[offset + FEATURES_PER_GENE - 1] = experimentMean
}

/** The shrunken mean of an experiment, x̄ = mean · n/(n + 1): absorbs regression dilution by noisy causes. */
export function shrunkenMean(sum: number, n: number): number {
  return sum / (n + 1)
}

/**
 * Features of every sample and gene.
 *
 * @param x [n, d] scaled expression, rows sorted by environment
 * @param starts [K + 2] row offsets; the control (environment 0) has x̄ = 0
 * @param out [n, d, 7]
 */
export function computeFeatures(
  basis: Basis,
  x: Float64Array,
  d: number,
  starts: Int32Array,
  out: Float64Array,
): void {
  for (let k = 0; k + 1 < starts.length; k++) {
    const from = starts[k]!
    const to = starts[k + 1]!
    for (let j = 0; j < d; j++) {
      let sum = 0
      if (k > 0) for (let r = from; r < to; r++) sum += x[r * d + j]!
      const mean = shrunkenMean(sum, to - from)
      for (let r = from; r < to; r++)
        writeFeatures(basis, j, x[r * d + j]!, mean, out, (r * d + j) * FEATURES_PER_GENE)
    }
  }
}

function squash(x: number): number {
  return SQUASH * Math.tanh(x / SQUASH)
}

function sine(u: number, m: number, halfWidth: number): number {
  return Math.sin((((m + 1) * Math.PI) / (2 * halfWidth)) * (u + halfWidth)) / Math.sqrt(halfWidth)
}
