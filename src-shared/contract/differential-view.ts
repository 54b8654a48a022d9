/** What changed in one experiment, in numbers. */
export interface ChangeSummary {
  readonly environment: string
  /** genes of the file that were tested */
  readonly tested: number
  /** with an adjusted p of at most CHANGED_AT, also those outside the network */
  readonly changed: number
  readonly up: number
  readonly down: number
  /** changed genes of the network */
  readonly changedInNetwork: number
  /** changed genes of the network that are not among `targets`: those that the targets may explain */
  readonly others: number
  /** direct targets whose effect is followed: the confident ones and those given */
  readonly targets: readonly string[]
  /**
   * Share of the squared shifts of the changed genes of the network, without the targets themselves, that the effects of
   * `targets` along the network account for, 0 … 1 (docs/method.md, section 7). Null when there is no such gene, no
   * target, or no fitted mechanism (mode 'instant').
   */
  readonly explained: number | null
}

/**
 * Every tested gene of one experiment, in the order of the file: what a volcano plot and its table show. Columns have one
 * entry per gene.
 */
export interface ExperimentDifferential {
  readonly environment: string
  readonly summary: ChangeSummary
  readonly unit: 'log2' | 'value'
  readonly genes: readonly string[]
  /** index of the gene among the genes of the run, -1 = not in the network */
  readonly inNetwork: Int32Array
  readonly averageExpression: Float64Array
  readonly logFoldChange: Float64Array
  readonly t: Float64Array
  readonly pValue: Float64Array
  /** Benjamini–Hochberg within the experiment */
  readonly adjusted: Float64Array
  /** index into CHANGE_CLASSES */
  readonly changeClass: Uint8Array
  /**
   * shift that the effects of the targets predict, in control sd (as `observedShift` of the targets); NaN outside the
   * network and where no effect is fitted
   */
  readonly propagatedShift: Float64Array
}
