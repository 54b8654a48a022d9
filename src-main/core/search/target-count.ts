import { logChoose } from '../linalg/log-gamma'
import { logAddExp, logSumExp } from '../linalg/log-space'

/** Largest number of targets per experiment that the prior distinguishes. */
export const MOST_TARGETS = 6
/** Weight of the starting guess when the prior is learned, in experiments. */
const PSEUDO_EXPERIMENTS = 2
const LEARNING_STEPS = 50

/**
 * Elementary symmetric polynomials of exp(x) in log space: log e_0 … log e_T.
 *
 * @param x [d] log values
 * @param skip index left out, −1 for none
 * @param out [T + 1]
 */
export function logSymmetricPolynomials(x: Float64Array, skip: number, out: Float64Array): void {
  out.fill(-Infinity)
  out[0] = 0
  for (let i = 0; i < x.length; i++) {
    if (i === skip) continue
    for (let t = out.length - 1; t > 0; t--) out[t] = logAddExp(out[t]!, out[t - 1]! + x[i]!)
  }
}

/** Binomial prior of independent targets, truncated at `most` and normalised. @returns [most + 1] */
export function independentCountPrior(genes: number, probability: number, most: number): Float64Array {
  const log = Float64Array.from(
    { length: most + 1 },
    (_, t) => logChoose(genes, t) + t * Math.log(probability) + (genes - t) * Math.log(1 - probability),
  )
  const total = logSumExp(log)
  return log.map((value) => Math.exp(value - total))
}

/**
 * Learns the prior on the number of targets from all experiments of a study (empirical Bayes, EM):
 * p(t) ∝ pseudo-counts + Σ_k P(T_k = t | data, p), with
 * P(T_k = t) ∝ p(t) e_t(BF_k) / C(d, t).
 *
 * @param logBayesFactors [K, d] log Bayes factor of 'target' against 'not' for each gene
 * @param start [T + 1] the starting guess, also the pseudo-counts
 */
export function learnCountPrior(
  logBayesFactors: Float64Array,
  K: number,
  d: number,
  start: Float64Array,
): Float64Array {
  const size = start.length
  const evidence = new Float64Array(K * size)
  const poly = new Float64Array(size)
  for (let k = 0; k < K; k++) {
    logSymmetricPolynomials(logBayesFactors.subarray(k * d, (k + 1) * d), -1, poly)
    for (let t = 0; t < size; t++) evidence[k * size + t] = poly[t]! - logChoose(d, t)
  }
  let prior = start.slice()
  const row = new Float64Array(size)
  for (let step = 0; step < LEARNING_STEPS; step++) {
    const next = start.map((value) => value * PSEUDO_EXPERIMENTS)
    for (let k = 0; k < K; k++) {
      for (let t = 0; t < size; t++) row[t] = Math.log(prior[t]!) + evidence[k * size + t]!
      const total = logSumExp(row)
      for (let t = 0; t < size; t++) next[t]! += Math.exp(row[t]! - total)
    }
    prior = next.map((value) => value / (K + PSEUDO_EXPERIMENTS))
  }
  return prior
}

/**
 * Posterior log-odds of every gene of one experiment under a prior on the number of targets:
 * odds_j = BF_j · Σ_t e_{t−1}(BF₋j) p(t)/C(d,t) ÷ Σ_t e_t(BF₋j) p(t)/C(d,t).
 * Source: docs/method.md, section 2, "Number of targets". The polynomials without j come from those of the genes
 * before and after it, d·T² additions in all.
 *
 * @param logBayesFactors [d]
 * @param prior [T + 1]
 * @param out [d] log-odds
 * @returns P(no target at all)
 */
export function countAwareLogOdds(
  logBayesFactors: Float64Array,
  prior: Float64Array,
  out: Float64Array,
): number {
  const d = logBayesFactors.length
  const size = Math.min(prior.length, d + 1)
  const logPrior = Float64Array.from({ length: size }, (_, t) => Math.log(prior[t]!) - logChoose(d, t))
  const before = new Float64Array((d + 1) * size).fill(-Infinity)
  const after = new Float64Array((d + 1) * size).fill(-Infinity)
  before[0] = after[d * size] = 0
  for (let j = 0; j < d; j++) {
    appendFactor(before, j, j + 1, size, logBayesFactors[j]!)
    appendFactor(after, d - j, d - j - 1, size, logBayesFactors[d - j - 1]!)
  }
  for (let j = 0; j < d; j++) {
    let asTarget = -Infinity
    let asOther = -Infinity
    for (let a = 0; a < size; a++)
      for (let b = 0; a + b < size; b++) {
        const term = before[j * size + a]! + after[(j + 1) * size + b]!
        asOther = logAddExp(asOther, term + logPrior[a + b]!)
        if (a + b + 1 < size) asTarget = logAddExp(asTarget, term + logPrior[a + b + 1]!)
      }
    out[j] = logBayesFactors[j]! + asTarget - asOther
  }
  let total = -Infinity
  for (let t = 0; t < size; t++) total = logAddExp(total, before[d * size + t]! + logPrior[t]!)
  return Math.exp(logPrior[0]! - total)
}

/** Row `to` of the table = row `from` times (1 + exp(x) z), truncated. */
function appendFactor(table: Float64Array, from: number, to: number, size: number, x: number): void {
  for (let t = 0; t < size; t++) {
    const kept = table[from * size + t]!
    table[to * size + t] = t === 0 ? kept : logAddExp(kept, table[from * size + t - 1]! + x)
  }
}
