/**
 * Logarithm, inverse hyperbolic sine and hyperbolic tangent from tables, three to five times as fast as Math's.
 * For features and other statistics that need ten digits, not sixteen; evidence uses Math.
 */

const TABLE_BITS = 7
const TABLE_SIZE = 1 << TABLE_BITS
/** 1/c and ln c at the lower end c of each of 128 slices of [1, 2), so that ln 1 is exactly 0 */
const RECIPROCAL = Float64Array.from({ length: TABLE_SIZE }, (_, i) => TABLE_SIZE / (TABLE_SIZE + i))
const LOG_LOWER = Float64Array.from({ length: TABLE_SIZE }, (_, i) => Math.log1p(i / TABLE_SIZE))
const LARGEST_EXPONENT = 1000
const LEAST = 2 ** -LARGEST_EXPONENT
const MOST = 2 ** LARGEST_EXPONENT
/** 2^−e for e = −1000 … 1000 */
const POWER = Float64Array.from({ length: 2 * LARGEST_EXPONENT + 1 }, (_, i) => 2 ** (LARGEST_EXPONENT - i))

const number = new Float64Array(1)
const words = new Uint32Array(number.buffer)
/** which half of a double holds its exponent on this machine */
number[0] = 1
const HIGH = words[0] === 0 ? 1 : 0

/** ln x, absolute error below 1e-12; like Math.log for zero, negative, infinite and not-a-number. */
export function quickLog(x: number): number {
  if (!(x >= LEAST && x < MOST)) return Math.log(x)
  number[0] = x
  const high = words[HIGH]!
  const exponent = (high >>> 20) - 1023
  const slice = (high >>> (20 - TABLE_BITS)) & (TABLE_SIZE - 1)
  const r = x * POWER[exponent + LARGEST_EXPONENT]! * RECIPROCAL[slice]! - 1
  const series = r - r * r * (0.5 - r * (1 / 3 - r * (0.25 - 0.2 * r)))
  return exponent * Math.LN2 + LOG_LOWER[slice]! + series
}

/** asinh x, absolute error below 1e-12. */
export function quickAsinh(x: number): number {
  const size = Math.abs(x)
  const value = quickLog(size + Math.sqrt(size * size + 1))
  return x < 0 ? -value : value
}

const EXP_STEPS = 64
const LARGEST_TANH = 10
/** exp(−m/64) */
const EXP = Float64Array.from({ length: 2 * EXP_STEPS * LARGEST_TANH + 1 }, (_, m) =>
  Math.exp(-m / EXP_STEPS),
)

/** tanh x, absolute error below 1e-9. */
export function quickTanh(x: number): number {
  const size = Math.abs(x)
  if (!(size < LARGEST_TANH)) return Math.tanh(x)
  const step = Math.trunc(2 * EXP_STEPS * size)
  const r = 2 * size - step / EXP_STEPS
  const exp = EXP[step]! * (1 - r * (1 - r * (0.5 - r * (1 / 6 - r / 24))))
  const value = (1 - exp) / (1 + exp)
  return x < 0 ? -value : value
}
