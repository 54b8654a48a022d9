const RUN = 12

/**
 * Indices 0 … n−1 in ascending order of their key, ties by index (stable merge sort of short insertion-sorted runs).
 *
 * @param keys [n] from `from`, finite
 * @param order [n] overwritten
 * @param scratch [n]
 */
export function stableOrder(
  keys: Float64Array,
  from: number,
  n: number,
  order: Int32Array,
  scratch: Int32Array,
): void {
  for (let start = 0; start < n; start += RUN) {
    const end = Math.min(n, start + RUN)
    for (let i = start; i < end; i++) {
      const key = keys[from + i]!
      let at = i
      while (at > start && keys[from + order[at - 1]!]! > key) {
        order[at] = order[at - 1]!
        at--
      }
      order[at] = i
    }
  }
  let source = order
  let target = scratch
  for (let width = RUN; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(n, start + width)
      const end = Math.min(n, start + 2 * width)
      let left = start
      let right = middle
      for (let at = start; at < end; at++) {
        const takeLeft =
          left < middle && (right >= end || keys[from + source[left]!]! <= keys[from + source[right]!]!)
        target[at] = takeLeft ? source[left++]! : source[right++]!
      }
    }
    const swap = source
    source = target
    target = swap
  }
  if (source !== order) for (let i = 0; i < n; i++) order[i] = source[i]!
}
