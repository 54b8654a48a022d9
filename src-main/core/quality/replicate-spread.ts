/**
 * How far each sample lies from its replicates. With m the mean of the other n_k − 1 samples of its experiment,
 *
 *   spread_i = √( (n_k − 1) / n_k · 1/d · Σ_g (x_ig − m_g)² )
 *
 * Leaving the sample out keeps an outlier from hiding behind itself. A replicate without fault differs from m by
 * σ_g² (1 + 1/(n_k − 1)) = σ_g² n_k / (n_k − 1), so the factor makes the expectation of the square the mean of σ_g² whatever
 * the size of the experiment, and samples of small and large experiments can stand in one plot.
 *
 * @param values [n, d] rows sorted by environment
 * @param starts [K + 2] row offsets of the environments
 * @returns [n] NaN in experiments of one sample. O(n d).
 */
export function replicateSpread(values: Float64Array, d: number, starts: Int32Array): Float64Array {
  const K = starts.length - 1
  const spread = new Float64Array(starts[K]!).fill(NaN)
  const sums = new Float64Array(d)
  for (let k = 0; k < K; k++) {
    const size = starts[k + 1]! - starts[k]!
    if (size < 2 || d === 0) continue
    sums.fill(0)
    for (let row = starts[k]!; row < starts[k + 1]!; row++)
      for (let gene = 0; gene < d; gene++) sums[gene]! += values[row * d + gene]!
    for (let row = starts[k]!; row < starts[k + 1]!; row++) {
      let squares = 0
      for (let gene = 0; gene < d; gene++) {
        const value = values[row * d + gene]!
        const difference = value - (sums[gene]! - value) / (size - 1)
        squares += difference * difference
      }
      spread[row] = Math.sqrt(((size - 1) / size) * (squares / d))
    }
  }
  return spread
}
