import type { ConstraintMark } from '../domain/constraints'
import type { EdgePosterior, RunDiagnostics, TargetPosterior } from '../domain/result'
import type { InputFile, Transform } from '../domain/dataset'
import type { RunSettings } from '../domain/run-settings'

export interface RunSummary {
  readonly runId: string
  readonly name: string
  readonly datasetId: string | null
  readonly createdAt: string
  readonly genes: number
  readonly environments: number
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
  readonly settings: RunSettings
  readonly edges: EdgePosterior
  /** [d*d] */
  readonly constraintMarks: readonly ConstraintMark[]
  readonly targets: TargetPosterior
  readonly diagnostics: RunDiagnostics
  readonly appVersion: string
}
