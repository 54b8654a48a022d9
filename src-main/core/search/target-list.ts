/** Ranks by log-odds (ties by gene order) and the expected share of non-targets down to each rank. */
export function rankEnvironment(
  logOdds: Float64Array,
  probability: Float64Array,
  k: number,
  d: number,
  rank: Int32Array,
  listFdr: Float64Array,
): void {
  const order = Array.from({ length: d }, (_, j) => j).sort(
    (a, b) => logOdds[k * d + b]! - logOdds[k * d + a]! || a - b,
  )
  let misses = 0
  order.forEach((j, position) => {
    misses += 1 - probability[k * d + j]!
    rank[k * d + j] = position + 1
    listFdr[k * d + j] = misses / (position + 1)
  })
}

export function bestFdr(listFdr: Float64Array, k: number, d: number): number {
  let best = 1
  for (let j = 0; j < d; j++) best = Math.min(best, listFdr[k * d + j]!)
  return best
}
