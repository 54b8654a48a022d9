/** Log-odds of the learned network. */
export interface NetworkAnswer {
  /** [d, d] row = cause */
  readonly edge: Float32Array
  /** [d, d] the row gene is upstream of the column gene, directly or not */
  readonly ancestor: Float32Array
  /** [K, d] */
  readonly target: Float32Array
}

/** Log-odds of the closed-form posterior; ±Infinity where a constraint decides. */
export interface ClosedFormAnswer {
  /** [d, d] row = cause */
  readonly edge: Float64Array
  /** [K, d] before the number-of-targets prior; known targets as ±20 */
  readonly target: Float64Array
}

/** Log-odds of both parts together; the diagonal of the edges is −Infinity. */
export interface CombinedAnswer {
  /** [d, d] row = cause */
  readonly edge: Float64Array
  /** [K, d] before the number-of-targets prior */
  readonly target: Float64Array
}

/** Parallel arrays, one entry per node, root first; a leaf has feature −1. `x <= threshold` goes left. */
export interface Tree {
  readonly feature: readonly number[]
  readonly threshold: readonly number[]
  readonly left: readonly number[]
  readonly right: readonly number[]
  readonly value: readonly number[]
}

/** Boosted trees that answer with a log-odds: base + the sum of one leaf value per tree. */
export interface TreeEnsemble {
  /** names of the cell features, in the order that `Tree.feature` counts */
  readonly features: readonly string[]
  readonly base: number
  readonly trees: readonly Tree[]
}

export interface ForBoth {
  readonly targets: number
  readonly edges: number
}

/** 0.5 % and 99.5 % quantile, and the median, of a quantity over the studies of the fit. */
export interface TrainedRange {
  readonly low: number
  readonly high: number
  readonly median: number
}

/** How network and closed form become one answer; fitted on simulated studies and versioned with the network. */
export interface Combiner {
  readonly version: 1
  readonly targets: TreeEnsemble
  readonly edges: TreeEnsemble
  /** multiplies the mean of the two log-odds */
  readonly temperature: ForBoth
  /** weight of the trees; the tempered mean has the rest */
  readonly blend: ForBoth
  readonly ranges: Readonly<Record<string, TrainedRange>>
}

/** One row of inputs per cell, for the trees and for fitting them. */
export interface Cells {
  /** [rows, names] */
  readonly features: Float32Array
  readonly names: readonly string[]
}
