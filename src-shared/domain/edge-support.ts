/** What speaks for and against an edge beyond its probability. Natural logarithms. */
export interface EdgeSupport {
  /**
   * ln p(samples of the experiment | all other samples, with the cause) − the same without the cause; positive: the
   * experiment supports the edge. null where there are no samples
   */
  readonly control: number | null
  readonly experiments: readonly {
    readonly environment: string
    readonly support: number
    /** the effect gene left its mechanism here, so the samples say nothing about its causes */
    readonly replaced: boolean
  }[]
  /** the cause was taken out of the kept sets that hold it, or put into those that do not when none holds it */
  readonly comparedBy: 'removing' | 'adding' | 'nothing'
  /** of the ordered pair and what else could join the two genes; sums to 1 */
  readonly alternatives: {
    readonly edge: number
    readonly reverse: number
    /** no edge between them, but a cause that both have */
    readonly sharedCause: number
    readonly neither: number
  }
  /** genes by the probability that they cause both, at most 5 */
  readonly sharedCauses: readonly { readonly gene: string; readonly probability: number }[]
}
