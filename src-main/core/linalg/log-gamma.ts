const HALF_LOG_2PI = 0.9189385332046727

/**
 * Natural logarithm of the gamma function for x > 0.
 *
 * Recurrence up to x ≥ 10, then Stirling's series with Bernoulli terms up to B₁₂
 * (Abramowitz & Stegun 6.1.40); absolute error below 1e-14 there.
 *
 * @returns NaN for x ≤ 0
 */
export function logGamma(x: number): number {
  if (!(x > 0)) return NaN
  let shift = 0
  if (x < 10) {
    let product = 1
    while (x < 10) {
      product *= x
      x += 1
    }
    shift = -Math.log(product)
  }
  const i = 1 / x
  const j = i * i
  const series =
    i * (1 / 12 - j * (1 / 360 - j * (1 / 1260 - j * (1 / 1680 - j * (1 / 1188 - (j * 691) / 360360)))))
  return shift + (x - 0.5) * Math.log(x) - x + HALF_LOG_2PI + series
}

/** log of the binomial coefficient C(n, k). */
export function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
}
