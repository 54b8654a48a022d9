import type { Decimal } from './types'

/** Returned by `parseCell` for a cell that is neither a number nor missing; no number of a table is infinite. */
export const TEXT = Number.POSITIVE_INFINITY

const MISSING: ReadonlySet<string> = new Set([
  '',
  'na',
  'n/a',
  '<na>',
  'nan',
  'null',
  '.',
  '-',
  '#n/a',
  '#div/0!',
  '#value!',
  '#ref!',
  '#num!',
  '#name?',
  '#null!',
  'inf',
  '+inf',
  '-inf',
  'infinity',
  '+infinity',
  '-infinity',
])

/** What the commas and points of the numbers seen so far say about the decimal sign. */
export interface CommaTally {
  /** a value with a decimal point (counting stops being exact once one is found: one is enough) */
  points: number
  /** can only be a decimal comma: `0,5`, `1234,567`, `1.234,5` */
  decimals: number
  /** can only be thousands: `1,234,567`, `1,234.5` */
  thousands: number
  /** `1,234`: either */
  either: number
  example: string
}

export const emptyTally = (): CommaTally => ({ points: 0, decimals: 0, thousands: 0, either: 0, example: '' })

export function decimalOf(tally: CommaTally): Decimal | 'ambiguous' {
  if (tally.points > 0 || tally.thousands > 0) return 'point'
  if (tally.decimals > 0) return 'comma'
  return tally.either > 0 ? 'ambiguous' : 'point'
}

export const isMissingWord = (text: string): boolean => MISSING.has(text.trim().toLowerCase())

const UNNAMED: ReadonlySet<string> = new Set(['', 'na', 'n/a', '<na>', '#n/a', 'nan', '.', '-'])

/** Stands for "no name". Unlike a number, a name may well be `null` (a mutant) or `Inf`. */
export const isMissingName = (text: string): boolean => UNNAMED.has(text.trim().toLowerCase())

/** 10^k is exact up to 22, so integer / 10^k is the nearest double (Clinger 1990, fast path) */
const POWERS = Float64Array.from({ length: 16 }, (_, k) => 10 ** k)
/** integers of this many digits are exact */
const EXACT_DIGITS = 15
const NOT_PLAIN = Number.NEGATIVE_INFINITY

const POINT = 46
const COMMA = 44
const NONE = -1

/** `-12.345` and the like, much faster than the built-in conversion and equal to the last bit. @param sign code of the decimal sign */
function parsePlain(text: string, sign: number): number {
  const length = text.length
  const first = text.charCodeAt(0)
  const start = first === 45 || first === 43 ? 1 : 0
  if (length === start || length - start > EXACT_DIGITS + 1) return NOT_PLAIN
  let mantissa = 0
  let point = -1
  for (let at = start; at < length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 48 && code <= 57) mantissa = mantissa * 10 + (code - 48)
    else if (code === sign && point < 0) point = at
    else return NOT_PLAIN
  }
  if (length - start - (point < 0 ? 0 : 1) > EXACT_DIGITS || (point >= 0 && length === start + 1))
    return NOT_PLAIN
  const value = point < 0 ? mantissa : mantissa / POWERS[length - 1 - point]!
  return first === 45 && value !== 0 ? -value : value
}

/** Number, NaN for missing, or TEXT. Hexadecimal, octal and other programming notations are text. */
export function parseCell(text: string, decimal: Decimal, tally: CommaTally): number {
  // once the decimal sign was seen, a further plain number settles nothing more and need not be counted
  const settled = decimal === 'point' ? tally.points > 0 : tally.decimals > 0
  const sign = settled ? (decimal === 'point' ? POINT : COMMA) : NONE
  const plain = parsePlain(text, sign)
  if (plain !== NOT_PLAIN) return plain
  if (sign === POINT) {
    const value = +text
    // `+''` and `+' '` are 0 and `+'0x1F'` is 31: these take the long way
    const second = text.charCodeAt(1)
    const usual = text.charCodeAt(0) > 32 && !(second > 57 && second !== 69 && second !== 101)
    if (usual && value !== 0 && value - value === 0) return value
  }
  return parseUnusual(text, decimal, tally)
}

/** `1.234` where commas are decimal; where they are not it is an ordinary number, so it settles nothing */
const POINT_THOUSANDS = /^[+-]?[1-9]\d{0,2}(\.\d{3})+$/
const PLAIN = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i
const SPACED = /^[+-]?\d{1,3}(?:[ \u00A0\u202F\u2009'’]\d{3})+(?=$|[.,e])/i
const EITHER = /^[+-]?[1-9]\d{0,2},\d{3}$/
const THOUSANDS = /^[+-]?[1-9]\d{0,2}(,\d{3}){2,}(\.\d*)?$|^[+-]?[1-9]\d{0,2}(,\d{3})+\.\d*$/
const DECIMAL_COMMA = /^[+-]?(\d*,\d+|\d+,|[1-9]\d{0,2}(\.\d{3})+,\d+)(e[+-]?\d+)?$/i

function parseUnusual(text: string, decimal: Decimal, tally: CommaTally): number {
  let cell = text.trim()
  if (MISSING.has(cell.toLowerCase())) return NaN
  if (cell.length > 400) return TEXT
  cell = cell.replace(/^[\u2212\u2013\uFE63\uFF0D]/, '-').replace(/(e)[\u2212\u2013]/i, '$1-')
  cell = cell.replace(/^([+-])[ \u00A0\u202F]+(?=\d)/, '$1')
  cell = cell.replace(SPACED, (digits) => digits.replace(/[ \u00A0\u202F\u2009'’]/g, ''))
  if (PLAIN.test(cell)) {
    if (cell.includes('.') && !POINT_THOUSANDS.test(cell)) tally.points++
    else if (cell.includes('.') && decimal === 'comma') return +cell.replaceAll('.', '')
    return finite(+cell)
  }
  if (!cell.includes(',')) return TEXT
  const either = EITHER.test(cell)
  const thousands = THOUSANDS.test(cell)
  if (!either && !thousands && !DECIMAL_COMMA.test(cell)) return TEXT
  if (either) tally.either++
  else if (thousands) tally.thousands++
  else tally.decimals++
  if (tally.example === '' && either) tally.example = cell
  if (decimal === 'point') return either || thousands ? finite(+cell.replaceAll(',', '')) : TEXT
  return thousands ? TEXT : finite(+cell.replaceAll('.', '').replace(',', '.'))
}

/** A number too large for a double is as unusable as `Inf`. */
const finite = (value: number): number => (Number.isFinite(value) ? value : NaN)
