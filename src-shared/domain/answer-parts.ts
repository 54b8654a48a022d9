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

/** A property of the study, or of one of its experiments, that the model has not met in training. */
export interface OutsideRange {
  /** key of the property, e.g. 'samples'; texts for it: contract/outside-range */
  readonly quantity: string
  /** experiments it concerns (0-based); empty = the whole study */
  readonly environments: readonly number[]
  /** the most extreme value, and the range met in training */
  readonly value: number
  readonly low: number
  readonly high: number
}

/** The methods disagree on a cell when their log-odds differ by more than this (docs/method.md, section 4). */
export const DISAGREEMENT_LOG_ODDS = 3
/** Beyond odds of 1 : 99 both have made up their mind: −5 against −40 is no disagreement. */
const DECIDED = Math.log(99)

const decided = (logOdds: number): number => Math.max(-DECIDED, Math.min(DECIDED, logOdds))

/** Whether the two methods disagree on one cell. False where either is missing. */
export function disagrees(network: number, closedForm: number): boolean {
  return Math.abs(decided(network) - decided(closedForm)) > DISAGREEMENT_LOG_ODDS
}

/** Cells on which the two methods disagree, ascending; none when one of them did not answer. */
export function disagreements({ network, closedForm }: PartLogOdds): number[] {
  const cells: number[] = []
  if (closedForm === null) return cells
  for (let cell = 0; cell < network.length; cell++)
    if (disagrees(network[cell]!, closedForm[cell]!)) cells.push(cell)
  return cells
}
