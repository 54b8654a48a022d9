import type { InputFile } from '../../../src-shared/domain/dataset'
import type {
  DetectedCells,
  DetectedPart,
  DetectedTable,
  Finding,
  TablePreview,
} from '../../../src-shared/contract/dataset-summary'
import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { Values } from './expression'
import type { ImportLimits } from './limits'

export interface SourceFile {
  /** as shown to the user */
  readonly name: string
  readonly path: string
}

/** The granted files of one dataset, already resolved from their handles. */
export interface ImportSource {
  readonly files: readonly SourceFile[]
  readonly sampleSheet?: SourceFile
}

export interface ReadHooks {
  readonly signal?: AbortSignal
  /** 0 … 1, never decreasing */
  readonly onProgress?: (fraction: number) => void
}

/** What every reader gets: the choices of the user, the names a sample sheet lists, and the way to report. */
export interface ReadRequest {
  readonly options: ReadOptions
  readonly sheetSamples: readonly string[]
  readonly limits: ImportLimits
  /** memory that the cells of each experiment added up would take instead, for the message when all do not fit */
  readonly pseudobulkBytes?: number
  readonly signal?: AbortSignal
  /** fraction of this file */
  readonly onProgress?: (fraction: number) => void
}

export type Orientation = DetectedTable['orientation']
export type Delimiter = DetectedTable['delimiter']
export type Decimal = DetectedTable['decimal']
export type Encoding = DetectedTable['encoding']

/** One file as numbers with names: still on the raw scale, with missing values, names as they stand in the file. */
export interface ExpressionTable {
  readonly input: InputFile
  /** files with the names of the matrix */
  readonly companions?: readonly InputFile[]
  readonly genes: readonly string[]
  /** row of the file where each gene stands; null when genes are columns */
  readonly geneRows: readonly number[] | null
  readonly samples: readonly string[]
  /** experiment of each sample by a column or row of the table; null = the table names none */
  readonly labels: readonly string[] | null
  readonly environmentColumn: string | null
  /** columns or rows with text that could name the experiments */
  readonly environmentCandidates: readonly string[]
  /** genes lie in consecutive memory, see `Values` */
  readonly genesOutside: boolean
  /** sample names were made from row numbers */
  readonly samplesUnnamed: boolean
  /** no value is missing */
  readonly complete: boolean
  /** raw value, NaN = missing */
  readonly get: Values['get']
  /** of a gene when genes are rows, of a sample otherwise */
  readonly line?: Values['line']
  /** name of the format, for the user */
  readonly format: string
  /** sheet, layer or group that was read, and all that could be; null and empty where a file holds one table */
  readonly part: string | null
  readonly parts: readonly TablePart[]
  /** of single-cell files */
  readonly cells?: DetectedCells
  readonly layout: TableLayoutWords
  readonly preview: TablePreview
  readonly findings: readonly Finding[]
}

export type TablePart = DetectedPart

export type TableLayoutWords = Pick<
  DetectedTable,
  'orientation' | 'delimiter' | 'decimal' | 'encoding' | 'gzip'
> & { readonly guessed: readonly (keyof DetectedTable)[] }

export interface SheetRow {
  readonly sample: string
  /** other names of the same sample, e.g. its title beside its GSM number */
  readonly aliases?: readonly string[]
  /** '' = not said */
  readonly experiment: string
  readonly role: 'control' | 'perturbed' | ''
  readonly controlGroup: string
  readonly knownTargets: readonly string[]
  /** the sheet says that there are no targets but the known ones */
  readonly complete: boolean
  /** way in which the known targets move; null = not said */
  readonly direction: 'up' | 'down' | null
  /** '' = not said */
  readonly batch: string
}

export interface SampleSheet {
  readonly name: string
  readonly rows: readonly SheetRow[]
  readonly hasExperiments: boolean
  /** the column that the user named is one of the sheet's */
  readonly hasAskedColumn: boolean
}
