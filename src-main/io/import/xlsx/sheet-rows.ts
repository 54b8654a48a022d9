import { AppError } from '../../../../src-shared/contract/errors'
import type { SourceFile } from '../types'
import type { DateLook, SheetInfo, Workbook } from './workbook'
import { attribute, scanXml } from './xml'

export interface SheetRow {
  /** as Excel numbers it, from 1 */
  readonly row: number
  /** texts by column; '' = empty */
  readonly cells: readonly string[]
  readonly numbers: number
  readonly hidden: boolean
}

/** What stands before the rows of a sheet; complete when the first rows come. */
export interface SheetFacts {
  /** columns, from 0 */
  readonly hiddenColumns: Set<number>
  /** [rows, columns] from the sheet's own `dimension`, which programs need not write; null = unknown */
  size: readonly [number, number] | null
}

/** the limits of Excel itself */
const MOST_COLUMNS = 16_384
const MOST_ROWS = 1_048_576

/**
 * The rows that hold a cell, in order and a few at a time. Formula cells give their stored value, error cells `NA`, date
 * cells what Excel shows.
 */
export async function* sheetRows(
  file: SourceFile,
  workbook: Workbook,
  sheet: SheetInfo,
  facts: SheetFacts = { hiddenColumns: new Set(), size: null },
): AsyncGenerator<SheetRow[]> {
  let ready: SheetRow[] = []
  let row = 0
  let cells: string[] = []
  let numbers = 0
  let hiddenRow = false
  let column = -1
  let type = 'n'
  let style = 0
  let value = ''
  let inValue = false
  let phonetic = 0
  const damaged = (): AppError =>
    new AppError(
      'DATA_FORMAT',
      `${file.name} is damaged: sheet '${sheet.name}' has a cell outside of any sheet. Open it in Excel and save it again.`,
    )
  const scanning = scanXml(file, workbook.sheet(sheet), {
    open: (name, tag) => {
      if (name === 'c') {
        const reference = attribute(tag, 'r')
        column = reference === null ? column + 1 : columnOf(reference)
        if (!(column >= 0 && column < MOST_COLUMNS)) throw damaged()
        type = attribute(tag, 't') ?? 'n'
        style = Number(attribute(tag, 's') ?? '0')
        value = ''
      } else if (name === 'v' || (name === 't' && phonetic === 0)) inValue = true
      else if (name === 'rPh') phonetic++
      else if (name === 'row') {
        row = Number(attribute(tag, 'r') ?? row + 1)
        if (!(Number.isInteger(row) && row >= 1 && row <= MOST_ROWS)) throw damaged()
        hiddenRow = isTrue(attribute(tag, 'hidden'))
        cells = []
        numbers = 0
        column = -1
      } else if (name === 'col' && isTrue(attribute(tag, 'hidden'))) {
        const last = Math.min(MOST_COLUMNS, Number(attribute(tag, 'max')))
        for (let each = Number(attribute(tag, 'min')); each <= last; each++) facts.hiddenColumns.add(each - 1)
      } else if (name === 'dimension') facts.size = sizeOf(attribute(tag, 'ref') ?? '')
    },
    text: (piece) => {
      if (inValue) value += piece
    },
    close: (name) => {
      if (name === 'v' || name === 't') inValue = false
      else if (name === 'rPh') phonetic--
      else if (name === 'c') {
        const text = cellText(workbook, type, style, value)
        if (text === '') return
        while (cells.length < column) cells.push('')
        cells[column] = text
        if (type === 'n') numbers++
      } else if (name === 'row' && cells.length > 0) ready.push({ row, cells, numbers, hidden: hiddenRow })
    },
  })
  try {
    while (!(await scanning.next()).done) {
      if (ready.length === 0) continue
      const rows = ready
      ready = []
      yield rows
    }
  } finally {
    await scanning.return(undefined)
  }
}

const isTrue = (value: string | null): boolean => value === '1' || value === 'true'

/** `AB12` → 27 */
function columnOf(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at)
    if (code < 65 || code > 90) break
    column = column * 26 + (code - 64)
  }
  return column - 1
}

/** `A1:U560` → [560, 21] */
function sizeOf(reference: string): [number, number] | null {
  const last = reference.split(':').at(-1)!
  const row = Number(/\d+$/.exec(last)?.[0] ?? NaN)
  const column = columnOf(last)
  return row >= 1 && row <= MOST_ROWS && column >= 0 && column < MOST_COLUMNS ? [row, column + 1] : null
}

function cellText(workbook: Workbook, type: string, style: number, value: string): string {
  switch (type) {
    case 's':
      return workbook.strings[Number(value)] ?? ''
    case 'e':
      return value === '' ? '' : 'NA'
    case 'b':
      return value === '' ? '' : value === '1' ? 'TRUE' : 'FALSE'
    case 'd':
      return value.slice(0, 10)
    case 'n': {
      const look = workbook.dateLooks[style]
      return look && value !== '' ? dateText(Number(value), look, workbook.from1904) : value
    }
    default:
      return value
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** 1899-12-30, the day 0 that makes days after February 1900 right */
const DAY_ZERO = Date.UTC(1899, 11, 30)
const DAYS_TO_1904 = 1462

function dateText(days: number, look: DateLook, from1904: boolean): string {
  if (!(Math.abs(days) < 3_000_000)) return String(days)
  const date = new Date(DAY_ZERO + Math.floor(days + (from1904 ? DAYS_TO_1904 : 0)) * 86_400_000)
  const month = MONTHS[date.getUTCMonth()]!
  if (look === 'day-month') return `${date.getUTCDate()}-${month}`
  if (look === 'month-year') return `${month}-${String(date.getUTCFullYear() % 100).padStart(2, '0')}`
  return date.toISOString().slice(0, 10)
}
