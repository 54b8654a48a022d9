import { logGamma } from '../linalg/log-gamma'

const LOG_2PI = Math.log(2 * Math.PI)
const LOG_3 = Math.log(3)
const PIVOT_FLOOR = 1e-10

/**
 * Augmented Cholesky of a pool Gram with prior precision on its diagonal; y is the last row.
 *
 * @param gram [q, stride] lower triangle used; not changed
 * @param precision [q − 1]
 * @param factor [q, stride] receives the factor; the last diagonal entry is the residual sum of squares
 * @returns ½ log det of the leading q − 1 block
 */
export function factorPool(
  gram: Float64Array,
  q: number,
  stride: number,
  precision: Float64Array,
  factor: Float64Array,
): number {
  let halfLogDet = 0
  for (let i = 0; i < q; i++) {
    const row = i * stride
    for (let j = 0; j <= i; j++) {
      const other = j * stride
      let s = gram[row + j]!
      if (i === j && i < q - 1) s += precision[i]!
      for (let k = 0; k < j; k++) s -= factor[row + k]! * factor[other + k]!
      if (i !== j) factor[row + j] = s / factor[other + j]!
      else if (i === q - 1) factor[row + i] = s > 0 ? s : 0
      else {
        const root = Math.sqrt(s < PIVOT_FLOOR ? PIVOT_FLOOR : s)
        factor[row + i] = root
        halfLogDet += Math.log(root)
      }
    }
  }
  return halfLogDet
}

/**
 * Log marginal likelihood of a pool,
 * L = −(n/2)log 2π + ½Σ log λ − ½ log det + a₀ log b₀ − (a₀+n/2) log(b₀+RSS/2) + lnΓ(a₀+n/2) − lnΓ(a₀).
 * Source: docs/method.md, section 1, "Pool evidence".
 */
export function poolLogEvidence(
  n: number,
  rss: number,
  halfLogDet: number,
  logPrecision: number,
  a0: number,
  b0: number,
): number {
  const a = a0 + 0.5 * n
  return (
    -0.5 * n * LOG_2PI +
    0.5 * logPrecision -
    halfLogDet +
    a0 * Math.log(b0) -
    a * Math.log(b0 + 0.5 * rss) +
    logGamma(a) -
    logGamma(a0)
  )
}

/**
 * Log factor for an experiment whose noise variance is c times the pool's, c ∈ {1/3, 1, 3}, from the residual
 * sums of squares without (r0) and with (r1) the experiment. Source: docs/method.md, "Noise-scale mixture".
 *
 * @param n tempered samples of the pool without the experiment
 * @param nk tempered samples of the experiment
 * @param weight of c = 1/3 and c = 3 together
 */
export function noiseScaleMixture(
  n: number,
  nk: number,
  r0: number,
  r1: number,
  weight: number,
  a0: number,
  b0: number,
): number {
  const a = a0 + 0.5 * (n + nk)
  const base = Math.log(b0 + 0.5 * r1)
  const added = Math.max(0, r1 - r0)
  const wide = -0.5 * nk * LOG_3 + a * (base - Math.log(b0 + 0.5 * (r0 + added / 3)))
  const narrow = 0.5 * nk * LOG_3 + a * (base - Math.log(b0 + 0.5 * (r0 + added * 3)))
  const high = Math.max(0, wide, narrow)
  return (
    high +
    Math.log(
      (1 - weight) * Math.exp(-high) + 0.5 * weight * (Math.exp(wide - high) + Math.exp(narrow - high)),
    )
  )
}
