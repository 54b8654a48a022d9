/** Natural log-odds of the two methods for the same cells, before constraints and known targets were applied. */
export interface PartLogOdds {
  readonly network: Float64Array
  /** null in mode 'instant', where the closed form did not run */
  readonly closedForm: Float64Array | null
}

/**
 * What each method says by itself, kept beside the combined answer so that every view can show both. Targets of the
 * closed form are those before its prior on the number of targets.
 */
export interface AnswerParts {
  /** [d*d] row = cause */
  readonly edges: PartLogOdds
  /** [K*d] */
  readonly targets: PartLogOdds
  /** properties of the study outside the range of those the model was trained on */
  readonly outside: readonly OutsideRange[]
}

/** A property of the study, or of one of its experiments, outside what the model was trained on. */
export interface OutsideRange {
  /** key of the property; sentences about it: contract/outside-range */
  readonly quantity: string
  /** 0-based experiment that is meant; null = the study as a whole */
  readonly environment: number | null
  readonly value: number
  /** 0.5 % and 99.5 % quantile over the training studies */
  readonly low: number
  readonly high: number
}

/** Natural log-odds between the two methods from which their disagreement is told: docs/method.md, section 4. */
export const DISAGREEMENT_LOG_ODDS = 3

/**
 * Whether the two methods disagree on one cell: their log-odds differ by more than 3 and one of them says "more likely than
 * not". Two methods that both say no agree, however sure each of them is.
 */
export function disagrees(network: number, closedForm: number): boolean {
  return Math.max(network, closedForm) > 0 && Math.abs(network - closedForm) > DISAGREEMENT_LOG_ODDS
}

/**
 * Cells on which the two methods disagree, ascending; none when one of them did not answer.
 * @param genes of edges [d*d], whose diagonal is no edge; absent for targets
 */
export function disagreements({ network, closedForm }: PartLogOdds, genes = 0): number[] {
  const cells: number[] = []
  if (closedForm === null) return cells
  for (let cell = 0; cell < network.length; cell++)
    if (!(genes > 0 && cell % (genes + 1) === 0) && disagrees(network[cell]!, closedForm[cell]!))
      cells.push(cell)
  return cells
}
