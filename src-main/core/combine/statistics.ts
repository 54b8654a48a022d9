/** 0 when empty. */
export function mean(x: Float64Array): number {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += x[i]!
  return x.length > 0 ? sum / x.length : 0
}

/** @param sorted ascending; linear between neighbours; 0 when empty */
export function quantile(sorted: Float64Array, p: number): number {
  if (sorted.length === 0) return 0
  const at = p * (sorted.length - 1)
  const below = Math.floor(at)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!)
}
