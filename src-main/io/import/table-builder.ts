import { AppError } from '../../../src-shared/contract/errors'
import { BlockMatrix } from './block-matrix'
import { blocking, count, diff, info, listed, plural, quoted, review } from './findings'
import type { Change, Finding } from '../../../src-shared/contract/dataset-summary'
import { type CommaTally, emptyTally, isMissingName, isMissingWord, parseCell, TEXT } from './number-cell'
import { detached, type PlainLine } from './plain-line'
import { cleanName, type TableLayout } from './table-layout'
import type { Decimal, ReadRequest, SourceFile } from './types'
import { ENVIRONMENT_COLUMNS, headerKey } from './words'

const KEPT_TEXT_ROWS = 20
/** cells with text whose place is kept for the diff */
const KEPT_TEXT_CELLS = 50
/** text rows are descriptions while no more than this many rows of numbers precede them */
const DESCRIPTION_ROWS = 5

interface TextCell {
  readonly row: number
  readonly text: string
  count: number
}

/** The numbers and names of one table, filled row by row. */
export class TableBuilder {
  readonly matrix: BlockMatrix
  readonly rowNames: string[] = []
  /** row of the file of each gene; empty when genes are columns */
  readonly rowNumbers: number[] = []
  /** [rows] experiment of each row when genes are columns */
  readonly labels: string[] = []
  /** rows with text in every cell, by name: batch, condition … when genes are rows */
  readonly textRows = new Map<string, string[]>()
  readonly tally: CommaTally = emptyTally()
  missing = 0
  readonly #layout: TableLayout
  readonly #columns: Int32Array
  readonly #textCells: (TextCell | undefined)[]
  readonly #textAt: { readonly index: number; readonly change: Change }[] = []
  readonly #labelOfCell = new Map<string, string>()
  #ragged = { count: 0, row: 0, cells: 0 }
  #unnamed = 0
  #textRowCount = 0

