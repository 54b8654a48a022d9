import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { DatasetSummary, Finding } from '../../../src-shared/contract/dataset-summary'
import type { Dataset } from '../../../src-shared/domain/dataset'
import type { Breathe, Expression } from './expression'
import type { ImportLimits } from './limits'
import type { ExpressionTable } from './types'

export interface ReadOutcome {
  /** null exactly when a finding is blocking */
  readonly dataset: Dataset | null
  readonly summary: Omit<DatasetSummary, 'datasetId'>
}

/** What is known once the files are read, and what was found in them. */
export interface Study {
  readonly name: string
  readonly tables: readonly ExpressionTable[]
  readonly table: Expression
  /** names of transcription factors */
  readonly factors: ReadonlySet<string>
  /** name that is shown → name in the file, where they differ */
  readonly originals: ReadonlyMap<string, string>
  readonly options: ReadOptions
  readonly findings: readonly Finding[]
  /** the experiments come from a sample sheet that is none of the files */
  readonly hasSheet: boolean
  readonly limits: ImportLimits
  readonly pause: Breathe
}
