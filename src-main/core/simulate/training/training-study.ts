/** One simulated study as the analysis would see it, with its truth. Rows are sorted by environment. */
export interface TrainingStudy {
  /** d, measured genes */
  readonly genes: number
  /** K, without the control */
  readonly experiments: number
  /** [n, d] after the transform that an importer would choose */
  readonly values: Float64Array
  /** [K + 2] row offsets, control first; starts[1] = 0 when there is no control */
  readonly starts: Int32Array
  /** [d, d] 1 = row is a direct cause of column relative to the measured genes */
  readonly edges: Uint8Array
  /** [K, d] 1 = the experiment hits the gene directly */
  readonly targets: Uint8Array
  /** index into TRAINING_FAMILIES */
  readonly family: number
}

export interface StudyShape {
  /** d ≥ 2 */
  readonly genes: number
  /** K ≥ 1 */
  readonly experiments: number
}
