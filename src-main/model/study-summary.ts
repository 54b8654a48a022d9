/** What the network reads of a study. */
export const FEATURE_VERSION = 1
export const PAIR_WIDTH = 22
export const EXPERIMENT_WIDTH = 17
export const GLOBAL_WIDTH = 5

export interface StudySummary {
  readonly genes: number
  /** at least 1: a study without experiments has one neutral row */
  readonly experiments: number
  /** [d, d, 22] row = cause */
  readonly pair: Float32Array
  /** [K, d, 17] */
  readonly experiment: Float32Array
  /** [K, 5] */
  readonly global: Float32Array
}
