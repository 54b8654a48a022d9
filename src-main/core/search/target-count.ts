import { logChoose } from '../linalg/log-gamma'
import { logAddExp, logSumExp } from '../linalg/log-space'

/**
 * Prior on the number of targets of an experiment that has any: 1, 2, … 6. Chosen on simulated validation studies
 * (docs/decisions/007-number-of-targets.md).
 */
export const COUNT_SHAPE = [0.55, 0.28, 0.14, 0.02, 0.008, 0.002] as const
/** Starting guess of the share of experiments without a target, and its weight in experiments. */
const NO_TARGET_SHARE = 0.15
const PSEUDO_EXPERIMENTS = 10
const LEARNING_STEPS = 60

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

/** Prior on the number of targets with a given share of experiments without any. @returns [T + 1], T ≤ d */
export function countPrior(noTargetShare: number, d: number): Float64Array {
  const shape = COUNT_SHAPE.slice(0, d)
  const total = shape.reduce((sum, value) => sum + value, 0)
  return Float64Array.from([noTargetShare, ...shape.map((value) => ((1 - noTargetShare) * value) / total)])
}

/**
 * Learns the share q of experiments without any target from all experiments of a study (empirical Bayes, EM):
 * q ← (pseudo-counts + Σ_k P(T_k = 0 | data, q)) / (K + pseudo-experiments), with
 * P(T_k = t) ∝ p(t) e_t(BF_k) / C(d, t). The shape for one and more targets is fixed: learned freely it follows the
 * misfit of the evidence rather than the targets (same decision page).
 *
 * @param logBayesFactors [K, d] log Bayes factor of 'target' against 'not' for each gene
 */
export function learnCountPrior(logBayesFactors: Float64Array, K: number, d: number): Float64Array {
  let share = NO_TARGET_SHARE
  const size = Math.min(COUNT_SHAPE.length, d) + 1
  const evidence = new Float64Array(K * size)
  const poly = new Float64Array(size)
  for (let k = 0; k < K; k++) {
    logSymmetricPolynomials(logBayesFactors.subarray(k * d, (k + 1) * d), -1, poly)
    for (let t = 0; t < size; t++) evidence[k * size + t] = poly[t]! - logChoose(d, t)
  }
  const row = new Float64Array(size)
  for (let step = 0; step < LEARNING_STEPS; step++) {
    const prior = countPrior(share, d)
    let without = NO_TARGET_SHARE * PSEUDO_EXPERIMENTS
    for (let k = 0; k < K; k++) {
      for (let t = 0; t < size; t++) row[t] = Math.log(prior[t]!) + evidence[k * size + t]!
      without += Math.exp(row[0]! - logSumExp(row))
    }
    share = without / (K + PSEUDO_EXPERIMENTS)
  }
  return countPrior(share, d)
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
