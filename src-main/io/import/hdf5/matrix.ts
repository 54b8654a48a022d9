import { AppError } from '../../../../src-shared/contract/errors'
import { count, plural } from '../findings'
import type { ReadRequest } from '../types'
import { damaged, type Hdf5Dataset, type Hdf5Group, type Numbers } from './hdf5-file'
import { KeptPieces } from './kept-pieces'
import { NumberStore } from './number-store'
import { DenseMatrix, SparseMatrix, type Matrix } from './matrices'
import type { EntryPiece, ReadEntries } from '../single-cell/cell-source'

/** numbers read at once: enough to be quick, few enough to be cancelled in between */
const PIECE = 2 ** 20

/** What is known of a matrix before its numbers are read. */
export interface MatrixPlan {
  readonly rows: number
  readonly columns: number
  /** stored numbers */
  readonly values: number
  /** the first stored numbers, to tell counts from other values */
  readonly sample: () => Numbers
  /** all numbers that are not zero, rows and columns as they lie in the file */
  readonly entries: ReadEntries
  readonly load: (request: ReadRequest, onProgress: (fraction: number) => void) => Promise<Matrix>
}

/** A dense dataset or a group with a sparse matrix at `path`; null when there is neither. */
export function planMatrix(root: Hdf5Group, path: string): MatrixPlan | null {
  const dataset = root.dataset(path)
  if (dataset) return dataset.shape.length === 2 && dataset.isNumeric ? denseMatrix(dataset) : null
  const group = root.subgroup(path)
  if (!group) return null
  const type = group.attribute('encoding-type') ?? group.attribute('h5sparse_format')
  const shape = shapeOf(group.attribute('shape') ?? group.attribute('h5sparse_shape'))
  if (!shape || typeof type !== 'string') return null
  return sparseMatrix(group, type.startsWith('csc') ? 'columns' : 'rows', shape)
}

function denseMatrix(dataset: Hdf5Dataset): MatrixPlan {
  const [rows, columns] = dataset.shape as [number, number]
  return {
    rows,
    columns,
    values: rows * columns,
    entries: (request, onProgress) => denseEntries(dataset, rows, columns, request, onProgress),
    sample: () => dataset.numbers([0, Math.min(rows, Math.max(1, Math.ceil(50_000 / Math.max(1, columns))))]),
    load: async (request, onProgress) => {
      checkMemory(dataset.file.name, rows * columns * 4, request)
      const store = new NumberStore(rows * columns)
      const step = Math.max(1, Math.floor(PIECE / Math.max(1, columns)))
      for (let row = 0; row < rows; row += step) {
        const end = Math.min(rows, row + step)
        store.set(dataset.numbers([row, end]), row * columns)
        onProgress(end / rows)
        await breath(request)
      }
      return new DenseMatrix(rows, columns, store.values)
    },
  }
}

/**
 * @param along whether `indptr` runs along the rows (CSR) or the columns (CSC)
 * @param shape [rows, columns]
 */
export function sparseMatrix(
  group: Hdf5Group,
  along: 'rows' | 'columns',
  shape: readonly [number, number],
): MatrixPlan | null {
  const [data, indices, indptr] = (['data', 'indices', 'indptr'] as const).map((name) => group.dataset(name))
  if (!data || !indices || !indptr) return null
  const [rows, columns] = shape
  const lines = along === 'rows' ? rows : columns
  const lineLength = along === 'rows' ? columns : rows
  const { file } = group
  const kept = new KeptPieces()
  return {
    rows,
    columns,
    values: data.length,
    entries: (request, onProgress) =>
      sparseEntries({ data, indices, indptr, file, along, lines, lineLength, kept }, request, onProgress),
    sample: () => data.numbers([0, Math.min(data.length, 50_000)]),
    load: async (request, onProgress) => {
      checkMemory(file.name, data.length * 8 + lines * 8, request)
      const starts = startsOf({ data, indices, indptr, file, lines })
      const store = new NumberStore(data.length)
      const positions = new Int32Array(data.length)
      for (let at = 0; at < data.length; at += PIECE) {
        const end = Math.min(data.length, at + PIECE)
        store.set(data.numbers([at, end]), at)
        const piece = indices.numbers([at, end])
        for (let index = 0; index < piece.length; index++) {
          const position = Number(piece[index])
          if (!(position >= 0 && position < lineLength))
            throw damaged(file, `a value stands at position ${count(position)} of ${count(lineLength)}`)
          positions[at + index] = position
        }
        onProgress(end / data.length)
        await breath(request)
      }
      return new SparseMatrix(along, rows, columns, starts, positions, store.values)
    },
  }
}

interface SparseParts {
  readonly data: Hdf5Dataset
  readonly indices: Hdf5Dataset
  readonly indptr: Hdf5Dataset
  readonly file: Hdf5Group['file']
  readonly along: 'rows' | 'columns'
  readonly lines: number
  readonly lineLength: number
  readonly kept: KeptPieces
}

function startsOf({
  data,
  indices,
  indptr,
  file,
  lines,
}: Omit<SparseParts, 'along' | 'lineLength' | 'kept'>): Float64Array {
  if (indptr.length !== lines + 1)
    throw damaged(file, `a matrix of ${plural(lines, 'line')} has ${plural(indptr.length, 'offset')}`)
  if (indices.length !== data.length)
    throw damaged(file, `${plural(data.length, 'value')} have ${plural(indices.length, 'position')}`)
  const starts = Float64Array.from(indptr.numbers() as ArrayLike<number | bigint>, Number)
  checkOffsets(starts, data.length, (what) => damaged(file, what))
  return starts
}

