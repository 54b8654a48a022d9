import { unpackedHead } from '../source-bytes'
import type { ReadRequest, SourceFile } from '../types'
import { xls, xlsx } from './excel'
import { geoSeriesMatrix } from './geo-series-matrix'
import { hdf5 } from './hdf5'
import { matrixMarket } from './matrix-market'
import { otherBinary } from './other-binary'
import type { TableReader } from './table-reader'
import { textTable } from './text-table'

/** In the order in which they are asked; the text table takes whatever is left. */
const READERS: readonly TableReader[] = [
  hdf5,
  xlsx,
  xls,
  matrixMarket,
  geoSeriesMatrix,
  ...otherBinary,
  textTable,
]

export async function readerFor(file: SourceFile, request: ReadRequest): Promise<TableReader> {
  const head = await unpackedHead(file, request)
  return READERS.find((reader) => reader.recognises(head, file.name)) ?? textTable
}
