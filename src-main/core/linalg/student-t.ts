import { logGamma } from './log-gamma'

const LARGEST_FRACTION = 1000
const TINY = 1e-300
/** beyond it the continued fraction grows long and loses digits */
const LARGEST_FREEDOM = 1e6
const HALF_LOG_PI = 0.5723649429247001
/** above it ln Γ(a + ½) − ln Γ(a) loses digits and its series has all of them */
const SERIES_FROM = 50

/**
 * P(|T| ≥ |t|) of Student's t distribution, p = I_x(ν/2, ½) at x = ν/(ν + t²), by the continued fraction of the incomplete
 * beta function (Abramowitz & Stegun 26.7.1, 26.5.8; Lentz's recurrence). Small p keep their relative precision.
 *
 * @param freedom ν > 0; Infinity gives the normal distribution
 * @returns NaN when t is NaN or ν ≤ 0
 */
export function twoSidedStudentT(t: number, freedom: number): number {
  if (!(freedom > 0) || Number.isNaN(t)) return NaN
  const nu = Math.min(freedom, LARGEST_FREEDOM)
  const square = freedom > LARGEST_FREEDOM ? equivalentSquare(t * t, freedom) : t * t
  if (square === 0) return 1
  if (square === Infinity) return 0
  const a = nu / 2
  const b = 0.5
  const x = nu / (nu + square)
  const y = square / (nu + square)
  const front = Math.exp(logGammaHalfStep(a) - HALF_LOG_PI - a * Math.log1p(square / nu) + b * Math.log(y))
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a
  return 1 - (front * betaFraction(y, b, a)) / b
}

/**
 * t² at LARGEST_FREEDOM with the p of t² at ν, by Wallace's normalising transformation
 * z² = ((8ν + 1)/(8ν + 3))² ν ln(1 + t²/ν) on both sides (Wallace 1959, Ann. Math. Statist. 30:1121), exact to 1/ν² here.
 */
function equivalentSquare(square: number, freedom: number): number {
  const normal = freedom === Infinity ? square : wallace(freedom) * freedom * Math.log1p(square / freedom)
  return LARGEST_FREEDOM * Math.expm1(normal / (wallace(LARGEST_FREEDOM) * LARGEST_FREEDOM))
}

const wallace = (freedom: number): number => ((8 * freedom + 1) / (8 * freedom + 3)) ** 2

/** ln Γ(a + ½) − ln Γ(a); the series is Abramowitz & Stegun 6.1.47 in logarithms. */
function logGammaHalfStep(a: number): number {
  if (a < SERIES_FROM) return logGamma(a + 0.5) - logGamma(a)
  const i = 1 / a
  const j = i * i
  return 0.5 * Math.log(a) - i * (1 / 8 - j * (1 / 192 - j * (1 / 640 - (j * 17) / 14336)))
}

/** Continued fraction of I_x(a, b), converging for x < (a + 1) / (a + b + 2). */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = nonZero(1 - ((a + b) * x) / (a + 1))
  d = 1 / d
  let value = d
  for (let m = 1; m <= LARGEST_FRACTION; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / nonZero(1 + even * d)
    c = nonZero(1 + even / c)
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonZero(1 + odd * d)
    c = nonZero(1 + odd / c)
    const step = d * c
    value *= step
    if (Math.abs(step - 1) < 1e-15) break
  }
  return value
}

const nonZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value)
