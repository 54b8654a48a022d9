/**
 * Datasets of more samples are not measured sample by sample: that many rows are cells or machine-made, nobody leaves
 * them out one by one, and measuring them would cost as much time and memory as reading them.
 */
export const MOST_MEASURED_SAMPLES = 20_000

/**
 * What the samples of a dataset look like beside each other, over all genes of the file and not only the analysed ones.
 * Rows are those of the dataset. How each is computed: docs/method.md, "Quality of the samples".
 */
export interface SampleQuality {
  /** [n] sum of the values of the file; null where values are logarithms, whose sum means nothing */
  readonly totals: Float64Array | null
  /** [n] genes above zero; null where zero means nothing */
  readonly detected: Int32Array | null
  /** genes of the file without missing values */
  readonly genes: number
  /** genes with the largest variance, over which the samples are compared */
  readonly compared: number
  /** [n, 2] scores on the first two principal components of the compared genes */
  readonly scores: Float64Array
  /** shares of the variance of the two components */
  readonly explained: readonly [number, number]
  /** [n] distance from the mean of the other samples of its experiment; NaN where there are none */
  readonly spread: Float64Array
  /** what is correlated: with very many samples the means of the experiments */
  readonly correlated: 'samples' | 'experiments'
  /** [m, m] Pearson correlation over the compared genes; NaN where one never changes */
  readonly correlation: Float32Array
}

/** What each gene of the file was judged by when genes were chosen; [G], NaN where values are missing. */
export interface GeneScores {
  /** largest shift of any experiment against the control, in pooled spreads */
  readonly shift: Float32Array
  readonly variance: Float32Array
}
