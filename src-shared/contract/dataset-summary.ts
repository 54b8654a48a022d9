import type { InputFile, Transform } from '../domain/dataset'
import type { GeneFate, GeneReason } from '../domain/measured-genes'
import type { ReadOptions } from './dataset-source'
import type { ErrorCode } from './errors'

export interface DatasetSummary {
  readonly datasetId: string
  /** the options it was read with, so that a window can read the same files again with one of them changed */
  readonly read: ReadOptions
  readonly name: string
  readonly files: readonly InputFile[]
  readonly genes: readonly string[]
  /** number of genes in the files, before any were chosen, and some of their names */
  readonly genesInFiles: number
  readonly geneSamples: readonly string[]
  readonly samples: readonly SampleSummary[]
  readonly environments: readonly EnvironmentSummary[]
  /** name of the control environment; null = none */
  readonly control: string | null
  readonly detected: DetectedTable
  readonly findings: readonly Finding[]
  readonly preview: TablePreview
  readonly knownTargets: Readonly<Record<string, { genes: string[]; complete: boolean }>>
  readonly geneChoice: GeneChoiceSummary
}

/** Which genes of the file are analysed. All names of the others: export `dropped-genes-tsv` of a run. */
export interface GeneChoiceSummary {
  /** genes of the file after duplicates were settled */
  readonly measured: number
  readonly analysed: number
  /** reasons of the analysed genes, most frequent first */
  readonly kept: readonly { readonly reason: GeneReason; readonly count: number }[]
  /** what became of the others, most frequent first */
  readonly dropped: readonly {
    readonly fate: GeneFate
    readonly count: number
    readonly examples: readonly string[]
  }[]
}

export interface SampleSummary {
  readonly name: string
  /** '' = left out */
  readonly environment: string
  /** where the sample sheet names batches */
  readonly batch?: string
  /** experiment before the controls of several groups were put together, where it differs */
  readonly group?: string
}

export interface EnvironmentSummary {
  readonly name: string
  readonly samples: number
  readonly isControl: boolean
  /** control group it is compared with, where there are several */
  readonly controlGroup?: string
  /** of the known targets, by the sample sheet or the user */
  readonly direction?: 'up' | 'down'
}

/** What the importer decided; `guessed` lists the fields that were not set by the user. */
export interface DetectedTable {
  readonly orientation: 'genes-in-columns' | 'genes-in-rows'
  readonly delimiter: 'tab' | 'comma' | 'semicolon' | 'pipe' | 'space'
  readonly decimal: 'point' | 'comma'
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
  readonly gzip: boolean
  /** `per-million`: scaled to the same total in every sample (TPM, CPM) */
  readonly scale: 'counts' | 'per-million' | 'non-negative' | 'log-or-centred'
  readonly transform: Transform
  readonly environmentFrom: 'column' | 'sheet' | 'sample-names' | 'assignment' | 'none'
  readonly environmentColumn: string | null
  /** other columns, or rows, that could name the experiments */
  readonly environmentCandidates?: readonly string[]
  readonly guessed: readonly string[]
  /** name of the format for the user, e.g. `text table`, `AnnData`; the words of text tables (delimiter, decimal, encoding) say nothing about others */
  readonly format?: string
  /** sheet, layer or group that was read; null where a file holds one table */
  readonly part?: string | null
  /** all that `ReadOptions.part` could name */
  readonly parts?: readonly DetectedPart[]
  /** of single-cell files */
  readonly cells?: DetectedCells
}

/** Cells that were chosen or added up instead of being samples one by one. */
export interface DetectedCells {
  readonly mode: 'pseudobulk' | 'sample'
  /** column that tells replicates apart; null = none */
  readonly replicateColumn: string | null
  /** columns of the file that could */
  readonly columns: readonly string[]
  /** bounds in force; 0 and 100 = none */
  readonly bounds: { readonly counts: number; readonly genes: number; readonly mitochondrial: number }
  /** cells of each experiment, of them good enough, and samples they became; at most 200 experiments */
  readonly experiments: readonly {
    readonly name: string
    readonly cells: number
    readonly kept: number
    readonly samples: number
  }[]
  readonly total: number
  readonly kept: number
  /** memory for the values of each way, in bytes */
  readonly memoryBytes: { readonly pseudobulk: number; readonly sample: number; readonly all: number }
}

/** A sheet of a workbook, a layer of an AnnData file, a genome of a 10x file. */
export interface DetectedPart {
  readonly name: string
  readonly rows: number
  readonly columns: number
  readonly hidden?: boolean
}

/** `blocking` findings leave the dataset unusable until an option decides them. */
export interface Finding {
  readonly level: 'blocking' | 'review' | 'info'
  /** stable machine name, e.g. `constant-gene` */
  readonly rule: string
  /** what, where, what was done, what to do */
  readonly text: string
  readonly count: number
  readonly examples: readonly string[]
  /** error code the command line ends with when nobody can be asked; set on blocking findings */
  readonly code?: ErrorCode
  /** the option of ReadOptions that settles it, with its choices */
  readonly choice?: FindingChoice
}

/** How a finding can be settled: the repairs, and the value that leaves the data as they are. */
export interface FindingChoice {
  readonly option: keyof ReadOptions
  readonly values: readonly ChoiceValue[]
  /** the value in force; null or absent while it is open */
  readonly current?: string | null
  /** a repair that needs no judgement of a person; what "apply all safe repairs" takes */
  readonly safe?: string
}

export interface ChoiceValue {
  readonly value: string
  readonly label: string
  /** where it is not the option of the choice */
  readonly option?: keyof ReadOptions
  /** refuses the repair */
  readonly keeps?: boolean
  /** the first of the changes that it makes */
  readonly changes?: readonly Change[]
  /** number of changes; absent where it is not counted */
  readonly total?: number
}

/** One line of a before–after diff. */
export interface Change {
  readonly where: string
  readonly before: string
  readonly after: string
}

/** The first rows and columns as they stand in the file. */
export interface TablePreview {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly totalRows: number
  readonly totalColumns: number
}
