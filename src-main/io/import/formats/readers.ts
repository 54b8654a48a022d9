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

/** @param head the first unpacked bytes */
export const readerOf = (head: Buffer, file: SourceFile): TableReader =>
  READERS.find((reader) => reader.recognises(head, file.name)) ?? textTable

export const readerFor = async (file: SourceFile, request: ReadRequest): Promise<TableReader> =>
  readerOf(await unpackedHead(file, request), file)
