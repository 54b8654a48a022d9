const BUCKETS_PER_KEY = 4
const MOST_BUCKETS = 2048
/** Fewer keys are sorted by insertion alone. */
const FEWEST_DEALT = 40
const SMALLEST_RANGE = 1e-290

/** Length of the scratch that {@link stableOrder} needs for n keys. */
export function orderScratchLength(n: number): number {
  return Math.min(MOST_BUCKETS, BUCKETS_PER_KEY * n) + 1
}

/**
 * Indices 0 … n−1 in ascending order of their key, ties by index. Keys are dealt into buckets of equal width, then an
 * insertion sort mends the order within buckets: O(n) for keys without extreme crowding, which sorting by
 * comparison is not, and both passes are stable.
 *
 * @param keys [n] from `from`, finite
 * @param order [n] overwritten
 * @param scratch [orderScratchLength(n)]
 */
export function stableOrder(
  keys: Float64Array,
  from: number,
  n: number,
  order: Int32Array,
  scratch: Int32Array,
): void {
  if (n < FEWEST_DEALT) for (let i = 0; i < n; i++) order[i] = i
  else dealIntoBuckets(keys, from, n, order, scratch)
  for (let i = 1; i < n; i++) {
    const index = order[i]!
    const key = keys[from + index]!
    let at = i
    while (at > 0 && keys[from + order[at - 1]!]! > key) {
      order[at] = order[at - 1]!
      at--
    }
    order[at] = index
  }
}

function dealIntoBuckets(
  keys: Float64Array,
  from: number,
  n: number,
  order: Int32Array,
  scratch: Int32Array,
): void {
  let least = Infinity
  let most = -Infinity
  for (let i = from; i < from + n; i++) {
    const key = keys[i]!
    if (key < least) least = key
    if (key > most) most = key
  }
  const buckets = orderScratchLength(n) - 1
  // a range too small to divide by puts all keys into one bucket
  const perUnit = most - least > SMALLEST_RANGE ? (buckets - 1) / (most - least) : 0
  scratch.fill(0, 0, buckets + 1)
  for (let i = from; i < from + n; i++) scratch[1 + Math.trunc((keys[i]! - least) * perUnit)]!++
  for (let b = 1; b <= buckets; b++) scratch[b]! += scratch[b - 1]!
  for (let i = 0; i < n; i++) {
    const bucket = Math.trunc((keys[from + i]! - least) * perUnit)
    order[scratch[bucket]!++] = i
  }
}
