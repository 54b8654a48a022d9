import { AppError } from '../../../src-shared/contract/errors'
import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import { unguardFormula } from '../../../src-shared/domain/formula-guard'
import { quoted } from './findings'
import { usualWidth } from './delimiter'
import { nearest } from './nearest'
import { emptyTally, isMissingWord, parseCell, TEXT } from './number-cell'
import { DECIDED, orientationOf, orientationScore } from './orientation'
import type { Orientation, ReadRequest, SourceFile } from './types'
import {
  ENVIRONMENT_COLUMNS,
  isControlWord,
  GENE_ANNOTATIONS,
  GENE_COLUMNS,
  headerKey,
  SAMPLE_ANNOTATIONS,
  SAMPLE_COLUMNS,
} from './words'

export interface TableLayout {
  /** one name per column, as in the file */
  readonly header: readonly string[]
  readonly orientation: Orientation
  readonly undecided: boolean
  /** column with the names of the rows; null = rows have none */
  readonly nameColumn: number | null
  /** genes in columns: column that names the experiment */
  readonly environmentColumn: number | null
  /** the environment column has no usual name and was taken because it is the only one with groups */
  readonly environmentGuessed: boolean
  readonly valueColumns: readonly number[]
  readonly annotationColumns: readonly number[]
  /** of these, the ones with numbers, which could be meant as data after all */
  readonly numericAnnotations: readonly number[]
  readonly textColumns: readonly number[]
  /** asked for by the user and not there */
  readonly missingEnvironmentColumn: { name: string; nearest: string[] } | null
}

type Kind = 'numbers' | 'text' | 'empty'

/** @param body the first rows below the header; @param complete they are all rows */
export function detectLayout(
  file: SourceFile,
  firstRow: readonly string[],
  body: readonly (readonly string[])[],
  complete: boolean,
  request: ReadRequest,
): TableLayout {
  const header = completeHeader(firstRow, body)
  refuseNumbersAsHeader(file, firstRow)
  const kinds = header.map((name, column) => kindOf(name, body, column))
  const first = firstNameColumn(header, body, kinds)
  const score = orientationScore({
    header: header.filter(
      (_, column) => column !== (first ?? -1) && column !== 0 && kinds[column] !== 'empty',
    ),
    firstColumn: first === null ? null : body.map((row) => row[first] ?? ''),
    corner: header[first ?? 0] ?? '',
    rows: body.length,
    complete,
    sheetSamples: request.sheetSamples,
  })
  const chosen = request.options.orientation
  const orientation = chosen === 'auto' ? orientationOf(score) : chosen
  const undecided = chosen === 'auto' && Math.abs(score) < DECIDED
  const parts =
    orientation === 'genes-in-rows'
      ? genesInRows(header, kinds, first, request.options)
      : genesInColumns(header, kinds, body, request.options)
  return { header, orientation, undecided, ...parts }
}

/** R writes one header cell less than columns; some programs end every row, but not the header, with a delimiter. */
function completeHeader(firstRow: readonly string[], body: readonly (readonly string[])[]): string[] {
  const header = firstRow.map((name) => cleanName(name))
  const width = usualWidth(body)
  if (width === header.length + 1) {
    const endsEmpty = body.every((row) => row.length < width || row[width - 1] === '')
    return endsEmpty ? [...header, ''] : ['', ...header]
  }
  while (width > 0 && header.length > width && header.at(-1) === '') header.pop()
  return header
}

/** One line, no space around, and without the apostrophe that guards formulas in exported text. */
export function cleanName(name: string): string {
  const line = /[\s\u0000]/.test(name) ? name.replace(/[\s\u0000]+/gu, ' ').trim() : name
  return unguardFormula(line)
}

function refuseNumbersAsHeader(file: SourceFile, firstRow: readonly string[]): void {
  const names = firstRow.slice(1).filter((name) => !isMissingWord(name))
  if (names.length < 2) return
  const values = names.map((name) => parseCell(name, 'point', emptyTally()))
  // whole numbers without repeats can be Entrez identifiers or sample numbers
  const identifiers = values.every(Number.isInteger) && new Set(values).size === values.length
  if (values.every((value) => value !== TEXT) && !identifiers)
    throw new AppError(
      'DATA_FORMAT',
      `${file.name} has no header: its first row holds numbers. Add a first row with the names of the columns.`,
    )
}

function kindOf(name: string, body: readonly (readonly string[])[], column: number): Kind {
  let text = 0
  let numbers = 0
  for (const row of body) {
    const cell = row[column] ?? ''
    if (isMissingWord(cell)) continue
    const isText =
      parseCell(cell, 'point', emptyTally()) === TEXT && parseCell(cell, 'comma', emptyTally()) === TEXT
    if (isText) text++
    else numbers++
  }
  if (text > numbers) return 'text'
  return numbers > 0 || name !== '' ? 'numbers' : 'empty'
}

/** The column that would name the rows: an identifier column by its header, else the first with text. */
function firstNameColumn(
  header: readonly string[],
  body: readonly (readonly string[])[],
  kinds: readonly Kind[],
): number | null {
  const byHeader = header.findIndex(
    (name) => GENE_COLUMNS.has(headerKey(name)) || SAMPLE_COLUMNS.has(headerKey(name)),
  )
  if (byHeader === 0 || (byHeader > 0 && byHeader < 6 && !isCounter(body, 0) && kinds[0] === 'numbers'))
    return byHeader
  if (kinds[0] === 'text') return 0
  const text = kinds.indexOf('text')
  return text > 0 && (isCounter(body, 0) || text < 6) ? text : null
}

