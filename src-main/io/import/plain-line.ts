import { isMissingWord } from './number-cell'
import type { TableLayout } from './table-layout'
import type { Decimal } from './types'

const VALUE = 1
const NAME = 2
const LABEL = 3

const POINT = 46
const COMMA = 44
const NONE = -1
const LINE_FEED = 10
const SPACE = 32
const QUOTE = 34
const APOSTROPHE = 39
const FIRST_BEYOND_ASCII = 128
/** stands for every character beyond ASCII: no digit, sign, delimiter or quotation mark of any table */
const OTHER = 127
/** integers of this many digits fit into 32 bits, where they are put together in a third of the time */
const SMALL_DIGITS = 9
/** integers of this many digits are exact, and so are the powers of ten up to 10^22 (Clinger 1990, fast path) */
const EXACT_DIGITS = 15
const POWERS = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, k) => 10 ** k)

/**
 * Reads a line straight out of the text, without a string per cell: most lines of most tables. A line with anything
 * but plain numbers in the value columns and simple names beside them is left to the long way, which knows all
 * rules; the numbers are equal to the last bit on both ways.
 */
export class PlainLine {
  nameStart = 0
  nameEnd = 0
  /** the name has neither a space nor anything else that would have to be cleaned */
  nameIsClean = true
  labelStart = 0
  labelEnd = 0
  /** values that are not missing */
  present = 0
  /** null while bytes are loaded, which are the text */
  #text: string | null = ''
  #codes = Buffer.alloc(0)
  readonly #roles: Uint8Array
  readonly #delimiter: number
  readonly #sign: number

  constructor(layout: TableLayout, delimiter: string, decimal: Decimal) {
    this.#roles = new Uint8Array(layout.header.length)
    for (const column of layout.valueColumns) this.#roles[column] = VALUE
    if (layout.nameColumn !== null) this.#roles[layout.nameColumn] = NAME
    if (layout.environmentColumn !== null) this.#roles[layout.environmentColumn] = LABEL
    this.#delimiter = delimiter.charCodeAt(0)
    this.#sign = decimal === 'point' ? POINT : COMMA
  }

