/**
 * Order in which the coordinate ascent visits the experiments of each gene.
 *
 * With a control, experiments enter the pool one by one: those whose mean of the gene is nearest to the control
 * come first, so that the mechanism is learned from unchanged experiments before the changed ones are judged.
 * Without, all start in the pool: the farthest come first. An order taken from the data also makes the result
 * independent of the order in which experiments are listed (docs/decisions/005-order-of-the-ascent.md).
 *
 * @param scaled [N, d] scaled expression
 * @param starts [K + 2] row offsets, control first
 * @returns [d, K] environments 1..K
 */
export function visitOrder(scaled: Float64Array, d: number, starts: Int32Array): Int32Array {
  const K = starts.length - 2
  const hasControl = starts[1]! > 0
  const out = new Int32Array(d * K)
  const distance = new Float64Array(K + 1)
  const first = new Float64Array(K + 1)
  for (let j = 0; j < d; j++) {
    for (let k = 1; k <= K; k++) {
      let sum = 0
      for (let r = starts[k]!; r < starts[k + 1]!; r++) sum += scaled[r * d + j]!
      const n = starts[k + 1]! - starts[k]!
      first[k] = sum
      distance[k] = Math.abs(sum) / Math.sqrt(n + 1)
    }
    const order = Array.from({ length: K }, (_, i) => i + 1).sort((a, b) => {
      const gap = distance[a]! - distance[b]! || first[a]! - first[b]! || a - b
      return hasControl ? gap : -gap
    })
    out.set(order, j * K)
  }
  return out
}

/** Visits in the order in which the experiments are listed. */
export function listedOrder(d: number, K: number): Int32Array {
  return Int32Array.from({ length: d * K }, (_, i) => (i % K) + 1)
}
