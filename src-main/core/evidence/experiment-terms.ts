import { writeRow } from '../effects/pool'
import { priorPrecision } from '../effects/mechanism'
import { FEATURES_PER_GENE } from '../features/basis'
import { logSumExp } from '../linalg/log-space'
import { HARD, SHIFT } from './hyperparameters'
import { factorPool, noiseScaleMixture, poolLogEvidence } from './pool-evidence'
import { temper, type EvidenceStudy } from './study'

/** What the samples of each experiment add to the evidence of one parent set. */
export interface ExperimentTerms {
  /** L(W) − L(W − G₀): log predictive of the control samples given all others; NaN without control samples */
  readonly control: number
  /** [K, 3] D0, D1, D2 of docs/method.md, section 1, with the other experiments in the given states */
  readonly weights: Float64Array
  /** [K] logsumexp of the three: log predictive of the experiment's samples given all others */
  readonly experiments: Float64Array
}

/**
 * Evidence of one parent set taken apart by leaving out one experiment at a time: ln p(y_k | y_₋k, S), the state of
 * experiment k summed out, those of the others as given. The terms do not add up to the score, because every one of them is
 * given all the others. Source: docs/method.md, section 5.
 *
 * Cost: 3·(K + 1) factorisations of q = 2 + 7|S|.
 *
 * @param states [K] 0 unchanged, 1 shift, 2 hard
 * @param prior [K] probability that the gene is a target
 */
export function experimentTerms(
  study: EvidenceStudy,
  draw: number,
  gene: number,
  parents: readonly number[],
  states: ArrayLike<number>,
  prior: ArrayLike<number>,
): ExperimentTerms {
  const { hyper, environments: K } = study
  const { a0, b0, unchangedVariance, shiftVariance, scaleMixture, shiftShare } = hyper
  const q = 2 + parents.length * FEATURES_PER_GENE
  const precision = priorPrecision(parents.length, study.variances, hyper)
  const logPrecision = precision.reduce((sum, value) => sum + Math.log(value), 0)
  const count = Float64Array.from(
    { length: K + 1 },
    (_, k) => (study.starts[k + 1]! - study.starts[k]!) * temper(study, k),
  )
  const grams = experimentGrams(study, draw, gene, parents, q)
  const pool = new Float64Array(q * q)
  const trial = new Float64Array(q * q)
  const factor = new Float64Array(q * q)
  const shrinkOf = (k: number, variance: number): number => (k === 0 ? 0 : 1 / (count[k]! + 1 / variance))
  const add = (to: Float64Array, k: number, variance: number, sign: number): void => {
    const own = grams[k]!
    const shrink = shrinkOf(k, variance)
    for (let i = 0; i < q; i++)
      for (let j = 0; j <= i; j++)
        to[i * q + j]! += sign * (own[i * q + j]! - shrink * own[i * q]! * own[j * q]!)
  }
  const evidence = (gram: Float64Array, n: number): { value: number; rss: number } => {
    const halfLogDet = factorPool(gram, q, q, precision, factor)
    const rss = factor[q * q - 1]!
    return { value: poolLogEvidence(n, rss, halfLogDet, logPrecision, a0, b0), rss }
  }
  const varianceOf = (k: number): number =>
    k > 0 && states[k - 1] === SHIFT ? shiftVariance : unchangedVariance
  let n = 0
  for (let k = 0; k <= K; k++) {
    if (k > 0 && states[k - 1] === HARD) continue
    add(pool, k, varianceOf(k), 1)
    n += count[k]!
  }

  const whole = evidence(pool, n)
  let control = NaN
  if (count[0]! > 0) {
    trial.set(pool)
    add(trial, 0, 0, -1)
    control = whole.value - evidence(trial, n - count[0]!).value
  }
  const weights = new Float64Array(K * 3)
  const experiments = new Float64Array(K)
  const hard = study.hard[draw]!
  for (let k = 1; k <= K; k++) {
    trial.set(pool)
    const inPool = states[k - 1] !== HARD
    const nk = count[k]!
    const rest = inPool ? n - nk : n
    if (inPool) add(trial, k, varianceOf(k), -1)
    const without = evidence(trial, rest)
    const p = prior[k - 1]!
    const weigh = (variance: number, logPrior: number): number => {
      add(trial, k, variance, 1)
      const own = evidence(trial, rest + nk)
      add(trial, k, variance, -1)
      return (
        noiseScaleMixture(rest, nk, without.rss, own.rss, scaleMixture, a0, b0) +
        logPrior +
        own.value -
        without.value -
        0.5 * Math.log(1 + nk * variance)
      )
    }
    const at = (k - 1) * 3
    weights[at] = weigh(unchangedVariance, Math.log(1 - p))
    weights[at + 1] = weigh(shiftVariance, Math.log(p * shiftShare))
    weights[at + 2] = Math.log(p * (1 - shiftShare)) + hard[(k - 1) * study.genes + gene]! * temper(study, k)
    experiments[k - 1] = logSumExp(weights, at, at + 3)
  }
  return { control, weights, experiments }
}

/** [K + 1] tempered Grams of [1, 7 per parent, y], [q, q], lower triangle. */
function experimentGrams(
  study: EvidenceStudy,
  draw: number,
  gene: number,
  parents: readonly number[],
  q: number,
): Float64Array[] {
  const row = new Float64Array(q)
  return Array.from({ length: study.environments + 1 }, (_, k) => {
    const gram = new Float64Array(q * q)
    const t = temper(study, k)
    for (let r = study.starts[k]!; r < study.starts[k + 1]!; r++) {
      writeRow(study, study.effects[draw]!, gene, parents, r, row)
      for (let i = 0; i < q; i++) for (let j = 0; j <= i; j++) gram[i * q + j]! += t * row[i]! * row[j]!
    }
    return gram
  })
}
