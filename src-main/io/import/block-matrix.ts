import { wholeNumbers, type WholeNumbers } from './whole-numbers'

const VALUES_PER_BLOCK = 2 ** 17

/**
 * A matrix that grows by rows without ever copying: blocks of whole rows, about one megabyte each.
 * A single growing array would need its own size again at every doubling.
 *
 * A full block whose numbers all have few digits, as counts and most exported values do, is kept as whole numbers in half
 * the memory; what comes out is what went in, to the last bit.
 */
export class BlockMatrix {
  readonly #blocks: (Float64Array | WholeNumbers)[] = []
  readonly #shift: number
  readonly #mask: number
  /** memory of a block that was kept as whole numbers, to be filled again */
  #spare: Float64Array | null = null
  #bytes = 0
  #decimals = 0
  #rows = 0

  /** @param onGrow told the bytes held so far before each new block */
  constructor(
    readonly columns: number,
    readonly onGrow: (bytes: number) => void,
  ) {
    this.#shift = Math.max(0, Math.floor(Math.log2(VALUES_PER_BLOCK / Math.max(1, columns))))
    this.#mask = 2 ** this.#shift - 1
  }

  get rows(): number {
    return this.#rows
  }

  /** Adds a row to be filled: in `block`, from the returned offset on; valid until the following call. */
  appendRow(): number {
    const inBlock = this.#rows & this.#mask
    if (inBlock === 0) {
      this.#closeLast()
      const values = 2 ** this.#shift * this.columns
      this.#bytes += values * Float64Array.BYTES_PER_ELEMENT
      this.onGrow(this.#bytes)
      this.#blocks.push(this.#spare ?? new Float64Array(values))
      this.#spare = null
    }
    this.#rows++
    return inBlock * this.columns
  }

  /** The block of the row that was appended last. */
  get block(): Float64Array {
    return this.#blocks[this.#blocks.length - 1] as Float64Array
  }

  dropLastRow(): void {
    this.#rows--
    if ((this.#rows & this.#mask) !== 0) return
    this.#spare = this.block
    this.#blocks.pop()
    this.#bytes -= this.#spare.byteLength
  }

  at(row: number, column: number): number {
    const block = this.#blocks[row >> this.#shift]!
    const position = (row & this.#mask) * this.columns + column
    return block instanceof Float64Array ? block[position]! : block.at(position)
  }

  /** Copies the first values of a row, as many as fit. */
  readRow(row: number, into: Float64Array): void {
    const block = this.#blocks[row >> this.#shift]!
    const start = (row & this.#mask) * this.columns
    const length = Math.min(this.columns, into.length)
    if (block instanceof Float64Array)
      for (let column = 0; column < length; column++) into[column] = block[start + column]!
    else block.read(start, length, into)
  }

  /** A block is only looked at once it is full; the last one stays as it is. */
  #closeLast(): void {
    const last = this.#blocks.at(-1)
    if (!(last instanceof Float64Array)) return
    const whole = wholeNumbers(last, this.#decimals)
    if (whole === null) return
    this.#decimals = whole.decimals
    this.#blocks[this.#blocks.length - 1] = whole.numbers
    this.#spare = last
    this.#bytes -= last.byteLength / 2
  }
}
