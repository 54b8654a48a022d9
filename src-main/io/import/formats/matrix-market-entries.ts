import { AppError } from '../../../../src-shared/contract/errors'
import type { InputFile } from '../../../../src-shared/domain/dataset'
import { count, plural } from '../findings'
import { checkMemory } from '../hdf5/matrix'
import { SparseMatrix, type Matrix } from '../hdf5/matrices'
import type { EntryPiece } from '../single-cell/cell-source'
import { openBytes } from '../source-bytes'
import { decodeText } from '../text-encoding'
import type { ReadRequest, SourceFile } from '../types'

export interface MatrixSize {
  readonly rows: number
  readonly columns: number
  /** declared number of entries */
  readonly values: number
}

const PIECE = 2 ** 18

/** Rows, columns and number of entries as the file declares them. */
export async function matrixSize(file: SourceFile, request: ReadRequest): Promise<MatrixSize> {
  const pieces = matrixEntries(file, { ...request, onProgress: undefined }, () => undefined)
  const first = await pieces.next()
  await pieces.return(undefined)
  if (first.done) throw wrongHeader(file)
  return first.value.size
}

/** One pass over the entries of a coordinate matrix, in the order of the file; the first piece is empty. */
export async function* matrixEntries(
  file: SourceFile,
  request: ReadRequest,
  onEnd: (input: InputFile, gzip: boolean) => void,
): AsyncGenerator<EntryPiece & { readonly size: MatrixSize }> {
  const bytes = await openBytes(file, request)
  let entries: EntryReader | null = null
  let head = ''
  // numbers are ASCII, and a comment in any encoding is no reason to refuse them
  for await (const piece of decodeText(file, bytes.chunks, 'windows-1252', () => undefined)) {
    let text = head + piece
    head = ''
    if (!entries) {
      const start = startOfEntries(text)
      if (start === null) {
        if (text.length > request.limits.rowLength) throw wrongHeader(file)
        head = text
        continue
      }
      entries = new EntryReader(file, sizeOf(file, text, start))
      text = text.slice(start)
      yield entries.taken()
    }
    // a line without an end would be held whole
    if (text.length > request.limits.rowLength && !text.includes('\n')) throw wrongHeader(file)
    let at = 0
    for (;;) {
      at = entries.read(text, at)
      if (!entries.isFull) break
      yield entries.taken()
    }
    head = text.slice(at)
  }
  if (!entries) throw wrongHeader(file)
  if (head.trim() !== '') entries.read(`${head}\n`, 0)
  yield entries.taken()
  entries.finish()
  onEnd(bytes.finish(), bytes.gzip)
}

/** [rows, columns], lines are columns; all entries in memory */
export async function readMatrix(
  file: SourceFile,
  request: ReadRequest,
): Promise<{ matrix: Matrix; input: InputFile; gzip: boolean }> {
  let ended: { input: InputFile; gzip: boolean } | null = null
  let all: Entries | null = null
  for await (const piece of matrixEntries(file, request, (input, gzip) => (ended = { input, gzip }))) {
    if (!all) {
      checkMemory(file.name, piece.size.values * 16 + piece.size.columns * 8, request)
      all = new Entries(piece.size)
    }
    all.add(piece)
  }
  // both are set when the loop ends without an error
  return { matrix: all!.matrix(), ...ended! }
}

function sizeOf(file: SourceFile, text: string, start: number): MatrixSize {
  checkBanner(file, text)
  const numbers = text
    .slice(text.lastIndexOf('\n', start - 2) + 1, start)
    .trim()
    .split(/\s+/)
    .map(Number)
  if (numbers.length !== 3 || !numbers.every((value) => Number.isSafeInteger(value) && value >= 0))
    throw wrongHeader(file)
  const [rows, columns, values] = numbers as [number, number, number]
  if (rows >= 2 ** 31 || columns >= 2 ** 31) throw wrongHeader(file)
  return { rows, columns, values }
}

/** Behind the comment lines and the line with the sizes; null while these are not complete. */
function startOfEntries(text: string): number | null {
  let at = 0
  for (;;) {
    const end = text.indexOf('\n', at)
    if (end < 0) return null
    const line = text.slice(at, end).trim()
    at = end + 1
    if (line !== '' && !line.startsWith('%')) return at
  }
}

function checkBanner(file: SourceFile, text: string): void {
  const [, object, format, field, symmetry] = text
    .slice(0, text.indexOf('\n'))
    .trim()
    .toLowerCase()
    .split(/\s+/)
  if (
    object !== 'matrix' ||
    format !== 'coordinate' ||
    symmetry !== 'general' ||
    !['integer', 'real'].includes(field ?? '')
  )
    throw new AppError(
      'DATA_FORMAT',
      `${file.name} is a Matrix Market file of another kind (${[format, field, symmetry].join(' ')}). Sparse matrices with numbers can be read: coordinate, integer or real, general.`,
    )
}

const wrongHeader = (file: SourceFile): AppError =>
  new AppError(
    'DATA_FORMAT',
    `${file.name} has no line with its numbers of rows, columns and values. Copy or download it again.`,
  )

const SPACE = 32
const TAB = 9
const CR = 13
const LF = 10

/** Reads lines of `row column value` into pieces of fixed length. */
class EntryReader {
  readonly #rows = new Int32Array(PIECE)
  readonly #columns = new Int32Array(PIECE)
  readonly #values = new Float64Array(PIECE)
  #filled = 0
  #total = 0

