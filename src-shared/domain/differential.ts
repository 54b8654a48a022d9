/**
 * Differential expression of every gene of the file that changes at all, also of those that the analysis leaves out:
 * moderated t of each experiment against the control (docs/method.md, section 7). Numbers that follow from these (t, p)
 * are not stored: `core/differential` derives them, one experiment at a time.
 */
export interface DifferentialExpression {
  /** [T] ascending positions in `MeasuredGenes.names` of the genes that are kept here */
  readonly genes: Int32Array
  /** genes that were tested; more than `genes` only when the table is too large to be kept whole */
  readonly tested: number
  /**
   * [K*T] mean of the experiment minus mean of the control, on the log2 scale after a log transform, else in the unit of
   * the values; adjusted for batches where there are any
   */
  readonly logFoldChange: Float32Array
  /** [T] mean of all samples, same scale */
  readonly averageExpression: Float32Array
  /** [T] moderated standard deviation within experiments, same scale */
  readonly sd: Float64Array
  /** [K] standard error of a log fold change over `sd`; NaN for an experiment without samples */
  readonly errorFactor: Float64Array
  /** degrees of freedom of the moderated t, the same for all genes */
  readonly freedom: number
  /** degrees of freedom of the prior on the variances; Infinity = all genes share one variance */
  readonly priorFreedom: number
  /** scale of the prior on the variances */
  readonly priorVariance: number
  /** [K*T] Benjamini–Hochberg adjusted p within the experiment over all tested genes; null when it follows from `genes` */
  readonly adjusted: Float32Array | null
  /** the batches of the sample sheet are in the model */
  readonly batches: number
}

/** An adjusted p up to this counts as changed. */
export const CHANGED_AT = 0.05

/**
 * How the run explains the change of a gene in an experiment.
 * `unchanged`: adjusted p above CHANGED_AT. The others changed. `direct`: on the list of targets, or given.
 * `downstream`: in the network, and the effect of the targets accounts for at least half of its squared shift.
 * `unexplained`: in the network, and neither. `outside`: not in the network, so that nothing is said.
 */
export const CHANGE_CLASSES = ['unchanged', 'direct', 'downstream', 'unexplained', 'outside'] as const
export type ChangeClass = (typeof CHANGE_CLASSES)[number]