/** 0, 1, 2 … or 1, 2, 3 …: the row numbers that data frames write */
function isCounter(body: readonly (readonly string[])[], column: number): boolean {
  const start = Number(body[0]?.[column])
  if (body.length < 2 || (start !== 0 && start !== 1)) return false
  return body.every((row, index) => row[column] !== '' && Number(row[column]) === start + index)
}

type Parts = Omit<TableLayout, 'header' | 'orientation' | 'undecided'>

function genesInRows(
  header: readonly string[],
  kinds: readonly Kind[],
  first: number | null,
  { annotationColumns: asked }: ReadOptions,
): Parts {
  const nameColumn = first ?? 0
  const valueColumns: number[] = []
  const annotationColumns: number[] = []
  const numericAnnotations: number[] = []
  header.forEach((name, column) => {
    if (column === nameColumn || kinds[column] === 'empty') return
    const numeric = kinds[column] === 'numbers' && !(column === 0 && name === '')
    const describes = GENE_ANNOTATIONS.has(headerKey(name))
    if (numeric && describes) numericAnnotations.push(column)
    if (numeric && (!describes || asked === 'use')) valueColumns.push(column)
    else annotationColumns.push(column)
  })
  return {
    nameColumn,
    environmentColumn: null,
    environmentGuessed: false,
    valueColumns,
    annotationColumns,
    numericAnnotations,
    textColumns: [],
    missingEnvironmentColumn: null,
  }
}

function genesInColumns(
  header: readonly string[],
  kinds: readonly Kind[],
  body: readonly (readonly string[])[],
  { environmentColumn: asked, annotationColumns: annotations }: ReadOptions,
): Parts {
  const keys = header.map(headerKey)
  const byName = asked === 'auto' ? usualEnvironment(keys) : findColumn(header, keys, asked)
  const named = keys.findIndex((key, column) => SAMPLE_COLUMNS.has(key) && column !== byName)
  const texts = header
    .map((_, column) => column)
    .filter((column) => kinds[column] === 'text' && column !== byName)
  const groups = texts.filter((column) => column !== named && repeats(body, column))
  // sex or strain also form groups: without one of the usual names only a control among its values tells
  const unknownGroups = groups.filter(
    (column) =>
      !SAMPLE_ANNOTATIONS.has(keys[column]!) && body.some((row) => isControlWord(row[column] ?? '')),
  )
  const guess = asked === 'auto' && byName === null && unknownGroups.length === 1 ? unknownGroups[0]! : null
  const environmentColumn = byName ?? guess
  const firstText = texts.find((column) => !groups.includes(column) && column < 3)
  const nameColumn = named >= 0 ? named : (firstText ?? null)
  const used = (column: number): boolean => column === environmentColumn || column === nameColumn
  const counter = (header[0] === '' || keys[0] === 'index') && isCounter(body, 0)
  const valueColumns: number[] = []
  const annotationColumns: number[] = []
  const numericAnnotations: number[] = []
  header.forEach((_, column) => {
    if (used(column) || kinds[column] === 'empty') return
    const isCounterColumn = column === 0 && counter
    const describes = SAMPLE_ANNOTATIONS.has(keys[column]!)
    const numeric = kinds[column] === 'numbers' && !isCounterColumn
    if (numeric && describes) numericAnnotations.push(column)
    if (numeric && (!describes || annotations === 'use')) valueColumns.push(column)
    else annotationColumns.push(column)
  })
  const missingEnvironmentColumn =
    asked !== 'auto' && byName === null
      ? {
          name: asked,
          nearest: nearest(
            asked,
            [...new Set([...groups, ...texts])].map((column) => header[column]!),
          ),
        }
      : null
  return {
    nameColumn,
    environmentColumn,
    environmentGuessed: guess !== null,
    valueColumns,
    annotationColumns,
    numericAnnotations,
    textColumns: texts.filter((column) => column !== nameColumn),
    missingEnvironmentColumn,
  }
}

function usualEnvironment(keys: readonly string[]): number | null {
  for (const word of ENVIRONMENT_COLUMNS) {
    const column = keys.indexOf(word)
    if (column >= 0) return column
  }
  return null
}

function findColumn(header: readonly string[], keys: readonly string[], asked: string): number | null {
  const exact = header.indexOf(cleanName(asked))
  const column = exact >= 0 ? exact : keys.indexOf(headerKey(asked))
  return column >= 0 ? column : null
}

function repeats(body: readonly (readonly string[])[], column: number): boolean {
  const values = body.map((row) => row[column] ?? '')
  return new Set(values).size <= values.length / 2
}

export function environmentColumnText(file: string, missing: { name: string; nearest: string[] }): string {
  const near = missing.nearest.length > 0 ? ` Nearest: ${missing.nearest.map(quoted).join(', ')}.` : ''
  return `${file} has no column ${quoted(missing.name)}.${near} Choose the column that names the experiments.`
}
