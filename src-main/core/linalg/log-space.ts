/** log(eᵃ + eᵇ) without overflow; −∞ is the neutral element. */
export function logAddExp(a: number, b: number): number {
  const high = a > b ? a : b
  if (high === -Infinity) return -Infinity
  return high + Math.log1p(Math.exp((a > b ? b : a) - high))
}

/** log Σ exp(v[i]) over i in [from, to); −∞ for an empty range. */
export function logSumExp(values: Float64Array, from = 0, to = values.length): number {
  let high = -Infinity
  for (let i = from; i < to; i++) if (values[i]! > high) high = values[i]!
  if (high === -Infinity) return -Infinity
  let sum = 0
  for (let i = from; i < to; i++) sum += Math.exp(values[i]! - high)
  return high + Math.log(sum)
}

/** log σ(x) = −log(1 + e⁻ˣ), exact in both tails. */
export function logSigmoid(x: number): number {
  return x >= 0 ? -Math.log1p(Math.exp(-x)) : x - Math.log1p(Math.exp(x))
}

export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x))
  const e = Math.exp(x)
  return e / (1 + e)
}
