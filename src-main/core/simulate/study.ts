import type { SimulatedKind, SimulationSpec } from '../../../src-shared/domain/simulation'

/** A study with known truth. Rows are sorted by environment; environment 0 is the control. */
export interface SimulatedStudy {
  readonly spec: SimulationSpec
  readonly seed: number
  /** [d] */
  readonly genes: readonly string[]
  /** [K + 1] control first */
  readonly environments: readonly string[]
  /** [n] 0 = control */
  readonly environmentOf: Int32Array
  /** [n] 0-based cell type; all 0 where the model knows none */
  readonly cellTypeOf: Int32Array
  /** [n, d] raw values as a measurement would report them */
  readonly values: Float64Array
  /** what the raw values are; counts and rates are to be log-transformed before an analysis */
  readonly scale: ValueScale
  /** [cause, effect] gene indices, sorted */
  readonly edges: readonly (readonly [number, number])[]
  readonly perturbations: readonly Perturbation[]
}

export type ValueScale = 'counts' | 'rates' | 'log-expression' | 'centred'

/** One direct target of one environment. */
export interface Perturbation {
  /** 1..K */
  readonly environment: number
  readonly gene: number
  readonly kind: SimulatedKind
  /**
   * hard: mean of the new distribution, shift: offset, both signed and in control sd;
   * scale: factor on the noise; knock-out, knock-down and over-expression: factor on the production rate.
   */
  readonly level: number
  /** hard: sd of the new distribution in control sd; otherwise 0 */
  readonly spread: number
}