  /**
   * Codes in an array are read several times faster than those of a string. One byte each: text beyond ASCII keeps its
   * place, as a character that no rule of this class knows, so that it takes the way through the text itself.
   * @param text whole lines: it ends with a line feed
   */
  load(text: string): void {
    this.#text = text
    // room for the longest form, so that what was written tells whether every character took one byte
    this.#makeRoom(3 * text.length)
    const codes = this.#codes
    if (codes.write(text, 'utf8') === text.length) return
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      codes[at] = code < FIRST_BEYOND_ASCII ? code : OTHER
    }
  }

  /**
   * The same for text that is bytes already.
   * @param begun start of the first line, from the piece before
   * @param bytes ASCII; @param end behind their last line feed
   * @returns the length of what was loaded, or -1 when `begun` is not ASCII and nothing was
   */
  loadBytes(begun: string, bytes: Buffer, end: number): number {
    this.#makeRoom(3 * begun.length + end)
    if (this.#codes.write(begun, 'utf8') !== begun.length) return -1
    this.#text = null
    bytes.copy(this.#codes, begun.length, 0, end)
    return begun.length + end
  }

  #makeRoom(bytes: number): void {
    if (this.#codes.length < bytes) this.#codes = Buffer.allocUnsafeSlow(bytes)
  }

  /** Part of the loaded text; what is kept of it must be `detached`. */
  slice(start: number, end: number): string {
    return this.#text === null ? this.#codes.toString('latin1', start, end) : this.#text.slice(start, end)
  }

  /** The same as a string of its own, which may be kept. */
  word(start: number, end: number): string {
    return this.#text === null ? this.slice(start, end) : detached(this.slice(start, end))
  }

  /** @returns position of the next line feed */
  lineEnd(start: number): number {
    return this.#codes.indexOf(LINE_FEED, start)
  }

  /**
   * @param start where the line begins in the loaded text
   * @param settled the decimal sign was seen before; until then a cell with one is left to the long way, which counts it
   * @param values where the row goes, from `offset` on
   * @returns where the next line starts, or -1 when the line needs the long way and nothing that was written counts
   */
  read(start: number, settled: boolean, values: Float64Array, offset: number): number {
    const codes = this.#codes
    const roles = this.#roles
    const delimiter = this.#delimiter
    const sign = settled ? this.#sign : NONE
    const last = roles.length - 1
    let at = start
    let present = 0
    for (let column = 0; column <= last; column++) {
      const closing = column === last ? LINE_FEED : delimiter
      const from = at
      let code = codes[at]!
      if (roles[column] !== VALUE) {
        at = this.#word(codes, at, roles[column]!)
        if (at < 0 || codes[at]! !== closing) return -1
        at++
        continue
      }
      const negative = code === 45
      if (negative || code === 43) code = codes[++at]!
      const first = at
      let small = 0
      while (code >= 48 && code <= 57) {
        small = (Math.imul(small, 10) + code - 48) | 0
        code = codes[++at]!
      }
      let digits = at - first
      let decimals = 0
      if (code === sign) {
        code = codes[++at]!
        const point = at
        while (code >= 48 && code <= 57) {
          small = (Math.imul(small, 10) + code - 48) | 0
          code = codes[++at]!
        }
        decimals = at - point
        digits += decimals
      }
      if (code === closing && digits > 0 && digits <= EXACT_DIGITS) {
        const mantissa = digits <= SMALL_DIGITS ? small : wholeNumber(codes, first, at)
        const value = decimals === 0 ? mantissa : mantissa / POWERS[decimals]!
        values[offset++] = negative && value !== 0 ? -value : value
        present++
        at++
        continue
      }
      while (code !== delimiter && code !== LINE_FEED) code = codes[++at]!
      if (code !== closing) return -1
      const value = at === from ? NaN : longNumber(this.slice(from, at), sign)
      if (value === REFUSED) return -1
      if (value === value) present++
      values[offset++] = value
      at++
    }
    this.present = present
    return at
  }

  /** A cell beside the numbers, quoted or not. @returns the position behind it, -1 when the quotes are not simple */
  #word(codes: Uint8Array, start: number, role: number): number {
    const delimiter = this.#delimiter
    let at = start
    let code = codes[at]!
    const quoted = code === QUOTE
    let clean = true
    if (quoted) {
      code = codes[++at]!
      while (code !== QUOTE && code !== LINE_FEED) {
        if (code <= SPACE || code === OTHER) clean = false
        code = codes[++at]!
      }
      if (code === LINE_FEED) return -1
    } else
      while (code !== delimiter && code !== LINE_FEED) {
        if (code <= SPACE || code === OTHER) clean = false
        code = codes[++at]!
      }
    const from = quoted ? start + 1 : start
    if (role === NAME) {
      this.nameStart = from
      this.nameEnd = at
      this.nameIsClean = clean && codes[from] !== APOSTROPHE
    } else if (role === LABEL) {
      this.labelStart = from
      this.labelEnd = at
    }
    return quoted ? at + 1 : at
  }
}

/** a slice of a text keeps the whole text alive; shorter strings are copied by the engine itself */
const SLICED_FROM = 13

export function detached(text: string): string {
  return text.length < SLICED_FROM ? text : Buffer.from(text, 'utf16le').toString('utf16le')
}

/** The digits between two positions as one integer, which is exact up to 15 of them; a decimal sign is passed over. */
function wholeNumber(codes: Uint8Array, start: number, end: number): number {
  let number = 0
  for (let at = start; at < end; at++) {
    const digit = codes[at]! - 48
    if (digit >= 0 && digit <= 9) number = number * 10 + digit
  }
  return number
}

const REFUSED = Number.POSITIVE_INFINITY
/** longer cells are no numbers */
const LONGEST_CELL = 400
/** digits, at most one point and an exponent: what `Number` and the long way read alike */
const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/** More digits than are exact, an exponent, or a word for missing. */
function longNumber(cell: string, sign: number): number {
  if (cell.length > LONGEST_CELL) return REFUSED
  if (sign === POINT && PLAIN.test(cell)) {
    const value = Number(cell)
    return Number.isFinite(value) ? (value === 0 ? 0 : value) : NaN
  }
  return isMissingWord(cell) ? NaN : REFUSED
}
