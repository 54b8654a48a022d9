/** Cells by experiment and replicate. */
export interface Groups {
  /** [cells] experiment, -1 = left out */
  readonly experimentOf: Int32Array
  /** names of the experiments; one empty name when no column names any */
  readonly experiments: readonly string[]
  /** [cells] experiment and replicate, -1 = left out */
  readonly groupOf: Int32Array
  readonly groups: readonly { readonly experiment: number; readonly replicate: string }[]
  /** [cells] number of the replicate */
  readonly replicateOf: Int32Array
  readonly unassigned: number
  readonly controls: number
  readonly usual: 'pseudobulk' | 'sample'
}
