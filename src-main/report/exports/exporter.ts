import {
  formatInfo,
  type ExportFormat,
  type ExportOptions,
} from '../../../src-shared/contract/export-formats'
import type { HonestyCheck } from '../../../src-shared/domain/experiment-evidence'
import type { AnalysisResult } from '../../../src-shared/domain/result'

/** What every exporter is given. */
export interface ExportInput {
  readonly result: AnalysisResult
  readonly options: ExportOptions
  /** for the report; null where none can be made */
  readonly honesty: HonestyCheck | null
  /** the text of `result.json`, which another part of the program writes */
  readonly resultJson: () => string
}

/** Writes one file. The same result and options give the same bytes; every date comes from the result. */
export type Exporter = (input: ExportInput) => string | Uint8Array

/** The threshold that applies to a format: the user's, or the one of the format. */
export function thresholdOf(format: ExportFormat, options: ExportOptions): number {
  return options.minProbability ?? formatInfo(format).minProbability ?? 0
}