  constructor(
    readonly file: SourceFile,
    readonly size: MatrixSize,
  ) {}

  get isFull(): boolean {
    return this.#filled === PIECE
  }

  /** What was read since the last call; valid until the next `read`. */
  taken(): EntryPiece & { readonly size: MatrixSize } {
    const length = this.#filled
    this.#filled = 0
    return { rows: this.#rows, columns: this.#columns, values: this.#values, length, size: this.size }
  }

  /** Takes whole lines from `start` on, until there are none or the piece is full. @returns where it stopped */
  read(text: string, start: number): number {
    let at = start
    while (this.#filled < PIECE) {
      const next = this.#plain(text, at)
      if (next >= 0) {
        at = next
        continue
      }
      const end = text.indexOf('\n', at)
      if (end < 0) return at
      const line = text.slice(at, end).trim()
      if (line !== '') this.#entry(line)
      at = end + 1
    }
    return at
  }

  /** `12 7 3` and a line end, by its character codes: the usual line, without a string. @returns -1 for any other */
  #plain(text: string, start: number): number {
    let at = start
    let row = 0
    let code = text.charCodeAt(at)
    while (code >= 48 && code <= 57) {
      row = row * 10 + code - 48
      code = text.charCodeAt(++at)
    }
    if ((code !== SPACE && code !== TAB) || at === start || at - start > 9) return -1
    const second = ++at
    let column = 0
    code = text.charCodeAt(at)
    while (code >= 48 && code <= 57) {
      column = column * 10 + code - 48
      code = text.charCodeAt(++at)
    }
    if ((code !== SPACE && code !== TAB) || at === second || at - second > 9) return -1
    const third = ++at
    let value = 0
    code = text.charCodeAt(at)
    while (code >= 48 && code <= 57) {
      value = value * 10 + code - 48
      code = text.charCodeAt(++at)
    }
    if (at === third || at - third > 9) return -1
    if (code === CR) code = text.charCodeAt(++at)
    if (code !== LF) return -1
    const { rows, columns, values } = this.size
    if (row < 1 || row > rows || column < 1 || column > columns || this.#total === values) return -1
    this.#add(row, column, value)
    return at + 1
  }

  #entry(line: string): void {
    const cells = line.split(/\s+/)
    const [row, column, value] = [Number(cells[0]), Number(cells[1]), Number(cells[2])]
    const { rows, columns, values } = this.size
    const inside =
      Number.isInteger(row) &&
      row >= 1 &&
      row <= rows &&
      Number.isInteger(column) &&
      column >= 1 &&
      column <= columns
    if (cells.length !== 3 || !inside || !Number.isFinite(value))
      throw new AppError(
        'DATA_FORMAT',
        `${this.file.name} is damaged: entry ${count(this.#total + 1)} is no position in a matrix of ${count(rows)} × ${count(columns)} with a number. Copy or download it again.`,
      )
    if (this.#total === values)
      throw new AppError(
        'DATA_FORMAT',
        `${this.file.name} is damaged: it has more than the ${plural(values, 'value')} that it declares. Copy or download it again.`,
      )
    this.#add(row, column, value)
  }

  #add(row: number, column: number, value: number): void {
    const index = this.#filled++
    this.#total++
    this.#rows[index] = row - 1
    this.#columns[index] = column - 1
    this.#values[index] = value
  }

  /** @throws AppError DATA_FORMAT when entries are missing at the end */
  finish(): void {
    if (this.#total < this.size.values)
      throw new AppError(
        'DATA_FORMAT',
        `${this.file.name} is incomplete (${count(this.#total)} of ${plural(this.size.values, 'value')}). Copy or download it again.`,
      )
  }
}

/** The values of a coordinate matrix as they come, usually barcode by barcode. */
class Entries {
  readonly #rows: Int32Array
  readonly #columns: Int32Array
  readonly #values: Float64Array
  #filled = 0
  #sorted = true

  constructor(readonly size: MatrixSize) {
    this.#rows = new Int32Array(size.values)
    this.#columns = new Int32Array(size.values)
    this.#values = new Float64Array(size.values)
  }

  add({ rows, columns, values, length }: EntryPiece): void {
    for (let at = 0; at < length; at++) {
      const index = this.#filled++
      this.#rows[index] = rows[at]!
      this.#columns[index] = columns[at]!
      this.#values[index] = values[at]!
      if (index > 0 && columns[at]! < this.#columns[index - 1]!) this.#sorted = false
    }
  }

  matrix(): Matrix {
    const { rows, columns } = this.size
    const starts = new Float64Array(columns + 1)
    for (const column of this.#columns) starts[column + 1]!++
    for (let column = 0; column < columns; column++) starts[column + 1]! += starts[column]!
    if (this.#sorted) return new SparseMatrix('columns', rows, columns, starts, this.#rows, this.#values)
    const next = starts.slice(0, -1)
    const positions = new Int32Array(this.#filled)
    const values = new Float64Array(this.#filled)
    for (let index = 0; index < this.#filled; index++) {
      const place = next[this.#columns[index]!]!++
      positions[place] = this.#rows[index]!
      values[place] = this.#values[index]!
    }
    return new SparseMatrix('columns', rows, columns, starts, positions, values)
  }
}
