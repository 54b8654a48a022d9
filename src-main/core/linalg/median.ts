/** the median absolute deviation of a normal distribution is 0.6745 of its standard deviation */
export const MAD_OF_NORMAL = 0.6745

/** As `medianInPlace`. @param values without NaN; left as they are */
export const medianOf = (values: Float64Array): number => medianInPlace(values.slice())

/**
 * The value that would stand at position `k` if the array were sorted ascending; the array is reordered so that nothing
 * before `k` is larger and nothing behind it smaller. Linear on average (Hoare 1961, Algorithm 65), where a sort of some
 * hundred thousand values takes a tenth of a second.
 * @param values without NaN
 */
export function selectInPlace(values: Float64Array, k: number): number {
  let from = 0
  let to = values.length - 1
  while (from < to) {
    const pivot = middleOfThree(values[from]!, values[(from + to) >> 1]!, values[to]!)
    let i = from
    let j = to
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i > j) break
      const swapped = values[i]!
      values[i++] = values[j]!
      values[j--] = swapped
    }
    if (k <= j) to = j
    else if (k >= i) from = i
    else break
  }
  return values[k]!
}

const middleOfThree = (a: number, b: number, c: number): number =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))

/** The middle value, or the mean of the two in the middle; NaN for none. @param values without NaN; reordered */
export function medianInPlace(values: Float64Array): number {
  if (values.length === 0) return NaN
  const middle = values.length >> 1
  const upper = selectInPlace(values, middle)
  if (values.length % 2 === 1) return upper
  let lower = -Infinity
  for (let index = 0; index < middle; index++) if (values[index]! > lower) lower = values[index]!
  return (lower + upper) / 2
}
