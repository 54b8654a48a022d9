import { AppError } from '../../../../src-shared/contract/errors'
import type { InputFile } from '../../../../src-shared/domain/dataset'
import { count, listed, plural } from '../findings'
import { checkMemory } from '../hdf5/matrix'
import { SparseMatrix, transposed, type Matrix } from '../hdf5/matrices'
import { matrixTable } from '../matrix-table'
import { openBytes } from '../source-bytes'
import { guideLabels, GUIDES, tenxGenes, type Features } from '../tenx-features'
import { decodeText } from '../text-encoding'
import type { ExpressionTable, ReadRequest, SourceFile } from '../types'
import { startsWithText } from './not-yet'
import type { TableReader } from './table-reader'

/** The three files of a 10x folder. */
export interface MatrixFolder {
  readonly matrix: SourceFile
  readonly barcodes: SourceFile
  readonly features: SourceFile
}

const BARCODES = /(^|[._-])barcodes?\.(tsv|txt|csv)(\.gz)?$/i
const FEATURES = /(^|[._-])(features|genes)\.(tsv|txt|csv)(\.gz)?$/i

/**
 * Finds the names that belong to a matrix among the files that were chosen with it: the ones with the same prefix
 * (`GSM123_sample1_`), or the only ones.
 */
export function matrixFolder(matrix: SourceFile, files: readonly SourceFile[]): MatrixFolder | null {
  const prefix = matrix.name.replace(/matrix\.mtx(\.gz)?$|\.mtx(\.gz)?$/i, '')
  const find = (pattern: RegExp): SourceFile | undefined => {
    const candidates = files.filter((file) => pattern.test(file.name))
    const own = candidates.filter((file) => prefix !== '' && file.name.startsWith(prefix))
    return own.length === 1
      ? own[0]
      : candidates.length === 1
        ? candidates[0]
        : candidates.find((file) => file.name.replace(pattern, '') === prefix)
  }
  const barcodes = find(BARCODES)
  const features = find(FEATURES)
  return barcodes && features ? { matrix, barcodes, features } : null
}

export const isMatrixMarket = (head: Buffer): boolean => startsWithText(head, '%%MatrixMarket')

/** Alone, a matrix has no names. */
export const matrixMarket: TableReader = {
  format: 'Matrix Market',
  recognises: isMatrixMarket,
  read: (file) =>
    Promise.reject(
      new AppError(
        'DATA_FORMAT',
        `${file.name} is a sparse matrix without names. Choose it together with its barcodes.tsv and features.tsv (or genes.tsv) from the same folder.`,
        { format: 'Matrix Market' },
      ),
    ),
}

export async function readMatrixFolder(folder: MatrixFolder, request: ReadRequest): Promise<ExpressionTable> {
  const quiet = { ...request, onProgress: undefined }
  const barcodes = await readLines(folder.barcodes, quiet)
  const features = await readFeatures(folder.features, quiet)
  const { matrix: byFeature, input, gzip } = await readMatrix(folder.matrix, request)
  const names = `${folder.features.name} and ${folder.barcodes.name}`
  if (byFeature.rows !== features.names.length || byFeature.columns !== barcodes.lines.length)
    throw new AppError(
      'DATA_FORMAT',
      `${folder.matrix.name} is ${count(byFeature.rows)} × ${count(byFeature.columns)}, but ${names} name ${plural(features.names.length, 'feature')} and ${plural(barcodes.lines.length, 'barcode')}. Choose the three files of one sample.`,
    )
  const matrix = transposed(byFeature)
  const { genes, columns, findings } = tenxGenes(features)
  if (genes.length === 0)
    throw new AppError(
      'DATA_FORMAT',
      `${folder.features.name} lists no genes, only ${listed([...new Set(features.types)])}.`,
    )
  const guides = guideLabels(features, matrix)
  const table = matrixTable({
    format: '10x matrix folder',
    input,
    gzip,
    matrix,
    genes,
    columns: columns.length === matrix.columns ? null : columns,
    samples: barcodes.lines.map((line) => line.split('\t')[0]!),
    labels: guides?.labels ?? null,
    environmentColumn: guides ? GUIDES : null,
    environmentCandidates: [],
    part: null,
    parts: [],
    findings: [...findings, ...(guides?.findings ?? [])],
  })
  return { ...table, companions: [barcodes.input, features.input] }
}

async function readLines(
  file: SourceFile,
  request: ReadRequest,
): Promise<{ lines: string[]; input: InputFile }> {
  const bytes = await openBytes(file, request)
  const lines: string[] = []
  let rest = ''
  for await (const piece of decodeText(file, bytes.chunks, null, () => undefined)) {
    const parts = (rest + piece).split('\n')
    rest = parts.pop()!
    if (rest.length > request.limits.rowLength)
      throw new AppError(
        'DATA_FORMAT',
        `${file.name} has a line without an end. Choose the names that belong to the matrix.`,
      )
    for (const line of parts) lines.push(line)
  }
  if (rest !== '') lines.push(rest)
  return { lines: lines.filter((line) => line.trim() !== ''), input: bytes.finish() }
}

