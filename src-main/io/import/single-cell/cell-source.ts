import type { Finding } from '../../../../src-shared/contract/dataset-summary'
import type { InputFile } from '../../../../src-shared/domain/dataset'
import type { EnvironmentOfColumns } from '../environment-of-columns'
import type { ReadRequest, TablePart } from '../types'

/**
 * Numbers of a matrix with their places, a part of them at a time; whatever is not listed is zero. The arrays are used
 * again for the next piece.
 */
export interface EntryPiece {
  readonly rows: Int32Array
  readonly columns: Int32Array
  readonly values: Float64Array
  readonly length: number
}

/** Reads all numbers once, in any order. Can be called again. */
export type ReadEntries = (
  request: ReadRequest,
  onProgress: (fraction: number) => void,
) => AsyncGenerator<EntryPiece>

/** Cells × genes that need not fit into memory, with what is known of the cells. */
export interface CellSource {
  readonly format: string
  readonly fileName: string
  readonly input: InputFile
  readonly companions?: readonly InputFile[]
  readonly gzip: boolean
  readonly cells: readonly string[]
  readonly genes: readonly string[]
  /** [columns of the matrix] gene of each, -1 = none; null = all columns in order */
  readonly geneOf: Int32Array | null
  /** rows are cells */
  readonly entries: ReadEntries
  /** experiment of each cell and the columns that could name it; null = the guides of the matrix name it */
  readonly environment: EnvironmentOfColumns | null
  /** tells the experiment by the entries of the cells, where the matrix itself has guides */
  readonly guides: GuideReader | null
  /** texts of a column of the cells; null when there is none of this name */
  readonly texts: (column: string) => readonly string[] | null
  readonly columns: readonly string[]
  readonly part: string | null
  readonly parts: readonly TablePart[]
  readonly findings: readonly Finding[]
}

/** Fed with the entries of all cells, it names the experiment of each. */
export interface GuideReader {
  readonly column: string
  readonly note: (cell: number, column: number, value: number) => void
  readonly result: () => { labels: readonly string[]; findings: readonly Finding[] }
}
