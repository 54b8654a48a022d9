import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import { geoSampleSheet, isGeoSeriesMatrix } from './formats/geo-series-matrix'
import { isMatrixMarket, matrixFolder, readMatrixFolder } from './formats/matrix-market'
import { readerOf } from './formats/readers'
import type { ImportLimits } from './limits'
import { readSampleSheet, sheetOfRows } from './sample-sheet'
import { unpackedHead } from './source-bytes'
import type { ExpressionTable, ImportSource, ReadHooks, ReadRequest, SampleSheet, SourceFile } from './types'

/** share of the progress that reading takes; the rest is arithmetic on the numbers */
const READING = 0.9

/** Progress that never goes back, also when a file is read a second time under another assumption. */
export function rising(report: ReadHooks['onProgress']): (fraction: number) => void {
  let last = 0
  return (fraction) => {
    if (fraction <= last) return
    last = fraction
    report?.(fraction)
  }
}

type Reading = (request: ReadRequest) => Promise<ExpressionTable>

/** The sheet first: the samples that it lists tell rows from columns. */
export async function readFiles(
  source: ImportSource,
  options: ReadOptions,
  hooks: ReadHooks,
  limits: ImportLimits,
  progress: (fraction: number) => void,
): Promise<{ sheet: SampleSheet | null; tables: ExpressionTable[] }> {
  const base: ReadRequest = { options, sheetSamples: [], limits, signal: hooks.signal }
  const given = source.sampleSheet
    ? await readSampleSheet(source.sampleSheet, base, options.environmentColumn)
    : options.sheetRows
      ? sheetOfRows(options.sheetRows)
      : null
  const { readings, descriptions } = await planReadings(source.files, base)
  const sheet = given ?? descriptions
  const request: ReadRequest = {
    ...base,
    options: sheet?.hasAskedColumn ? { ...options, environmentColumn: 'auto' } : options,
    sheetSamples: sheet?.rows.map((row) => row.sample) ?? [],
  }
  const tables: ExpressionTable[] = []
  for (const [index, reading] of readings.entries()) {
    const onProgress = (fraction: number): void => progress(((index + fraction) / readings.length) * READING)
    tables.push(await reading({ ...request, onProgress }))
  }
  return { sheet, tables }
}

/**
 * One reading for each table: most files are one, the three files of a 10x folder are one together, and a GEO series
 * matrix without values describes the samples of the others.
 */
async function planReadings(
  files: readonly SourceFile[],
  request: ReadRequest,
): Promise<{ readings: Reading[]; descriptions: SampleSheet | null }> {
  const heads = new Map<SourceFile, Buffer>()
  for (const file of files) heads.set(file, await unpackedHead(file, request))
  const folders = files
    .filter((file) => isMatrixMarket(heads.get(file)!))
    .flatMap((file) => matrixFolder(file, files) ?? [])
  const names = new Set(folders.flatMap(({ barcodes, features }) => [barcodes, features]))
  let descriptions: SampleSheet | null = null
  const readings: Reading[] = []
  for (const file of files) {
    if (names.has(file)) continue
    const folder = folders.find(({ matrix }) => matrix === file)
    if (folder) {
      readings.push((each) => readMatrixFolder(folder, each))
      continue
    }
    if (files.length > 1 && isGeoSeriesMatrix(heads.get(file)!)) {
      const sheet = await geoSampleSheet(file, request)
      if (sheet) {
        descriptions = sheet
        continue
      }
    }
    const reader = readerOf(heads.get(file)!, file)
    readings.push((each) => reader.read(file, each))
  }
  return { readings, descriptions }
}
