/** Numbers with a common number of decimals as 32-bit integers. */
export interface WholeNumbers {
  readonly at: (position: number) => number
  /** copies `length` numbers from `start` on */
  readonly read: (start: number, length: number, into: Float64Array) => void
}

/** 10^9 is beyond 32 bits, and so would be every number but 0 and 1 */
const MOST_DECIMALS = 9
const POWERS = Float64Array.from({ length: MOST_DECIMALS + 1 }, (_, k) => 10 ** k)
const LARGEST = 2 ** 31 - 1
/** stands for NaN */
const MISSING = -(2 ** 31)

/**
 * The smallest number of decimals, from `from` on and then from 0 to 9, with which every value comes back to the last bit:
 * `m / 10^k` for an exact integer and an exact power is the double nearest to the decimal (Clinger 1990), so 7.1 and 7.10
 * are the same number and one k serves all.
 * @returns null when there is none: longer numbers, negative zero
 */
export function fewestDecimals(values: Float64Array, from: number): number | null {
  for (let decimals = from; decimals <= MOST_DECIMALS; decimals++)
    if (allFit(values, decimals)) return decimals
  for (let decimals = 0; decimals < from; decimals++) if (allFit(values, decimals)) return decimals
  return null
}

function allFit(values: Float64Array, decimals: number): boolean {
  const power = POWERS[decimals]!
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!
    if (value !== value) continue
    const whole = Math.round(value * power)
    if (whole / power !== value || whole > LARGEST || whole < -LARGEST) return false
    if (whole === 0 && Object.is(value, -0)) return false
  }
  return true
}

/** @param decimals what `fewestDecimals` found */
export function wholeNumbers(values: Float64Array, decimals: number): WholeNumbers {
  const power = POWERS[decimals]!
  const numbers = new Int32Array(values.length)
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!
    numbers[at] = value === value ? Math.round(value * power) : MISSING
  }
  return {
    at: (position) => {
      const number = numbers[position]!
      return number === MISSING ? NaN : number / power
    },
    read: (start, length, into) => {
      for (let at = 0; at < length; at++) {
        const number = numbers[start + at]!
        into[at] = number === MISSING ? NaN : number / power
      }
    },
  }
}
