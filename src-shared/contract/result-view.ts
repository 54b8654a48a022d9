import type { ConstraintMark } from '../domain/constraints'
import type { GeneChoiceSummary } from './dataset-summary'
import type { AnswerParts } from '../domain/answer-parts'
import type { EdgePosterior, ModelRecord, RunDiagnostics, TargetPosterior } from '../domain/result'
import type { ImportChoices, InputFile, Transform } from '../domain/dataset'
import type { RunMode, RunSettings } from '../domain/run-settings'

export interface RunSummary {
  readonly runId: string
  readonly name: string
  readonly datasetId: string | null
  readonly createdAt: string
  readonly genes: number
  readonly environments: number
  /** what answered; 'instant' while the full search of the same run still goes on, or after it was cancelled */
  readonly mode: RunMode
  readonly seconds: number
  readonly warnings: readonly string[]
  readonly resultHash: string
}

/** A result without its learned state: what the result views draw. */
export interface ResultView {
  readonly run: RunSummary
  readonly genes: readonly string[]
  /** [K] perturbed environments */
  readonly environments: readonly string[]
  readonly control: string | null
  readonly samplesPerEnvironment: readonly number[]
  readonly files: readonly InputFile[]
  readonly transform: Transform
  /** what was not left to the importer; empty also where an older result recorded nothing */
  readonly choices: ImportChoices
  readonly settings: RunSettings
  readonly edges: EdgePosterior
  /** [d*d] */
  readonly constraintMarks: readonly ConstraintMark[]
  readonly targets: TargetPosterior
  /** network and closed form before they were combined: what each says, where they disagree, what is unusual */
  readonly parts: AnswerParts | null
  readonly model: ModelRecord | null
  /** evidence views and mechanisms exist; false in mode 'instant' */
  readonly hasEvidence: boolean
  /** what changed in an experiment can be asked with `run.differential` */
  readonly hasDifferential: boolean
  /** which genes of the file were analysed; null in an older result */
  readonly geneChoice: GeneChoiceSummary | null
  readonly diagnostics: RunDiagnostics
  readonly appVersion: string
}
