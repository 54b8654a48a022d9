/** Indices of `scores` from the highest to the lowest; equal scores keep their order. */
export function descendingOrder(scores: Float64Array): Int32Array {
  return Int32Array.from(scores, (_, index) => index).sort((a, b) => {
    const [x, y] = [scores[a]!, scores[b]!]
    return x < y ? 1 : x > y ? -1 : a - b
  })
}
