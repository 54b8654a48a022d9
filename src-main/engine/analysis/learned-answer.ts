import type { AnswerParts, OutsideRange } from '../../../src-shared/domain/answer-parts'
import type { ClosedFormAnswer, CombinedAnswer, NetworkAnswer } from '../../core/combine'
import { combine, combineTargets, meanOfLogOdds, outOfDistribution } from '../../core/combine'
import type { NetworkPart } from './ask-network'
import { KNOWN_TARGET, OPEN } from './known-targets'

/** Log-odds that stand for a given target beside evidence; docs/method.md, section 4. */
const GIVEN_LOG_ODDS = 20
/** Temperature of the mean when no combiner was fitted; docs/method.md, section 4. */
const MEAN_TEMPERATURE = { targets: 1, edges: 0.81 }

/**
 * Network and closed form as one answer: by the fitted combiner, or without one by the tempered mean of their log-odds.
 * Given targets enter both as ±20, so that they explain their descendants away.
 *
 * @param closed the closed form's edges [d, d] and its targets [K, d] before the prior on their number
 * @param given [K, d]
 * @returns edges [d, d], targets [K, d]
 */
export function combineParts(
  network: NetworkPart,
  closed: ClosedFormAnswer,
  given: Uint8Array,
): CombinedAnswer {
  const { summary, combiner } = network
  const { ours, theirs } = withGivenTargets(network, closed, given)
  const answer = combiner
    ? combine(summary, ours, theirs, combiner)
    : meanOfLogOdds(ours, theirs, summary.genes, MEAN_TEMPERATURE)
  return { edge: answer.edge, target: answer.target.subarray(0, given.length) }
}

/**
 * The targets of {@link combineParts} alone, of the experiments from `first` on; the edges, which cost most, are left out.
 *
 * @returns [K − first, d]
 */
export function combineTargetParts(
  network: NetworkPart,
  closed: ClosedFormAnswer,
  given: Uint8Array,
  first: number,
): Float64Array {
  const { summary, combiner } = network
  const { ours, theirs } = withGivenTargets(network, closed, given)
  return combiner
    ? combineTargets(summary, ours, theirs, combiner, first)
    : meanOfLogOdds(ours, theirs, summary.genes, MEAN_TEMPERATURE).target.subarray(first * summary.genes)
}

function withGivenTargets(
  { summary, answer }: NetworkPart,
  closed: ClosedFormAnswer,
  given: Uint8Array,
): { readonly ours: NetworkAnswer; readonly theirs: ClosedFormAnswer } {
  const rows = summary.experiments * summary.genes
  return {
    ours: { ...answer, target: withGiven(answer.target, given) },
    theirs: { edge: closed.edge, target: withGiven(padded(closed.target, rows), given) },
  }
}

/** A study without experiments has one neutral row in its summary; it needs a row of the closed form, too. */
function padded(values: Float64Array, length: number): Float64Array {
  if (values.length === length) return values
  const out = new Float64Array(length).fill(-GIVEN_LOG_ODDS)
  out.set(values)
  return out
}

function withGiven<T extends Float32Array | Float64Array>(values: T, given: Uint8Array): T {
  const out = values.slice() as T
  given.forEach((state, cell) => {
    if (state !== OPEN) out[cell] = state === KNOWN_TARGET ? GIVEN_LOG_ODDS : -GIVEN_LOG_ODDS
  })
  return out
}

/** Both answers as they are kept beside the combined one. @param cells K·d */
export function keepParts(network: NetworkPart, closed: ClosedFormAnswer | null, cells: number): AnswerParts {
  const { answer } = network
  return {
    edges: { network: Float64Array.from(answer.edge), closedForm: closed?.edge ?? null },
    targets: {
      network: Float64Array.from(answer.target.subarray(0, cells)),
      closedForm: closed?.target ?? null,
    },
    outside: outsideRanges(network, cells),
  }
}

/** Without experiments the summary has one neutral row, which says nothing about the study. */
function outsideRanges({ summary, combiner }: NetworkPart, cells: number): OutsideRange[] {
  if (!combiner) return []
  return outOfDistribution(summary, combiner.ranges)
    .filter(({ experiment, quantity }) => cells > 0 || (experiment === null && quantity !== 'experiments'))
    .map(({ quantity, value, low, high, experiment }) => ({
      quantity,
      environment: experiment,
      value,
      low,
      high,
    }))
}
