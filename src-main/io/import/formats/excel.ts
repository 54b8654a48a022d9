import type { DetectedPart, Finding } from '../../../../src-shared/contract/dataset-summary'
import { AppError } from '../../../../src-shared/contract/errors'
import { blocking, choiceOf, info, listed, plural, quoted } from '../findings'
import type { ExpressionTable, ReadRequest, SourceFile } from '../types'
import { wholeFile, type WholeFile } from '../whole-file'
import { sheetRows, type SheetFacts, type SheetRow } from '../xlsx/sheet-rows'
import { openWorkbook, type SheetInfo, type Workbook } from '../xlsx/workbook'
import { startsWith, unreadable } from './not-yet'
import type { TableReader } from './table-reader'
import { readTextTable } from './text-table'

const ZIP = [0x50, 0x4b, 0x03, 0x04]
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
/** rows from which it is judged how much of a sheet is numbers */
const JUDGED_ROWS = 200

interface Sheet extends SheetInfo {
  readonly rows: number
  readonly columns: number
  /** estimated cells with numbers */
  readonly numbers: number
}

export const xlsx: TableReader = {
  format: 'Excel workbook',
  recognises: (head, fileName) =>
    startsWith(head, ZIP) &&
    (head.includes('xl/') ||
      head.includes('[Content_Types].xml') ||
      (/\.xls[xm](\.gz)?$/i.test(fileName) && !head.includes('mimetype'))),
  read: (file, request) =>
    withWorkbook(file, request, async (workbook, whole) => {
      const sheets = await measureSheets(file, workbook)
      const { sheet, findings } = chooseSheet(file, sheets, request.options.part)
      return readTable(file, workbook, whole, sheet, sheets, findings, request)
    }),
}

/** The old binary workbook, and also the shell of an encrypted .xlsx. */
export const xls = unreadable(
  'Excel 97–2003 or encrypted workbook',
  (head) => startsWith(head, OLE),
  (name) =>
    `${name} is an old (.xls) or password-protected Excel workbook, which cannot be read. ` +
    'Open it in Excel and save it as .xlsx without a password, or save the sheet as "CSV UTF-8".',
)

/** Rows of the sheet with the sample names, for sample sheets: the first visible one that has a row. */
export function workbookRows(file: SourceFile, request: ReadRequest): Promise<string[][]> {
  return withWorkbook(file, request, async (workbook) => {
    for (const sheet of workbook.sheets.filter(({ hidden }) => !hidden)) {
      const rows: string[][] = []
      for await (const batch of sheetRows(file, workbook, sheet))
        for (const { cells } of batch) rows.push([...cells])
      if (rows.length > 0) return rows
    }
    return []
  })
}

async function withWorkbook<R>(
  file: SourceFile,
  request: ReadRequest,
  action: (workbook: Workbook, whole: WholeFile) => Promise<R>,
): Promise<R> {
  const whole = await wholeFile(file, request)
  try {
    const workbook = await openWorkbook(file, whole.path, request)
    try {
      return await action(workbook, whole)
    } finally {
      await workbook.close()
    }
  } finally {
    await whole.release()
  }
}

async function measureSheets(file: SourceFile, workbook: Workbook): Promise<Sheet[]> {
  const sheets: Sheet[] = []
  for (const info of workbook.sheets) {
    const facts: SheetFacts = { hiddenColumns: new Set(), size: null }
    let seen = 0
    let numbers = 0
    let columns = 0
    let lastRow = 0
    for await (const batch of sheetRows(file, workbook, info, facts)) {
      for (const row of batch.slice(0, JUDGED_ROWS - seen)) {
        seen++
        numbers += row.numbers
        columns = Math.max(columns, row.cells.length)
      }
      lastRow = batch.at(-1)!.row
      if (seen >= JUDGED_ROWS) break
    }
    const [declaredRows, declaredColumns] = facts.size ?? [0, 0]
    const rows = seen === 0 ? 0 : Math.max(lastRow, declaredRows)
    sheets.push({
      ...info,
      rows,
      columns: seen === 0 ? 0 : Math.max(columns, declaredColumns),
      numbers: seen === 0 ? 0 : (numbers / seen) * rows,
    })
  }
  return sheets
}