async function* sparseEntries(
  parts: SparseParts,
  request: ReadRequest,
  onProgress: (fraction: number) => void,
): AsyncGenerator<EntryPiece> {
  const { data, file, along, kept } = parts
  checkMemory(file.name, parts.lines * 8, request)
  const starts = startsOf(parts)
  const most = Math.min(PIECE, data.length)
  const places = new Int32Array(most)
  const lines = new Int32Array(most)
  const values = new Float64Array(most)
  let line = 0
  try {
    for (let from = 0; from < data.length; from += PIECE) {
      const length = Math.min(data.length, from + PIECE) - from
      if (kept.isComplete) kept.read(from / PIECE, places, values)
      else readPiece(parts, from, length, places, values)
      for (let at = 0; at < length; at++) {
        while (starts[line + 1]! <= from + at) line++
        lines[at] = line
      }
      yield along === 'rows'
        ? { rows: lines, columns: places, values, length }
        : { rows: places, columns: lines, values, length }
      onProgress((from + length) / data.length)
      await breath(request)
    }
    kept.finish()
  } finally {
    kept.giveUp()
  }
}

function readPiece(
  { data, indices, file, lineLength, kept }: SparseParts,
  from: number,
  length: number,
  places: Int32Array,
  values: Float64Array,
): void {
  copyNumbers(data.numbers([from, from + length]), values)
  copyPlaces(indices.numbers([from, from + length]), places)
  for (let at = 0; at < length; at++)
    if (!(places[at]! >= 0 && places[at]! < lineLength))
      throw damaged(file, `a value stands outside of its line of ${count(lineLength)}`)
  kept.keep(places, values, length)
}

async function* denseEntries(
  dataset: Hdf5Dataset,
  rows: number,
  columns: number,
  request: ReadRequest,
  onProgress: (fraction: number) => void,
): AsyncGenerator<EntryPiece> {
  const step = Math.max(1, Math.floor(PIECE / Math.max(1, columns)))
  const most = Math.min(rows, step) * columns
  const piece = { rows: new Int32Array(most), columns: new Int32Array(most), values: new Float64Array(most) }
  const numbers = new Float64Array(most)
  for (let from = 0; from < rows; from += step) {
    const end = Math.min(rows, from + step)
    copyNumbers(dataset.numbers([from, end]), numbers)
    let length = 0
    for (let row = from; row < end; row++)
      for (let column = 0; column < columns; column++) {
        const value = numbers[(row - from) * columns + column]!
        if (value === 0) continue
        piece.rows[length] = row
        piece.columns[length] = column
        piece.values[length++] = value
      }
    yield { ...piece, length }
    onProgress(end / rows)
    await breath(request)
  }
}

/** -1 for what is no place at all, so that nothing wraps around into a wrong one. */
function copyPlaces(from: Numbers, into: Int32Array): void {
  if (from instanceof Int32Array) {
    into.set(from)
    return
  }
  for (let at = 0; at < from.length; at++) {
    const place = Number(from[at])
    into[at] = place >= 0 && place < 2 ** 31 && Number.isInteger(place) ? place : -1
  }
}

function copyNumbers(from: Numbers, into: Float64Array): void {
  if (from instanceof BigInt64Array || from instanceof BigUint64Array)
    for (let at = 0; at < from.length; at++) into[at] = Number(from[at])
  else into.set(from)
}

/** Offsets rise from 0 to the number of values. */
export function checkOffsets(starts: Float64Array, values: number, error: (what: string) => AppError): void {
  let last = 0
  for (const [line, start] of starts.entries()) {
    if (line === 0 ? start !== 0 : start < last) throw error('the offsets of its sparse matrix do not rise')
    last = start
  }
  if (last !== values) throw error(`its sparse matrix ends at value ${count(last)} of ${count(values)}`)
}

function shapeOf(value: unknown): [number, number] | null {
  if (!ArrayBuffer.isView(value)) return null
  const shape = Array.from(value as unknown as ArrayLike<number | bigint>, Number)
  return shape.length === 2 && shape.every((size) => Number.isSafeInteger(size) && size >= 0)
    ? (shape as [number, number])
    : null
}

/** Before anything is allocated: what a file declares must fit, also when it lies. */
export function checkMemory(fileName: string, bytes: number, { limits, pseudobulkBytes }: ReadRequest): void {
  if (bytes <= limits.tableBytes) return
  const gigabytes = (value: number): string => String(Number((value / 1e9).toPrecision(2)))
  const lighter = pseudobulkBytes === undefined ? '' : ` (${gigabytes(2 * pseudobulkBytes)} GB)`
  throw new AppError(
    'RESOURCE_LIMIT',
    `${fileName}: Needs about ${gigabytes(2 * bytes)} GB, ${gigabytes(2 * limits.tableBytes)} GB free. ` +
      `Options: average the cells of each experiment${lighter}, select genes, use the command line on a computer with more memory.`,
    { neededBytes: 2 * bytes, freeBytes: 2 * limits.tableBytes },
  )
}

async function breath({ signal }: ReadRequest): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve))
  if (signal?.aborted) throw new AppError('CANCELLED', 'Reading was cancelled.')
}
