/** The two largest values of a row or column, so that the largest of the others is known for each entry. */
export interface TopTwo {
  first: number
  second: number
  at: number
}

/**
 * Two largest of `count` values `step` apart; entry `without` is left out (−1 = none).
 * A missing value counts as `least`.
 */
export function takeTopTwo(
  x: Float64Array | Float32Array,
  from: number,
  count: number,
  step: number,
  without: number,
  least: number,
  out: TopTwo,
): void {
  out.first = least
  out.second = least
  out.at = -1
  for (let i = 0, position = from; i < count; i++, position += step) {
    if (i === without) continue
    const value = x[position]!
    if (value > out.first) {
      out.second = out.first
      out.first = value
      out.at = i
    } else if (value > out.second) out.second = value
  }
}

export function largestOfOthers(top: TopTwo, i: number): number {
  return top.at === i ? top.second : top.first
}
