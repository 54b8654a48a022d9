import { stableOrder } from './stable-order'

/** Values this close are equal: rounding must not decide the rank of duplicated genes. */
const TIE = 1e-9

/**
 * Ranks 0 … n−1 in ascending order; equal values (to 1e-9 of 1 + the smaller) share their mean rank.
 *
 * @param values [n] not negative
 * @param ranks [n] overwritten
 * @param order [n] scratch
 * @param scratch [orderScratchLength(n)]
 */
export function meanRanks(
  values: Float64Array,
  n: number,
  ranks: Float64Array,
  order: Int32Array,
  scratch: Int32Array,
): void {
  stableOrder(values, 0, n, order, scratch)
  let from = 0
  while (from < n) {
    const first = values[order[from]!]!
    const upTo = first + TIE * (1 + first)
    let to = from + 1
    while (to < n && values[order[to]!]! <= upTo) to++
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + to - 1) / 2
    from = to
  }
}
