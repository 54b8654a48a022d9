/** Numbers with a common number of decimals as 32-bit integers. */
export interface WholeNumbers {
  readonly at: (position: number) => number
  /** copies `length` numbers from `start` on */
  readonly read: (start: number, length: number, into: Float64Array) => void
}

/** 10^9 is beyond 32 bits, and so would be every number but 0 and 1 */
const MOST_DECIMALS = 9
const POWERS = Float64Array.from({ length: MOST_DECIMALS + 1 }, (_, k) => 10 ** k)
/** stands for NaN */
const MISSING = -(2 ** 31)

/** so many values tell whether it is worth while to look at all */
const TRIED = 64

/**
 * The values as whole numbers with the smallest number of decimals, from `from` on and then from 0 to 9, with which every
 * value comes back to the last bit: `m / 10^k` for an exact integer and an exact power is the double nearest to the decimal
 * (Clinger 1990), so 7.1 and 7.10 are the same number and one k serves all.
 * @returns null when there is none: longer numbers, negative zero
 */
export function wholeNumbers(
  values: Float64Array,
  from: number,
): { readonly numbers: WholeNumbers; readonly decimals: number } | null {
  let into: Int32Array | null = null
  const first = values.subarray(0, TRIED)
  const tried = new Int32Array(first.length)
  for (let step = 0; step <= MOST_DECIMALS; step++) {
    const decimals = (from + step) % (MOST_DECIMALS + 1)
    const power = POWERS[decimals]!
    if (!fill(first, power, tried)) continue
    into ??= new Int32Array(values.length)
    if (fill(values, power, into)) return { numbers: readable(into, power), decimals }
  }
  return null
}

/** @returns whether every value comes back; the numbers are only then of use */
function fill(values: Float64Array, power: number, into: Int32Array): boolean {
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!
    if (value !== value) {
      into[at] = MISSING
      continue
    }
    const near = value * power
    // beyond 32 bits it becomes another number, which does not come back
    const whole = (near < 0 ? near - 0.5 : near + 0.5) | 0
    if (whole / power !== value || whole === MISSING || (whole === 0 && Object.is(value, -0))) return false
    into[at] = whole
  }
  return true
}

function readable(numbers: Int32Array, power: number): WholeNumbers {
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
