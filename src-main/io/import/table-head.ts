import { AppError } from '../../../src-shared/contract/errors'
import { detectDelimiter } from './delimiter'
import { count, quoted, shown } from './findings'
import { decimalOf, emptyTally, parseCell, TEXT } from './number-cell'
import { detectLayout, type TableLayout } from './table-layout'
import { DELIMITERS, rowSplitter } from './table-rows'
import { stringOf, type TextPiece } from './text-encoding'
import type { Decimal, Delimiter, ReadRequest, SourceFile } from './types'

/** enough to judge the layout; a table with a very wide header is read on until it shows three rows */
const HEAD_LENGTH = 256 * 1024
const HEAD_LINES = 3
const HEAD_CELLS = 120_000
const HEAD_ROWS = 400
export const PREVIEW_ROWS = 40
export const PREVIEW_COLUMNS = 24

/** What the first lines say about the whole table. */
export interface TableHead {
  /** text from the header on, still to be read as rows */
  readonly text: string
  /** lines of the file before `text` */
  readonly linesBefore: number
  readonly headerRow: number
  readonly delimiter: Delimiter
  readonly decimal: Decimal
  readonly layout: TableLayout
  readonly previewRows: readonly (readonly string[])[]
  /** the first numbers with a comma, and where they stand */
  readonly commaCells: readonly CommaCell[]
}

export interface CommaCell {
  readonly where: string
  readonly cell: string
}

