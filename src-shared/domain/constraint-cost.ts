import type { ConstraintEntry } from './constraint-entries'

/** What one statement that only one of two runs was made with cost, or what its removal gave back. Natural logs. */
export interface ConstraintCost {
  readonly entry: ConstraintEntry
  readonly change: 'added' | 'removed'
  /**
   * Probability that the statement holds, in the run that was made without it; null for tiers and leaves, which are about
   * many edges at once
   */
  readonly probability: number | null
  /** −ln probability: the log of the share of the posterior weight that the statement excludes; null as above */
  readonly cost: number | null
  /** the cost is only known to be at least this: no graph of the other run holds the statement */
  readonly atLeast: boolean
  /** the gene whose causes the statement is about; null for tiers and leaves */
  readonly gene: string | null
  /** mean log evidence of that gene's samples given its causes: run with the statement minus run without */
  readonly logEvidence: number | null
  /** other changed statements about the causes of the same gene, which share `logEvidence` */
  readonly sharing: number
}

export interface ConstraintCosts {
  readonly costs: readonly ConstraintCost[]
  /** genes whose sets of causes differ between the runs by more than 5 % of their weight; after minus before */
  readonly genes: readonly { readonly gene: string; readonly logEvidence: number }[]
  /** sum over those genes; natural log, not tempered */
  readonly total: number
  /** α of the run: the search weighs log evidence by it */
  readonly evidenceWeight: number
}