/** The visible sheet with the most numbers. */
function chooseSheet(
  file: SourceFile,
  sheets: readonly Sheet[],
  asked: string,
): { sheet: Sheet; findings: Finding[] } {
  const visible = sheets.filter(({ hidden, rows }) => !hidden && rows > 0)
  const names = visible.map(({ name }) => name)
  const chosen = asked === 'auto' ? undefined : sheets.find(({ name }) => name === asked)
  if (chosen) return { sheet: chosen, findings: [] }
  const [first] = visible.toSorted((a, b) => b.numbers - a.numbers)
  if (!first)
    throw new AppError(
      'DATA_FORMAT',
      `${file.name} has no visible sheet with cells. Choose the workbook with the expression values.`,
    )
  if (asked !== 'auto') {
    const text = `${file.name} has no sheet ${quoted(asked)}. It has ${listed(names)}.`
    const choice = choiceOf(
      'part',
      names.map((name) => [name, name] as const),
    )
    return { sheet: first, findings: [blocking('INVALID_PARAMS', 'part', text, { choice })] }
  }
  if (sheets.length === 1) return { sheet: first, findings: [] }
  const others = sheets.filter((sheet) => sheet !== first)
  const text = `Sheet ${quoted(first.name)} is used: it has the most numbers. The workbook also has ${listed(others.map(({ name }) => name))}.`
  return { sheet: first, findings: [info('part', text, { examples: sheets.map(({ name }) => name) })] }
}

async function readTable(
  file: SourceFile,
  workbook: Workbook,
  whole: WholeFile,
  sheet: Sheet,
  sheets: readonly Sheet[],
  findings: readonly Finding[],
  request: ReadRequest,
): Promise<ExpressionTable> {
  const skip = request.options.hiddenCells === 'skip'
  const hidden = { rows: 0, columns: 0 }
  const options = { ...request.options, delimiter: 'tab' } as const
  const table = await readTextTable(file, { ...request, options }, (_, report) => {
    hidden.rows = 0
    return Promise.resolve({
      text: sheetText(file, workbook, sheet, skip, hidden, report),
      gzip: whole.gzip,
      encoding: () => 'utf-8' as const,
      finish: () => whole.input,
    })
  })
  return {
    ...table,
    format: xlsx.format,
    part: sheet.name,
    parts: sheets.map(partOf),
    layout: { ...table.layout, guessed: table.layout.guessed.filter((field) => field !== 'delimiter') },
    findings: [...findings, ...hiddenFindings(sheet, hidden, request), ...table.findings],
  }
}

const partOf = ({ name, rows, columns, hidden }: Sheet): DetectedPart => ({ name, rows, columns, hidden })

function hiddenFindings(
  sheet: Sheet,
  { rows, columns }: { rows: number; columns: number },
  { options }: ReadRequest,
): Finding[] {
  const parts = [
    ...(rows > 0 ? [plural(rows, 'hidden row')] : []),
    ...(columns > 0 ? [plural(columns, 'hidden column')] : []),
  ]
  if (parts.length === 0) return []
  const what = `Sheet ${quoted(sheet.name)} has ${parts.join(' and ')}.`
  const choice = {
    option: 'hiddenCells' as const,
    current: options.hiddenCells === 'ask' ? null : options.hiddenCells,
    values: [
      { value: 'use', label: 'Use them', keeps: true },
      { value: 'skip', label: 'Leave them out' },
    ],
  }
  const details = { count: rows + columns, choice }
  if (options.hiddenCells === 'use') return [info('hidden-cells', `${what} They are used.`, details)]
  if (options.hiddenCells === 'skip') return [info('hidden-cells', `${what} They were left out.`, details)]
  return [blocking('DATA_AMBIGUOUS', 'hidden-cells', `${what} Use them or leave them out?`, details)]
}

/** The sheet as tab-separated text with its own row numbers, so that every rule of text tables holds for it. */
async function* sheetText(
  file: SourceFile,
  workbook: Workbook,
  sheet: Sheet,
  skip: boolean,
  hidden: { rows: number; columns: number },
  report: (fraction: number) => void,
): AsyncGenerator<string> {
  const facts: SheetFacts = { hiddenColumns: new Set(), size: null }
  let written = 0
  const textOf = (row: SheetRow): string => {
    if (row.row <= written)
      throw new AppError(
        'DATA_FORMAT',
        `${file.name} is damaged: sheet ${quoted(sheet.name)} has row ${row.row} twice. Open it in Excel and save it again.`,
      )
    const blank = '\n'.repeat(row.row - written - 1)
    written = row.row
    if (row.hidden) hidden.rows++
    if (skip && row.hidden) return `${blank}\n`
    const cells = skip ? row.cells.filter((_, column) => !facts.hiddenColumns.has(column)) : row.cells
    return `${blank}${cells.map(quotedCell).join('\t')}\n`
  }
  for await (const batch of sheetRows(file, workbook, sheet, facts)) {
    hidden.columns = facts.hiddenColumns.size
    yield batch.map(textOf).join('')
    report(Math.min(1, written / sheet.rows))
  }
}

const quotedCell = (cell: string): string =>
  /["\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
