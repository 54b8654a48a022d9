import type { StudySummary } from '../features/summary'
import type { TrainedRange } from './combiner'
import { describeStudy, STUDY_QUANTITIES, type StudyQuantity } from './study-quantities'
import { studySizes } from './summary-columns'

/** A study-level quantity outside what the learned part was trained on. */
export interface OutOfDistributionFlag {
  readonly quantity: StudyQuantity
  readonly value: number
  /** 0.5 % and 99.5 % quantile over the training studies */
  readonly low: number
  readonly high: number
  /** index of the experiment that is meant; null = the study as a whole */
  readonly experiment: number | null
}

/** Quantities that belong to one experiment: each experiment outside the range is named. */
const OF_EXPERIMENT: ReadonlySet<StudyQuantity> = new Set([
  'fewestSamples',
  'mostSamples',
  'largestShiftedShare',
])

/**
 * What of a study lies outside the training range of the combiner, in the order of {@link STUDY_QUANTITIES}.
 * A study without control is trained on: its control samples are not judged.
 * An experiment of which nearly all genes are shifted ('largestShiftedShare') looks like a batch.
 *
 * @param ranges of combiner.json; a quantity without a range is not judged
 */
export function outOfDistribution(
  summary: StudySummary,
  ranges: Readonly<Record<string, TrainedRange>>,
): OutOfDistributionFlag[] {
  const { quantities, shiftedShare } = describeStudy(summary)
  const { noControl, experimentSamples } = studySizes(summary)
  const flags: OutOfDistributionFlag[] = []
  for (const quantity of STUDY_QUANTITIES) {
    const range = Object.hasOwn(ranges, quantity) ? ranges[quantity] : undefined
    if (!range || (quantity === 'controlSamples' && noControl)) continue
    const { low, high } = range
    const outside = (value: number): boolean => value < low || value > high
    if (!OF_EXPERIMENT.has(quantity)) {
      const value = quantities[quantity]
      if (outside(value)) flags.push({ quantity, value, low, high, experiment: null })
      continue
    }
    const values = quantity === 'largestShiftedShare' ? shiftedShare : experimentSamples
    values.forEach((value, experiment) => {
      const meant = quantity === 'fewestSamples' ? value < low : value > high
      if (meant) flags.push({ quantity, value, low, high, experiment })
    })
  }
  return flags
}
