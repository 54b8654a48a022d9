import { descendingOrder } from './descending-order'

/**
 * Estimated false-discovery rate of the list that ends at each entry: the mean of 1 − probability over
 * all entries at least as probable.
 *
 * @returns [n]
 */
export function estimatedListFdr(probabilities: Float64Array): Float64Array {
  const order = descendingOrder(probabilities)
  const rate = new Float64Array(probabilities.length)
  let sum = 0
  let from = 0
  for (let r = 0; r < order.length; r++) {
    sum += 1 - probabilities[order[r]!]!
    if (r + 1 < order.length && probabilities[order[r + 1]!] === probabilities[order[r]!]) continue
    for (let tied = from; tied <= r; tied++) rate[order[tied]!] = sum / (r + 1)
    from = r + 1
  }
  return rate
}

/** What a list cut at an estimated false-discovery rate holds; realised rate = falseCount / count. */
export interface CutList {
  readonly count: number
  readonly falseCount: number
}

/**
 * @param labels [n] 1 = true
 * @param estimatedFdr [n] estimated rate of the list that ends at the entry
 * @param level entries with an estimated rate up to it are listed
 */
export function cutAtFdr(labels: Uint8Array, estimatedFdr: Float64Array, level: number): CutList {
  let count = 0
  let falseCount = 0
  for (let i = 0; i < labels.length; i++) {
    if (!(estimatedFdr[i]! <= level)) continue
    count++
    if (labels[i] !== 1) falseCount++
  }
  return { count, falseCount }
}
