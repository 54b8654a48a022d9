import { logSigmoid } from '../linalg/log-space'

/** 'No confident target' is said when P(any target) is below this: docs/method.md, section 4. */
export const LEAST_ANY_TARGET = 0.8

/** P(no gene is a target) = Π (1 − P_j) of independent genes. @param logOdds [d] */
export function noTargetProbability(logOdds: Float64Array): number {
  let log = 0
  for (const value of logOdds) log += logSigmoid(-value)
  return Math.exp(log)
}

/**
 * Conditions independent genes on at least one of them being a target, in place: P(j | ≥ 1) = P_j / (1 − Π(1 − P_i)), so
 * log-odds_j becomes log-odds_j − log(1 − Π_{i≠j}(1 − P_i)). The ranking does not change; a gene that is alone becomes
 * certain (clipped at 700).
 *
 * @param logOdds [d]
 */
export function atLeastOneTarget(logOdds: Float64Array): void {
  const d = logOdds.length
  const others = new Float64Array(d)
  // log Π over the genes before and after each; a difference of the whole product would cancel
  let before = 0
  for (let j = 0; j < d; j++) {
    others[j] = before
    before += logSigmoid(-logOdds[j]!)
  }
  let after = 0
  for (let j = d - 1; j >= 0; j--) {
    others[j]! += after
    after += logSigmoid(-logOdds[j]!)
  }
  for (let j = 0; j < d; j++) {
    const anyOther = Math.log(-Math.expm1(others[j]!))
    logOdds[j] = Math.max(-700, Math.min(700, logOdds[j]! - anyOther))
  }
}
