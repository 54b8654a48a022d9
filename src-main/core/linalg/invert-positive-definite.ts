/**
 * Inverse of a symmetric positive definite matrix by its Cholesky factor: A = L Lᵀ, A⁻¹ = L⁻ᵀ L⁻¹.
 * For callers that want the inverse itself (a precision matrix); to solve a system, factor only. Cost about d³.
 *
 * @param a [d, d] overwritten with L⁻¹ (lower triangle)
 * @param out [d, d] overwritten with the inverse; NaN when `a` is not positive definite
 */
export function invertPositiveDefinite(a: Float64Array, d: number, out: Float64Array): void {
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * d + j]!
      for (let k = 0; k < j; k++) sum -= a[i * d + k]! * a[j * d + k]!
      a[i * d + j] = i === j ? Math.sqrt(sum) : sum / a[j * d + j]!
    }
  }
  // L⁻¹ in place, column by column from the last: row i needs only rows that are still L or already inverted
  for (let j = 0; j < d; j++) {
    a[j * d + j] = 1 / a[j * d + j]!
    for (let i = j + 1; i < d; i++) {
      let sum = 0
      for (let k = j; k < i; k++) sum -= a[i * d + k]! * a[k * d + j]!
      a[i * d + j] = sum / a[i * d + i]!
    }
  }
  out.fill(0, 0, d * d)
  for (let k = 0; k < d; k++)
    for (let i = 0; i <= k; i++) {
      const left = a[k * d + i]!
      for (let j = 0; j <= i; j++) out[i * d + j]! += left * a[k * d + j]!
    }
  for (let i = 0; i < d; i++) for (let j = i + 1; j < d; j++) out[i * d + j] = out[j * d + i]!
}
