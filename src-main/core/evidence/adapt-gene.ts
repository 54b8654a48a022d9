import type { LearnedGene, LearnedParentSet, LearnedResult } from '../../../src-shared/domain/result'
import { combinationMean, priorPrecision, solveMechanism } from '../effects/mechanism'
import { packedLength, writeRow } from '../effects/pool'
import { meanRow } from '../effects/predicted-shift'
import { logAddExp } from '../linalg/log-space'
import { averageHardShare, averageTargetLogOdds } from '../search/target-posterior'
import { factorPool, noiseScaleMixture, poolLogEvidence } from './pool-evidence'
import { temper, type EvidenceStudy } from './study'

/** One draw of the responses with their evidence as replaced mechanisms. */
export interface Draw {
  /** [n, d] */
  readonly effects: Float64Array
  /** [K, d] */
  readonly hard: Float64Array
}

/** A parent set as far as it judges experiments that are not in its pool. */
export type JudgingSet = Pick<LearnedParentSet, 'parents' | 'weight' | 'pool' | 'pooledCount'>

/**
 * Log-odds that a gene is a target of experiments outside the pools, averaged over its parent sets.
 *
 * @param draws one, or several of a gene with ties
 * @returns [K] log-odds, and [K] P(hard | target)
 */
export function judgeGene(
  parentSets: readonly JudgingSet[],
  priorTarget: number,
  study: EvidenceStudy,
  draws: readonly Draw[],
  gene: number,
): { logOdds: Float64Array; hardShare: Float64Array } {
  const K = study.environments
  const perSet = new Float64Array(parentSets.length * K)
  const hardPerSet = new Float64Array(parentSets.length * K)
  const total = parentSets.reduce((sum, set) => sum + set.weight, 0)
  for (const draw of draws)
    parentSets.forEach((set, s) => {
      const own = {
        target: perSet.subarray(s * K, (s + 1) * K),
        hard: hardPerSet.subarray(s * K, (s + 1) * K),
      }
      addStateOdds(priorTarget, study, draw, gene, set, 1 / draws.length, own)
    })
  const weights = Float64Array.from(parentSets, (set) => set.weight / total)
  const logOdds = new Float64Array(K)
  averageTargetLogOdds(weights, perSet, K, logOdds, 0, 1)
  return { logOdds, hardShare: averageHardShare(weights, perSet, hardPerSet, K) }
}

/** `judgeGene` under the stored pools of a result. */
export function adaptGene(
  { learned }: LearnedResult,
  study: EvidenceStudy,
  draws: readonly Draw[],
  gene: number,
): { logOdds: Float64Array; hardShare: Float64Array } {
  const tied = learned.preprocessing.genes[gene]!.kind === 'tied'
  const { parentSets } = learned.genes[gene]!
  return judgeGene(parentSets, learned.priorTarget, study, tied ? draws : draws.slice(0, 1), gene)
}

/** [K] mean of a gene as its observed causes predict it if it is not a target, averaged over its parent sets. */
export function predictedMeans({ parentSets }: LearnedGene, study: EvidenceStudy): Float64Array {
  const predicted = new Float64Array(study.environments)
  const total = parentSets.reduce((sum, set) => sum + set.weight, 0)
  for (const set of parentSets) {
    const mechanism = solveMechanism(
      set.pool,
      priorPrecision(set.parents.length, study.variances, study.hyper),
      set.pooledCount,
      study.hyper,
    )
    const row = new Float64Array(mechanism.columns)
    for (let k = 0; k < study.environments; k++) {
      meanRow(study, set.parents, k + 1, row)
      predicted[k]! += (set.weight / total) * combinationMean(mechanism, row)
    }
  }
  return predicted
}

/**
 * Adds `share` of the log-odds of 'target' and of 'hard against shift' of every experiment given one parent set,
 * from D0–D2 of docs/method.md, section 1.
 */
function addStateOdds(
  prior: number,
  study: EvidenceStudy,
  draw: Draw,
  gene: number,
  set: JudgingSet,
  share: number,
  out: { readonly target: Float64Array; readonly hard: Float64Array },
): void {
  const { hyper } = study
  const precision = priorPrecision(set.parents.length, study.variances, hyper)
  const q = precision.length + 1
  const base = new Float64Array(q * q)
  for (let a = 0; a < q; a++) for (let b = 0; b <= a; b++) base[a * q + b] = set.pool[packedLength(a) + b]!
  const factor = new Float64Array(q * q)
  let logPrecision = 0
  for (const value of precision) logPrecision += Math.log(value)
  const evaluate = (gram: Float64Array, count: number): { value: number; rss: number } => {
    const halfLogDet = factorPool(gram, q, q, precision, factor)
    const rss = factor[q * q - 1]!
    return { value: poolLogEvidence(count, rss, halfLogDet, logPrecision, hyper.a0, hyper.b0), rss }
  }
  const without = evaluate(base, set.pooledCount)
  const own = new Float64Array(q * q)
  const trial = new Float64Array(q * q)
  const row = new Float64Array(q)
  for (let k = 1; k <= study.environments; k++) {
    const t = temper(study, k)
    const n = (study.starts[k + 1]! - study.starts[k]!) * t
    own.fill(0)
    for (let r = study.starts[k]!; r < study.starts[k + 1]!; r++) {
      writeRow(study, draw.effects, gene, set.parents, r, row)
      for (let a = 0; a < q; a++) for (let b = 0; b <= a; b++) own[a * q + b]! += t * row[a]! * row[b]!
    }
    const logWeight = (variance: number): number => {
      const shrink = 1 / (n + 1 / variance)
      for (let a = 0; a < q; a++)
        for (let b = 0; b <= a; b++)
          trial[a * q + b] = base[a * q + b]! + own[a * q + b]! - shrink * own[a * q]! * own[b * q]!
      const pooled = evaluate(trial, set.pooledCount + n)
      const scale = noiseScaleMixture(
        set.pooledCount,
        n,
        without.rss,
        pooled.rss,
        hyper.scaleMixture,
        hyper.a0,
        hyper.b0,
      )
      return scale + pooled.value - without.value - 0.5 * Math.log(1 + n * variance)
    }
    const d0 = Math.log(1 - prior) + logWeight(hyper.unchangedVariance)
    const d1 = Math.log(prior * hyper.shiftShare) + logWeight(hyper.shiftVariance)
    const d2 = Math.log(prior * (1 - hyper.shiftShare)) + draw.hard[(k - 1) * study.genes + gene]! * t
    out.target[k - 1]! += share * (logAddExp(d1, d2) - d0)
    out.hard[k - 1]! += share * (d2 - d1)
  }
}
