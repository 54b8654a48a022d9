import type { DifferentialExpression } from './differential'
import type { MeasuredGenes } from './measured-genes'
import type { GeneScores, SampleQuality } from './sample-quality'

/**
 * A clean expression table: the one form in which data reaches the mathematics.
 * Rows (samples) are sorted by environment; environment 0 is the control and may be empty.
 */
export interface Dataset {
  readonly name: string
  /** [d] unique, as displayed */
  readonly genes: readonly string[]
  /** [n] unique sample names, in row order */
  readonly samples: readonly string[]
  /** [n, d] row-major expression after the transform; finite */
  readonly values: Float64Array
  /** [n] 0 = control, 1..K = perturbed environments; ascending */
  readonly environmentOf: Int32Array
  /** [K + 1] names; index 0 is the control's name ('' when there is none) */
  readonly environments: readonly string[]
  /** What was done to the raw values before they became `values`. */
  readonly transform: Transform
  readonly files: readonly InputFile[]
  /** all genes of the file and what became of them; absent on tables that did not come from a file */
  readonly measured?: MeasuredGenes
  /** of all genes of the file; null without a control or without replicates */
  readonly differential?: DifferentialExpression | null
  /** of all genes of the file; absent on tables that did not come from a file */
  readonly quality?: SampleQuality
  readonly geneScores?: GeneScores
  /** changes to what stands in the files, for methods text and report; absent or empty = none */
  readonly repairs?: readonly AppliedRepair[]
  /** experiment → way in which its known targets should move, as the sample sheet or the user says; absent = nowhere said */
  readonly directions?: Directions
  /** how the files were read where that was not left to the importer, so that a run can be repeated; absent = nowhere */
  readonly choices?: ImportChoices
}

export type Directions = Readonly<Record<string, 'up' | 'down'>>

/** Fields of the contract's ReadOptions that differ from their defaults. */
export type ImportChoices = Readonly<
  Record<
    string,
    | string
    | number
    | boolean
    | readonly string[]
    | Readonly<Record<string, string>>
    | readonly Readonly<Record<string, string | boolean | readonly string[]>>[]
  >
>

/** A change that the importer made by the user's choice or by rule. */
export interface AppliedRepair {
  /** stable machine name, e.g. `excel-dates` */
  readonly rule: string
  /** what was changed, in words */
  readonly text: string
}

export interface InputFile {
  readonly name: string
  readonly bytes: number
  /** lower-case hex of the file as it lay on disk */
  readonly sha256: string
}

export const TRANSFORMS = ['none', 'log1p', 'log1p-size-factors', 'log1p-cpm', 'log1p-panel-factors'] as const
/**
 * `log1p-size-factors`: log1p of counts divided by size factors, median of ratios over all genes of the file (library sizes
 * where no gene is positive in every sample). `log1p-cpm`: log1p of counts per million of all counts of the sample.
 * `log1p-panel-factors`: log1p of counts divided by a factor that all genes of a panel share (too few for size factors).
 */
export type Transform = (typeof TRANSFORMS)[number]

/** [K + 2] row offsets of the environments: rows of k are starts[k] .. starts[k+1] - 1. */
export function environmentStarts(environmentOf: Int32Array, count: number): Int32Array {
  const starts = new Int32Array(count + 1)
  for (let row = 0; row < environmentOf.length; row++) starts[environmentOf[row]! + 1]!++
  for (let k = 0; k < count; k++) starts[k + 1]! += starts[k]!
  return starts
}