  constructor(
    readonly file: SourceFile,
    layout: TableLayout,
    readonly decimal: Decimal,
    readonly request: ReadRequest,
    fraction: () => number,
  ) {
    this.#layout = layout
    this.#columns = Int32Array.from(layout.valueColumns)
    this.#textCells = new Array<TextCell | undefined>(this.#columns.length)
    this.matrix = new BlockMatrix(this.#columns.length, (bytes) => {
      if (bytes > request.limits.tableBytes) throw tooLarge(file, bytes, fraction(), request)
    })
  }

  /** @param row number of the row in the file, counted as a spreadsheet does */
  addRow(cells: readonly string[], row: number): void {
    const width = this.#layout.header.length
    if (cells.length !== width && !this.#acceptWidth(cells, row)) return
    const name = this.#rowName(cells, row)
    if (name === null) return
    const columns = this.#columns
    const start = this.matrix.appendRow()
    const values = this.matrix.block
    let text = 0
    let present = 0
    for (let index = 0; index < columns.length; index++) {
      const value = parseCell(cells[columns[index]!]!, this.decimal, this.tally)
      if (value === TEXT) {
        text++
        values[start + index] = NaN
      } else {
        values[start + index] = value
        if (value === value) present++
      }
    }
    const { environmentColumn } = this.#layout
    if (text > 0 || present === 0) {
      const describes = present === 0 && text > 0 && this.#mayDescribe(name, text)
      if (describes || (present === 0 && cells.every((cell) => cell.trim() === ''))) {
        this.matrix.dropLastRow()
        if (describes) this.#keepTextRow(name, cells)
        return
      }
      if (text > 0) this.#noteText(cells, row)
    } else if (this.#isAskedFor(name)) {
      this.matrix.dropLastRow()
      this.#keepTextRow(name, cells)
      return
    }
    this.missing += columns.length - present
    this.rowNames.push(name)
    if (this.#layout.orientation === 'genes-in-rows') this.rowNumbers.push(row)
    if (environmentColumn !== null) this.labels.push(this.#labelOf(cells[environmentColumn]!))
  }

  /**
   * The quick way for the line that begins at `start` of what `line` has loaded.
   * @returns where the next line starts, or -1 when nothing was added, because the line needs `addRow`
   */
  addPlainLine(line: PlainLine, start: number, row: number): number {
    const { nameColumn, environmentColumn, orientation } = this.#layout
    const settled = this.decimal === 'point' ? this.tally.points > 0 : this.tally.decimals > 0
    const offset = this.matrix.appendRow()
    const next = line.read(start, settled, this.matrix.block, offset)
    const plain = next >= 0 && line.present > 0
    const name = plain && nameColumn !== null ? nameIn(line) : ''
    if (!plain || (name === '' && orientation === 'genes-in-rows') || this.#isAskedFor(name)) {
      this.matrix.dropLastRow()
      return -1
    }
    this.missing += this.#columns.length - line.present
    this.rowNames.push(name === '' ? `row ${row}` : name)
    if (orientation === 'genes-in-rows') this.rowNumbers.push(row)
    if (environmentColumn !== null)
      this.labels.push(this.#labelOf(line.slice(line.labelStart, line.labelEnd)))
    return next
  }

  /** Columns that turned out to hold mostly text are no numbers; text elsewhere is asked about. */
  textFindings(): { findings: Finding[]; textColumns: number[] } {
    const findings: Finding[] = []
    const textColumns: number[] = []
    let total = 0
    const found: { cell: TextCell; column: string }[] = []
    for (const [index, cell] of this.#textCells.entries()) {
      if (!cell) continue
      if (cell.count > this.matrix.rows / 2) {
        textColumns.push(index)
        continue
      }
      total += cell.count
      found.push({ cell, column: this.#layout.header[this.#columns[index]!]! })
    }
    if (found.length > 0) {
      const { cell, column } = found.reduce((first, each) => (each.cell.row < first.cell.row ? each : first))
      const cells = `Row ${count(cell.row)}, column ${quoted(column)} contains ${quoted(cell.text)} (${plural(total, 'such cell')}).`
      const { textCells, acceptRepairs } = this.request.options
      const missing = textCells === 'missing' || acceptRepairs
      const dropped = new Set(textColumns)
      const changes = this.#textAt.filter(({ index }) => !dropped.has(index)).map(({ change }) => change)
      const details = {
        count: total,
        examples: [cell.text],
        choice: {
          option: 'textCells' as const,
          current: missing ? 'missing' : null,
          safe: 'missing',
          values: [{ value: 'missing', label: 'Treat as missing', ...diff(changes, total) }],
        },
      }
      if (missing) findings.push(info('text-in-data', `${cells} Treated as missing.`, details))
      else findings.push(blocking('DATA_AMBIGUOUS', 'text-in-data', `${cells} Treat as missing?`, details))
    }
    return { findings, textColumns }
  }

  rowFindings(): Finding[] {
    const findings: Finding[] = []
    if (this.#ragged.count > 0) {
      const { row, cells, count: times } = this.#ragged
      const more = times > 1 ? ` ${count(times - 1)} more rows like this.` : ''
      findings.push(
        blocking(
          'DATA_FORMAT',
          'ragged-row',
          `Row ${count(row)} has ${plural(cells, 'value')}; ${count(this.#layout.header.length)} expected. Often an unescaped separator.${more}`,
          { count: times },
        ),
      )
    }
    if (this.#unnamed > 0)
      findings.push(
        review(
          'unnamed-gene',
          `${plural(this.#unnamed, 'row')} without a gene name ${this.#unnamed === 1 ? 'was' : 'were'} left out.`,
          {
            count: this.#unnamed,
          },
        ),
      )
    const others = [...this.textRows.keys()]
    if (this.#textRowCount > 0)
      findings.push(
        info(
          'text-row',
          `${plural(this.#textRowCount, 'row')} with text only (${listed(others)}) ${this.#textRowCount === 1 ? 'is' : 'are'} not data.`,
          {
            count: this.#textRowCount,
            examples: others,
          },
        ),
      )
    return findings
  }

  /** Empty cells behind the last column are harmless; anything else means that cells have moved. */
  #acceptWidth(cells: readonly string[], row: number): boolean {
    const width = this.#layout.header.length
    if (cells.length > width && cells.slice(width).every((cell) => cell.trim() === '')) return true
    if (cells.every((cell) => cell.trim() === '')) return false
    if (this.#ragged.count === 0) this.#ragged = { count: 0, row, cells: cells.length }
    this.#ragged.count++
    return false
  }

  #rowName(cells: readonly string[], row: number): string | null {
    const { nameColumn, orientation } = this.#layout
    const name = nameColumn === null ? '' : detached(cleanName(cells[nameColumn]!))
    if (name !== '') return name
    if (orientation === 'genes-in-columns') return `row ${row}`
    if (!cells.every((cell) => isMissingWord(cell))) this.#unnamed++
    return null
  }

  /** Rows of batch or treatment words stand at the top; text further down is a cell gone wrong. */
  #mayDescribe(name: string, text: number): boolean {
    if (text * 2 <= this.#columns.length || this.#columns.length < 2) return false
    if (this.#layout.orientation === 'genes-in-columns') return this.matrix.rows === 1
    return (
      this.matrix.rows <= DESCRIPTION_ROWS ||
      this.#isAskedFor(name) ||
      ENVIRONMENT_COLUMNS.includes(headerKey(name))
    )
  }

  #isAskedFor(name: string): boolean {
    const asked = this.request.options.environmentColumn
    if (asked === 'auto' || this.#layout.orientation === 'genes-in-columns') return false
    return headerKey(name) === headerKey(asked)
  }

  #keepTextRow(name: string, cells: readonly string[]): void {
    this.#textRowCount++
    if (this.textRows.size >= KEPT_TEXT_ROWS && !ENVIRONMENT_COLUMNS.includes(headerKey(name))) return
    this.textRows.set(
      name,
      Array.from(this.#columns, (column) => detached(label(cells[column]!))),
    )
  }

  #noteText(cells: readonly string[], row: number): void {
    this.#columns.forEach((column, index) => {
      const text = cells[column]!
      if (parseCell(text, this.decimal, emptyTally()) !== TEXT) return
      if (this.#textAt.length < KEPT_TEXT_CELLS)
        this.#textAt.push({ index, change: this.#change(text, column, row) })
      const known = this.#textCells[index]
      if (known) known.count++
      else this.#textCells[index] = { row, text: detached(text.trim().slice(0, 200)), count: 1 }
    })
  }

  #change(text: string, column: number, row: number): Change {
    const where = `row ${count(row)}, column ${quoted(this.#layout.header[column]!)}`
    return { where, before: detached(text.trim().slice(0, 200)), after: 'missing' }
  }

  /** One string for all samples of an experiment, cleaned once. */
  #labelOf(cell: string): string {
    const known = this.#labelOfCell.get(cell)
    if (known !== undefined) return known
    const own = detached(label(cell))
    this.#labelOfCell.set(detached(cell), own)
    return own
  }
}

function nameIn(line: PlainLine): string {
  const name = line.word(line.nameStart, line.nameEnd)
  return line.nameIsClean ? name : detached(cleanName(name))
}

/** '' = the sample belongs to no experiment */
const label = (cell: string): string => (isMissingName(cell) ? '' : cleanName(cell))

function tooLarge(file: SourceFile, bytes: number, fraction: number, request: ReadRequest): AppError {
  const gigabytes = (value: number): string => (value / 1e9).toPrecision(2)
  const needed = (2 * bytes) / Math.max(0.01, fraction)
  return new AppError(
    'RESOURCE_LIMIT',
    `${file.name}: Needs about ${gigabytes(needed)} GB, ${gigabytes(2 * request.limits.tableBytes)} GB free. ` +
      'Options: keep fewer samples or genes in the file, close other programs, or use a computer with more memory.',
    { neededBytes: needed, freeBytes: 2 * request.limits.tableBytes },
  )
}
