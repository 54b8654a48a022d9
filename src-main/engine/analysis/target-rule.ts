import type { RunSettings } from '../../../src-shared/domain/run-settings'
import { atLeastOneTarget, LEAST_ANY_TARGET, noTargetProbability } from '../../core/search/any-target'
import {
  countAwareLogOdds,
  countPrior,
  COUNT_SHAPE,
  independentCountPrior,
  learnCountPrior,
} from '../../core/search/target-count'
import type { TargetInputs } from './target-summary'

/** How the genes of one experiment are judged together. */
export interface TargetRule {
  /**
   * Log-odds of an experiment without given targets, in place.
   * @param row [d]
   * @returns P(no target at all)
   */
  readonly openExperiment: (environment: number, row: Float64Array) => number
  /** 'No confident target' is the answer. @param bestFdr of the best list of the experiment */
  readonly isWithoutTarget: (noTarget: number, bestFdr: number) => boolean
}

/**
 * Of answers the network took part in: network and combiner judge every gene beside the other genes of its experiment, so
 * the number of targets gets no second prior; 'at least one' conditions on it.
 */
export function learnedRule(settings: RunSettings): TargetRule {
  return {
    openExperiment: (_, row) => {
      if (settings.targetsPrior !== 'at-least-one') return noTargetProbability(row)
      atLeastOneTarget(row)
      return 0
    },
    isWithoutTarget: (noTarget, bestFdr) => 1 - noTarget < LEAST_ANY_TARGET && bestFdr > settings.fdr,
  }
}

/** Of the closed form alone: a prior on the number of targets over all genes of an experiment. */
export function closedFormRule(
  { logOdds, given, prior }: TargetInputs,
  K: number,
  d: number,
  settings: RunSettings,
): TargetRule & { readonly countPrior: Float64Array } {
  const priorLogOdds = Math.log(prior) - Math.log(1 - prior)
  const logBayesFactors = logOdds.map((value, i) => (given[i] ? 0 : value - priorLogOdds))
  const openRows = Array.from({ length: K }, (_, k) => k).filter((k) =>
    given.subarray(k * d, (k + 1) * d).every((state) => state === 0),
  )
  const open = new Float64Array(openRows.length * d)
  openRows.forEach((k, at) => open.set(logBayesFactors.subarray(k * d, (k + 1) * d), at * d))
  const used = targetCountPrior(settings.targetsPrior, open, openRows.length, d, prior)
  return {
    countPrior: used,
    openExperiment: (k, row) => countAwareLogOdds(logBayesFactors.subarray(k * d, (k + 1) * d), used, row),
    isWithoutTarget: (_, bestFdr) => bestFdr > settings.fdr,
  }
}

/** The prior on the number of targets that a setting asks for. @returns [T + 1] */
function targetCountPrior(
  setting: RunSettings['targetsPrior'],
  logBayesFactors: Float64Array,
  K: number,
  d: number,
  prior: number,
): Float64Array {
  if (setting === 'independent') return independentCountPrior(d, prior, Math.min(COUNT_SHAPE.length, d))
  return setting === 'at-least-one' ? countPrior(0, d) : learnCountPrior(logBayesFactors, K, d)
}