export async function takeHead(
  file: SourceFile,
  text: AsyncGenerator<TextPiece>,
  request: ReadRequest,
  knownDecimal: Decimal | null,
): Promise<TableHead> {
  const { head, complete } = await firstText(text, request.limits.rowLength)
  const comments = leadingComments(head)
  let start = comments.length
  if (head.slice(start).trim() === '')
    throw new AppError('DATA_FORMAT', `${file.name} holds no table: it has only empty or comment lines.`)
  const whole = wholeLines(head.slice(start), complete)
  const delimiter = chooseDelimiter(file, whole, request)
  if (comments.lastLine !== null && isHeader(comments.lastLine, whole, delimiter))
    start = comments.lastLineStart
  const rest = head.slice(start)
  const linesBefore = lineBreaks(head.slice(0, start))
  const { rows, headerRow } = headRows(file, rest, complete, delimiter, linesBefore, request)
  const first = rows[0]!.map((cell, column) =>
    column === 0 && start < comments.length ? cell.replace(/^[#%]+\s*/, '') : cell,
  )
  if (first.length > request.limits.columns)
    throw new AppError(
      'RESOURCE_LIMIT',
      `${file.name} has ${count(first.length)} columns; ${count(request.limits.columns)} can be read.`,
    )
  const body = rows.slice(1)
  const layout = detectLayout(file, first, body, complete, request)
  return {
    text: rest,
    linesBefore,
    headerRow,
    delimiter,
    decimal: chooseDecimal(body, layout, request, knownDecimal),
    layout,
    commaCells: commaCells(rows, layout, headerRow),
    previewRows: body.slice(0, PREVIEW_ROWS).map((row) => row.slice(0, PREVIEW_COLUMNS).map(shown)),
  }
}

async function firstText(
  text: AsyncGenerator<TextPiece>,
  rowLength: number,
): Promise<{ head: string; complete: boolean }> {
  let head = ''
  let lines = 0
  while ((head.length < HEAD_LENGTH || lines < HEAD_LINES) && head.length < rowLength) {
    // not for await: leaving such a loop would close the generator
    const next = await text.next()
    if (next.done) return { head, complete: true }
    const piece = stringOf(next.value)
    head += piece
    lines += lineBreaks(piece)
  }
  return { head, complete: false }
}

function lineBreaks(text: string): number {
  let found = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) found++
  return found
}

/** Lines that start with # or %, empty ones, and the `sep=;` that Excel writes, at the very top. */
function leadingComments(head: string): { length: number; lastLine: string | null; lastLineStart: number } {
  let length = 0
  let lastLine: string | null = null
  let lastLineStart = 0
  for (;;) {
    const end = head.indexOf('\n', length)
    const line = head.slice(length, end < 0 ? head.length : end)
    const isComment = /^\s*[#%]/.test(line) || /^"?sep=.?"?\s*$/i.test(line)
    if ((!isComment && line.trim() !== '') || length >= head.length)
      return { length, lastLine, lastLineStart }
    if (isComment) {
      lastLine = line
      lastLineStart = length
    }
    if (end < 0) return { length: head.length, lastLine, lastLineStart }
    length = end + 1
  }
}

/** `#gene<TAB>s1<TAB>s2`: a comment sign before the header, told by numbers in the next line and equal width. */
function isHeader(comment: string, rest: string, delimiter: Delimiter): boolean {
  if (delimiter === 'space') return false
  const cells = comment.split(DELIMITERS[delimiter])
  const [firstLine = ''] = rest.split('\n', 1)
  const next = firstLine.split(DELIMITERS[delimiter])
  const numbers = next.slice(1).filter((cell) => parseCell(cell, 'point', emptyTally()) !== TEXT).length
  return cells.length > 1 && cells.length === next.length && numbers > (next.length - 1) / 2
}

function wholeLines(text: string, complete: boolean): string {
  if (complete) return text
  const end = text.lastIndexOf('\n')
  return end < 0 ? text : text.slice(0, end + 1)
}

function chooseDelimiter(file: SourceFile, head: string, request: ReadRequest): Delimiter {
  if (request.options.delimiter !== 'auto') return request.options.delimiter
  const delimiter = detectDelimiter(file, head)
  if (delimiter === null)
    throw new AppError(
      'DATA_FORMAT',
      `${file.name} has only one column. Its columns should be separated by tabs, commas, semicolons, | or spaces. Choose another file or the separator.`,
    )
  return delimiter
}

function headRows(
  file: SourceFile,
  text: string,
  complete: boolean,
  delimiter: Delimiter,
  linesBefore: number,
  request: ReadRequest,
): { rows: string[][]; headerRow: number } {
  const splitter = rowSplitter(file, delimiter, request.limits.rowLength)
  // without the end of the file the last row may be cut, even inside quotes, and is left out
  const all = complete ? [...splitter.push(text), ...splitter.end()] : splitter.push(text)
  const rows: string[][] = []
  let headerRow = 0
  for (const [index, cells] of all.entries()) {
    if (cells.every((cell) => cell.trim() === '')) continue
    if (rows.length === 0) headerRow = linesBefore + index + 1
    rows.push(cells)
    const enough = rows.length * rows[0]!.length > HEAD_CELLS && rows.length > HEAD_LINES
    if (enough || rows.length > HEAD_ROWS) break
  }
  return { rows, headerRow }
}

const COMMA_CELLS = 20

function commaCells(
  [, ...body]: readonly (readonly string[])[],
  layout: TableLayout,
  headerRow: number,
): CommaCell[] {
  const found: CommaCell[] = []
  for (const [index, row] of body.entries())
    for (const column of layout.valueColumns) {
      const cell = row[column] ?? ''
      if (!cell.includes(',') || !isNumber(cell)) continue
      found.push({
        where: `row ${count(headerRow + 1 + index)}, column ${quoted(layout.header[column]!)}`,
        cell: cell.trim(),
      })
      if (found.length === COMMA_CELLS) return found
    }
  return found
}

const isNumber = (cell: string): boolean =>
  parseCell(cell, 'point', emptyTally()) !== TEXT || parseCell(cell, 'comma', emptyTally()) !== TEXT

/** From the first rows; a later contradiction makes the reader start again. */
function chooseDecimal(
  body: readonly (readonly string[])[],
  layout: TableLayout,
  request: ReadRequest,
  known: Decimal | null,
): Decimal {
  if (request.options.decimal !== 'auto') return request.options.decimal
  if (known) return known
  const tally = emptyTally()
  for (const row of body)
    for (const column of layout.valueColumns) parseCell(row[column] ?? '', 'point', tally)
  const decided = decimalOf(tally)
  return decided === 'comma' ? 'comma' : 'point'
}
