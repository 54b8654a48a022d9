/**
 * Pearson correlation of every pair of rows.
 *
 *   r_ab = Σ_j (x_aj − x̄_a)(x_bj − x̄_b) / √(Σ_j (x_aj − x̄_a)² Σ_j (x_bj − x̄_b)²)
 *
 * @param values [n, d]
 * @returns [n, n] symmetric, 1 on the diagonal; NaN where a row never changes. O(n² d).
 */
export function rowCorrelation(values: Float64Array, n: number, d: number): Float32Array {
  const unit = new Float64Array(n * d)
  for (let row = 0; row < n; row++) {
    let sum = 0
    for (let j = 0; j < d; j++) sum += values[row * d + j]!
    let squares = 0
    for (let j = 0; j < d; j++) {
      const centred = values[row * d + j]! - sum / d
      unit[row * d + j] = centred
      squares += centred * centred
    }
    const length = squares > 0 ? Math.sqrt(squares) : NaN
    for (let j = 0; j < d; j++) unit[row * d + j]! /= length
  }
  const correlation = new Float32Array(n * n)
  for (let a = 0; a < n; a++)
    for (let b = 0; b <= a; b++) {
      let sum = 0
      for (let j = 0; j < d; j++) sum += unit[a * d + j]! * unit[b * d + j]!
      const r = a === b && sum === sum ? 1 : Math.max(-1, Math.min(1, sum))
      correlation[a * n + b] = r
      correlation[b * n + a] = r
    }
  return correlation
}
