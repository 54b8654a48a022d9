import type { RunSettings } from '../../../src-shared/domain/run-settings'
import { TARGET_KINDS, type TargetPosterior } from '../../../src-shared/domain/result'
import { sigmoid } from '../../core/linalg/log-space'
import {
  countAwareLogOdds,
  independentCountPrior,
  countPrior,
  COUNT_SHAPE,
  learnCountPrior,
} from '../../core/search/target-count'
import { bestFdr, rankEnvironment } from '../../core/search/target-list'
import { KNOWN_NOT_TARGET, KNOWN_TARGET } from './known-targets'

/** Log-odds that stand for 'given by the user' in rankings; far beyond any evidence. */
const CERTAIN_LOG_ODDS = 1e4

export interface TargetInputs {
  /** [K, d] log-odds before the prior on the number of targets */
  readonly logOdds: Float64Array
  /** [K, d] given targets */
  readonly given: Uint8Array
  /** prior probability the log-odds were computed with (open genes) */
  readonly prior: number
  /** [K, d] */
  readonly hardShare: Float64Array
  readonly observedShift: Float64Array
  readonly predictedShift: Float64Array
  /** [K, d] |observed − predicted| in units of its standard error */
  readonly shiftZ: Float64Array
}

/** The prior on the number of targets that a setting asks for. @returns [T + 1] */
export function targetCountPrior(
  setting: RunSettings['targetsPrior'],
  logBayesFactors: Float64Array,
  K: number,
  d: number,
  prior: number,
): Float64Array {
  if (setting === 'independent') return independentCountPrior(d, prior, Math.min(COUNT_SHAPE.length, d))
  return setting === 'at-least-one' ? countPrior(0, d) : learnCountPrior(logBayesFactors, K, d)
}

/** Calibrated probabilities, ranks, list FDR and kinds of all experiments. */
export function summariseTargets(
  inputs: TargetInputs,
  K: number,
  d: number,
  settings: RunSettings,
): { targets: TargetPosterior; usedPrior: Float64Array } {
  const priorLogOdds = Math.log(inputs.prior) - Math.log(1 - inputs.prior)
  const logBayesFactors = inputs.logOdds.map((value, i) => (inputs.given[i] ? 0 : value - priorLogOdds))
  const usedPrior = targetCountPrior(
    settings.targetsPrior,
    openRows(logBayesFactors, inputs.given, K, d),
    countOpenRows(inputs.given, K, d),
    d,
    inputs.prior,
  )
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
    if (hasGiven) {
      // with given targets the number is no longer open: the open genes stay independent
      for (let j = 0; j < d; j++) row[j] = inputs.logOdds[k * d + j]!
      noTarget[k] = given.includes(KNOWN_TARGET)
        ? 0
        : row.reduce((product, value, j) => (given[j] ? product : product * sigmoid(-value)), 1)
    } else noTarget[k] = countAwareLogOdds(logBayesFactors.subarray(k * d, (k + 1) * d), usedPrior, row)
    for (let j = 0; j < d; j++) {
      const state = given[j]!
      logOdds[k * d + j] =
        state === KNOWN_TARGET ? CERTAIN_LOG_ODDS : state === KNOWN_NOT_TARGET ? -CERTAIN_LOG_ODDS : row[j]!
      probability[k * d + j] = state === KNOWN_TARGET ? 1 : state === KNOWN_NOT_TARGET ? 0 : sigmoid(row[j]!)
    }
    rankEnvironment(logOdds, probability, k, d, rank, listFdr)
    noConfidentTarget.push(bestFdr(listFdr, k, d) > settings.fdr)
  }
  const kind = Uint8Array.from({ length: K * d }, (_, i) => TARGET_KINDS.indexOf(kindOf(inputs, i)))
  const { observedShift, predictedShift } = inputs
  return {
    targets: {
      probability,
      logOdds,
      rank,
      kind,
      listFdr,
      observedShift,
      predictedShift,
      noTarget,
      noConfidentTarget,
    },
    usedPrior,
  }
}

/** A target whose mean is where its causes predict it changed only in noise: 'scale'. */
function kindOf(inputs: TargetInputs, i: number): (typeof TARGET_KINDS)[number] {
  if (inputs.hardShare[i]! > 0.5) return 'hard'
  return inputs.shiftZ[i]! < 2 ? 'scale' : 'shift'
}

function countOpenRows(given: Uint8Array, K: number, d: number): number {
  let open = 0
  for (let k = 0; k < K; k++) if (!given.subarray(k * d, (k + 1) * d).some((state) => state !== 0)) open++
  return open
}

function openRows(values: Float64Array, given: Uint8Array, K: number, d: number): Float64Array {
  const out = new Float64Array(countOpenRows(given, K, d) * d)
  let at = 0
  for (let k = 0; k < K; k++) {
    if (given.subarray(k * d, (k + 1) * d).some((state) => state !== 0)) continue
    out.set(values.subarray(k * d, (k + 1) * d), at)
    at += d
  }
  return out
}
