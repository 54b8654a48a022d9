/** From here on the asymptotic series below are exact to the last digits of a double. */
const ASYMPTOTIC_FROM = 15

/**
 * Digamma function ψ(x) = d log Γ(x) / dx for x > 0.
 *
 * Recurrence ψ(x) = ψ(x + 1) − 1/x, then the asymptotic series (Abramowitz & Stegun 6.3.5, 6.3.18).
 *
 * @returns NaN for x ≤ 0
 */
export function digamma(x: number): number {
  if (!(x > 0)) return NaN
  let shift = 0
  while (x < ASYMPTOTIC_FROM) shift -= 1 / x++
  const i = 1 / (x * x)
  const series = i * (1 / 12 - i * (1 / 120 - i * (1 / 252 - i * (1 / 240 - i * (1 / 132)))))
  return shift + Math.log(x) - 0.5 / x - series
}

/**
 * Trigamma function ψ′(x) for x > 0 (Abramowitz & Stegun 6.4.6, 6.4.12).
 *
 * @returns NaN for x ≤ 0
 */
export function trigamma(x: number): number {
  if (!(x > 0)) return NaN
  let sum = 0
  for (; x < ASYMPTOTIC_FROM; x++) sum += 1 / (x * x)
  const i = 1 / (x * x)
  const series = i * (1 / 6 - i * (1 / 30 - i * (1 / 42 - i * (1 / 30 - i * (5 / 66)))))
  return sum + 1 / x + i / 2 + series / x
}

/** Tetragamma function ψ″(x) for x > 0 (Abramowitz & Stegun 6.4.6, 6.4.13). */
function tetragamma(x: number): number {
  let sum = 0
  for (; x < ASYMPTOTIC_FROM; x++) sum -= 2 / (x * x * x)
  const i = 1 / (x * x)
  const series = i * (1 / 2 - i * (1 / 6 - i * (1 / 6 - i * (3 / 10 - i * (5 / 6)))))
  return sum - i - i / x - series * i
}

/**
 * The x > 0 with ψ′(x) = y, by Newton's method on 1/ψ′, which is nearly linear, so that it converges from below without
 * leaving the range (Smyth 2004, appendix).
 *
 * @param y > 0
 * @returns NaN for y ≤ 0
 */
export function trigammaInverse(y: number): number {
  if (!(y > 0)) return NaN
  // 1/√y and 1/y are the limits of the solution at both ends
  if (y > 1e7) return 1 / Math.sqrt(y)
  if (y < 1e-7) return 1 / y
  let x = 0.5 + 1 / y
  for (let step = 0; step < 50; step++) {
    const value = trigamma(x)
    const change = (value * (1 - value / y)) / tetragamma(x)
    x += change
    if (-change < 1e-12 * x) break
  }
  return x
}
