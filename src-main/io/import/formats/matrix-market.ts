import { AppError } from '../../../../src-shared/contract/errors'
import type { Finding } from '../../../../src-shared/contract/dataset-summary'
import type { InputFile } from '../../../../src-shared/domain/dataset'
import { count, listed, plural } from '../findings'
import { transposed } from '../hdf5/matrices'
import { matrixTable } from '../matrix-table'
import { openBytes } from '../source-bytes'
import type { ReadEntries } from '../single-cell/cell-source'
import { isSingleCell, readCells } from '../single-cell/read-cells'
import { transposedEntries } from '../single-cell/transposed-entries'
import { geneOfFeature, guideLabels, guideReader, GUIDES, tenxGenes, type Features } from '../tenx-features'
import { decodeText, NotUtf8 } from '../text-encoding'
import type { Encoding, ExpressionTable, ReadRequest, SourceFile } from '../types'
import { matrixEntries, matrixSize, readMatrix } from './matrix-market-entries'
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
  const size = await matrixSize(folder.matrix, quiet)
  const names = `${folder.features.name} and ${folder.barcodes.name}`
  if (size.rows !== features.names.length || size.columns !== barcodes.lines.length)
    throw new AppError(
      'DATA_FORMAT',
      `${folder.matrix.name} is ${count(size.rows)} × ${count(size.columns)}, but ${names} name ${plural(features.names.length, 'feature')} and ${plural(barcodes.lines.length, 'barcode')}. Choose the three files of one sample.`,
    )
  const { genes, columns, findings } = tenxGenes(features)
  if (genes.length === 0)
    throw new AppError(
      'DATA_FORMAT',
      `${folder.features.name} lists no genes, only ${listed([...new Set(features.types)])}.`,
    )
  const samples = barcodes.lines.map((line) => line.split('\t')[0]!)
  const companions = [barcodes.input, features.input]
  if (isSingleCell(samples.length, request.options))
    return readFolderCells(folder, { samples, companions, features, genes, columns, findings }, request)
  const { matrix: byFeature, input, gzip } = await readMatrix(folder.matrix, request)
  const matrix = transposed(byFeature)
  const guides = guideLabels(features, matrix)
  const table = matrixTable({
    format: '10x matrix folder',
    input,
    gzip,
    matrix,
    genes,
    columns: columns.length === matrix.columns ? null : columns,
    samples,
    labels: guides?.labels ?? null,
    environmentColumn: guides ? GUIDES : null,
    environmentCandidates: [],
    part: null,
    parts: [],
    findings: [...findings, ...(guides?.findings ?? [])],
  })
  return { ...table, companions }
}

interface FolderParts {
  readonly samples: readonly string[]
  readonly companions: readonly InputFile[]
  readonly features: Features
  readonly genes: readonly string[]
  readonly columns: Int32Array
  readonly findings: readonly Finding[]
}

async function readFolderCells(
  { matrix: file }: MatrixFolder,
  { samples, companions, features, genes, columns, findings }: FolderParts,
  request: ReadRequest,
): Promise<ExpressionTable> {
  let ended: { input: InputFile; gzip: boolean } | null = null
  const entries: ReadEntries = (each, onProgress) =>
    matrixEntries(file, { ...each, onProgress }, (input, gzip) => (ended = { input, gzip }))
  const table = await readCells(
    {
      format: '10x matrix folder',
      fileName: file.name,
      // known once the file was read to its end
      get input() {
        return ended!.input
      },
      get gzip() {
        return ended!.gzip
      },
      companions,
      cells: samples,
      genes,
      geneOf: geneOfFeature(columns, features.names.length),
      entries: transposedEntries(entries),
      environment: null,
      guides: guideReader(features, samples.length),
      texts: () => null,
      columns: [],
      part: null,
      parts: [],
      findings,
    },
    request,
  )
  return table
}

const readLines: typeof linesIn = (file, request) =>
  linesIn(file, request).catch((error: unknown) => {
    if (error instanceof NotUtf8) return linesIn(file, request, 'windows-1252')
    throw error
  })

async function linesIn(
  file: SourceFile,
  request: ReadRequest,
  encoding: Encoding | null = null,
): Promise<{ lines: string[]; input: InputFile }> {
  const bytes = await openBytes(file, request)
  const lines: string[] = []
  let rest = ''
  for await (const piece of decodeText(file, bytes.chunks, encoding, () => undefined)) {
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