/** `id <tab> name <tab> type`, in old files without a type. */
async function readFeatures(
  file: SourceFile,
  request: ReadRequest,
): Promise<Features & { readonly input: InputFile }> {
  const { lines, input } = await readLines(file, request)
  const cells = lines.map((line) => line.split('\t'))
  return {
    input,
    ids: cells.map((row) => row[0]!),
    names: cells.map((row) => row[1] ?? row[0]!),
    types: cells.some((row) => row.length > 2) ? cells.map((row) => row[2] ?? '') : null,
  }
}

/** [features, barcodes], lines are barcodes */
async function readMatrix(
  file: SourceFile,
  request: ReadRequest,
): Promise<{ matrix: Matrix; input: InputFile; gzip: boolean }> {
  const bytes = await openBytes(file, request)
  let entries: Entries | null = null
  let head = ''
  let banner = false
  for await (const piece of decodeText(file, bytes.chunks, null, () => undefined)) {
    let text = head + piece
    head = ''
    if (!entries) {
      const start = startOfEntries(text)
      if (start === null) {
        if (text.length > request.limits.rowLength) throw wrongHeader(file)
        head = text
        continue
      }
      if (!banner) checkBanner(file, text)
      banner = true
      const size = text
        .slice(text.lastIndexOf('\n', start - 2) + 1, start)
        .trim()
        .split(/\s+/)
        .map(Number)
      if (size.length !== 3 || !size.every((value) => Number.isSafeInteger(value) && value >= 0))
        throw wrongHeader(file)
      const [rows, columns, values] = size as [number, number, number]
      checkMemory(file.name, values * 16 + columns * 8, request)
      entries = new Entries(file, rows, columns, values)
      text = text.slice(start)
    }
    head = entries.read(text)
  }
  if (!entries) throw wrongHeader(file)
  if (head.trim() !== '') entries.read(`${head}\n`)
  return { matrix: entries.matrix(), input: bytes.finish(), gzip: bytes.gzip }
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

/** The values of a coordinate matrix as they come, usually barcode by barcode. */
class Entries {
  readonly #rows: Int32Array
  readonly #columns: Int32Array
  readonly #values: Float64Array
  #filled = 0
  #sorted = true

  constructor(
    readonly file: SourceFile,
    readonly rows: number,
    readonly columns: number,
    readonly declared: number,
  ) {
    this.#rows = new Int32Array(declared)
    this.#columns = new Int32Array(declared)
    this.#values = new Float64Array(declared)
  }

  /** Takes all whole lines. @returns what is left of the last */
  read(text: string): string {
    const end = text.lastIndexOf('\n') + 1
    let at = 0
    while (at < end) {
      const lineEnd = text.indexOf('\n', at)
      if (lineEnd > at && text.slice(at, lineEnd).trim() !== '') this.#entry(text, at, lineEnd)
      at = lineEnd + 1
    }
    return text.slice(end)
  }

  #entry(text: string, start: number, end: number): void {
    const first = text.indexOf(' ', start)
    const second = text.indexOf(' ', first + 1)
    const plain = first > start && second > first && second < end
    const cells = plain
      ? [text.slice(start, first), text.slice(first + 1, second), text.slice(second + 1, end)]
      : text.slice(start, end).trim().split(/\s+/)
    const [row, column, value] = [Number(cells[0]), Number(cells[1]), Number(cells[2])]
    const inside =
      Number.isInteger(row) &&
      row >= 1 &&
      row <= this.rows &&
      Number.isInteger(column) &&
      column >= 1 &&
      column <= this.columns
    if (cells.length !== 3 || !inside || !Number.isFinite(value) || cells[2]!.trim() === '')
      throw new AppError(
        'DATA_FORMAT',
        `${this.file.name} is damaged: entry ${count(this.#filled + 1)} is no position in a matrix of ${count(this.rows)} × ${count(this.columns)} with a number. Copy or download it again.`,
      )
    if (this.#filled === this.declared)
      throw new AppError(
        'DATA_FORMAT',
        `${this.file.name} is damaged: it has more than the ${plural(this.declared, 'value')} that it declares. Copy or download it again.`,
      )
    const index = this.#filled++
    this.#rows[index] = row - 1
    this.#columns[index] = column - 1
    this.#values[index] = value
    if (index > 0 && column - 1 < this.#columns[index - 1]!) this.#sorted = false
  }

  matrix(): Matrix {
    if (this.#filled < this.declared)
      throw new AppError(
        'DATA_FORMAT',
        `${this.file.name} is incomplete (${count(this.#filled)} of ${plural(this.declared, 'value')}). Copy or download it again.`,
      )
    const starts = new Float64Array(this.columns + 1)
    for (const column of this.#columns) starts[column + 1]!++
    for (let column = 0; column < this.columns; column++) starts[column + 1]! += starts[column]!
    if (this.#sorted)
      return new SparseMatrix('columns', this.rows, this.columns, starts, this.#rows, this.#values)
    const next = starts.slice(0, -1)
    const positions = new Int32Array(this.declared)
    const values = new Float64Array(this.declared)
    for (let index = 0; index < this.declared; index++) {
      const place = next[this.#columns[index]!]!++
      positions[place] = this.#rows[index]!
      values[place] = this.#values[index]!
    }
    return new SparseMatrix('columns', this.rows, this.columns, starts, positions, values)
  }
}
