/** One way along which a source acts on the gene. */
export interface SourcePath {
  /** from the source to the gene */
  readonly genes: readonly string[]
  /** control sd of the gene */
  readonly contribution: number
}

/** A gene upstream whose own change reaches the gene that is looked at. */
export interface ChangeSource {
  readonly gene: string
  /** on the list of targets of the experiment, or given: all of its shift counts; else only what its causes leave open */
  readonly isTarget: boolean
  /** P(direct target of the experiment) */
  readonly probability: number
  /** the shift of the source that acts, in its control sd */
  readonly own: number
  /** what it adds to the shift of the gene, over all paths, in control sd of the gene */
  readonly contribution: number
  /** the strongest, at most three */
  readonly paths: readonly SourcePath[]
}

/**
 * Where the shift of a gene in an experiment comes from (docs/method.md, section 6). `observed` is exactly the sum of all
 * contributions, of those that are not listed, and of `own`.
 */
export interface ChangeSources {
  readonly environment: string
  readonly gene: string
  /** control sd */
  readonly observed: number
  /** largest contribution first */
  readonly sources: readonly ChangeSource[]
  /** contribution of sources that are not listed, together */
  readonly others: number
  /** what nothing upstream accounts for: a direct hit, a missing edge, a missing gene or noise */
  readonly own: number
  /** the gene is itself a direct target */
  readonly isTarget: boolean
}
