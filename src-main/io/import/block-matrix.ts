const VALUES_PER_BLOCK = 2 ** 17

/**
 * A matrix that grows by rows without ever copying: blocks of whole rows, about one megabyte each.
 * A single growing array would need its own size again at every doubling.
 */
export class BlockMatrix {
  readonly #blocks: Float64Array[] = []
  readonly #shift: number
  readonly #mask: number
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
      const values = 2 ** this.#shift * this.columns
      this.onGrow((this.#blocks.length + 1) * values * Float64Array.BYTES_PER_ELEMENT)
      this.#blocks.push(new Float64Array(values))
    }
    this.#rows++
    return inBlock * this.columns
  }

  /** The block of the row that was appended last. */
  get block(): Float64Array {
    return this.#blocks[this.#blocks.length - 1]!
  }

  dropLastRow(): void {
    this.#rows--
    if ((this.#rows & this.#mask) === 0) this.#blocks.pop()
  }

  at(row: number, column: number): number {
    return this.#blocks[row >> this.#shift]![(row & this.#mask) * this.columns + column]!
  }

  /** Copies the first values of a row, as many as fit. */
  readRow(row: number, into: Float64Array): void {
    const block = this.#blocks[row >> this.#shift]!
    const start = (row & this.#mask) * this.columns
    const length = Math.min(this.columns, into.length)
    for (let column = 0; column < length; column++) into[column] = block[start + column]!
  }
}
