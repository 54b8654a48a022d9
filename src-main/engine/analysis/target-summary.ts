import { TARGET_KINDS, type TargetPosterior } from '../../../src-shared/domain/result'
import { sigmoid } from '../../core/linalg/log-space'
import { bestFdr, rankEnvironment } from '../../core/search/target-list'
import { KNOWN_NOT_TARGET, KNOWN_TARGET } from './known-targets'
import type { TargetRule } from './target-rule'

/** Log-odds that stand for 'given by the user' in rankings; far beyond any evidence. */
const CERTAIN_LOG_ODDS = 1e4

export interface TargetInputs {
  /** [K, d] log-odds; those of the closed form are before the prior on the number of targets */
  readonly logOdds: Float64Array
  /** [K, d] given targets */
  readonly given: Uint8Array
  /** prior probability the log-odds of the closed form were computed with (open genes) */
  readonly prior: number
  /** [K, d] P(hard | target); NaN = unknown kind */
  readonly hardShare: Float64Array
  readonly observedShift: Float64Array
  readonly predictedShift: Float64Array
  /** [K, d] |observed − predicted| in units of its standard error */
  readonly shiftZ: Float64Array
}

/** Probabilities, ranks, list FDR, kinds and verdicts of all experiments; given targets are exact. */
export function summariseTargets(
  inputs: TargetInputs,
  K: number,
  d: number,
  rule: TargetRule,
): TargetPosterior {
  const logOdds = new Float64Array(K * d)
  const probability = new Float64Array(K * d)
  const noTarget = new Float64Array(K)
  const rank = new Int32Array(K * d)
  const listFdr = new Float64Array(K * d)
  const noConfidentTarget: boolean[] = []
  const row = new Float64Array(d)
  for (let k = 0; k < K; k++) {
    const given = inputs.given.subarray(k * d, (k + 1) * d)
    const hasGiven = given.some((state) => state !== 0)
    for (let j = 0; j < d; j++) row[j] = inputs.logOdds[k * d + j]!
    if (hasGiven) {
      // with given targets the number is no longer open: the open genes stay independent
      noTarget[k] = given.includes(KNOWN_TARGET)
        ? 0
        : row.reduce((product, value, j) => (given[j] ? product : product * sigmoid(-value)), 1)
    } else noTarget[k] = rule.openExperiment(k, row)
    for (let j = 0; j < d; j++) {
      const state = given[j]!
      logOdds[k * d + j] =
        state === KNOWN_TARGET ? CERTAIN_LOG_ODDS : state === KNOWN_NOT_TARGET ? -CERTAIN_LOG_ODDS : row[j]!
      probability[k * d + j] = state === KNOWN_TARGET ? 1 : state === KNOWN_NOT_TARGET ? 0 : sigmoid(row[j]!)
    }
    rankEnvironment(logOdds, probability, k, d, rank, listFdr)
    noConfidentTarget.push(rule.isWithoutTarget(noTarget[k]!, bestFdr(listFdr, k, d)))
  }
  const { observedShift, predictedShift } = inputs
  return {
    probability,
    logOdds,
    rank,
    kind: Uint8Array.from({ length: K * d }, (_, i) => TARGET_KINDS.indexOf(kindOf(inputs, i))),
    listFdr,
    observedShift,
    predictedShift,
    noTarget,
    noConfidentTarget,
  }
}

/** A target whose mean is where its causes predict it changed only in noise: 'scale'. */
function kindOf(inputs: TargetInputs, i: number): (typeof TARGET_KINDS)[number] {
  if (Number.isNaN(inputs.hardShare[i])) return 'unknown'
  if (inputs.hardShare[i]! > 0.5) return 'hard'
  return inputs.shiftZ[i]! < 2 ? 'scale' : 'shift'
}
