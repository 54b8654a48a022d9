import { priorPrecision } from '../effects/mechanism'
import { packedLength, writeRow } from '../effects/pool'
import { FEATURES_PER_GENE } from '../features/basis'
import { logAddExp } from '../linalg/log-space'
import type { JudgingSet } from './adapt-gene'
import { factorPool, noiseScaleMixture, poolLogEvidence } from './pool-evidence'
import { temper, type EvidenceStudy } from './study'

/** ln p(the gene's samples of environment k | its causes there, all stored samples, one parent set). */
export type SetPredictive = (study: EvidenceStudy, k: number) => number

/**
 * How well a parent set predicts a gene in an experiment outside its pool, the gene being unchanged there or, with its prior
 * probability, shifted: logaddexp(D0, D1) of docs/method.md, section 1. Differences between parent sets are what the
 * experiment says about them. A gene that was replaced would say nothing and is not asked.
 *
 * Cost of a call: two factorisations of q = 2 + 7|S|; the stored pool is factored once.
 */
export function setPredictive(
  gene: number,
  { parents, pool, pooledCount }: Pick<JudgingSet, 'parents' | 'pool' | 'pooledCount'>,
  priorTarget: number,
  { hyper, variances }: Pick<EvidenceStudy, 'hyper' | 'variances'>,
): SetPredictive {
  const { a0, b0, scaleMixture, unchangedVariance, shiftVariance } = hyper
  const q = 2 + parents.length * FEATURES_PER_GENE
  const precision = priorPrecision(parents.length, variances, hyper)
  const logPrecision = precision.reduce((sum, value) => sum + Math.log(value), 0)
  const base = new Float64Array(q * q)
  for (let a = 0; a < q; a++) for (let b = 0; b <= a; b++) base[a * q + b] = pool[packedLength(a) + b]!
  const own = new Float64Array(q * q)
  const trial = new Float64Array(q * q)
  const factor = new Float64Array(q * q)
  const row = new Float64Array(q)
  const evaluate = (gram: Float64Array, count: number): { value: number; rss: number } => {
    const halfLogDet = factorPool(gram, q, q, precision, factor)
    const rss = factor[q * q - 1]!
    return { value: poolLogEvidence(count, rss, halfLogDet, logPrecision, a0, b0), rss }
  }
  const without = evaluate(base, pooledCount)

  return (study, k) => {
    const t = temper(study, k)
    const n = (study.starts[k + 1]! - study.starts[k]!) * t
    own.fill(0)
    for (let r = study.starts[k]!; r < study.starts[k + 1]!; r++) {
      writeRow(study, study.effects[0]!, gene, parents, r, row)
      for (let a = 0; a < q; a++) for (let b = 0; b <= a; b++) own[a * q + b]! += t * row[a]! * row[b]!
    }
    const weigh = (variance: number): number => {
      const shrink = 1 / (n + 1 / variance)
      for (let a = 0; a < q; a++)
        for (let b = 0; b <= a; b++)
          trial[a * q + b] = base[a * q + b]! + own[a * q + b]! - shrink * own[a * q]! * own[b * q]!
      const pooled = evaluate(trial, pooledCount + n)
      const scale = noiseScaleMixture(pooledCount, n, without.rss, pooled.rss, scaleMixture, a0, b0)
      return scale + pooled.value - without.value - 0.5 * Math.log(1 + n * variance)
    }
    return logAddExp(
      Math.log(1 - priorTarget) + weigh(unchangedVariance),
      Math.log(priorTarget) + weigh(shiftVariance),
    )
  }
}
