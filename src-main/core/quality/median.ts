/** the median absolute deviation of a normal distribution is 0.6745 of its standard deviation */
export const MAD_OF_NORMAL = 0.6745

/** The middle value, or the mean of the two in the middle; NaN for none. @param values without NaN; left as they are */
export function medianOf(values: Float64Array): number {
  if (values.length === 0) return NaN
  const sorted = values.toSorted()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
