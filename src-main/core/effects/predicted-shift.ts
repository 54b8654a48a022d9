import type { LearnedGene } from '../../../src-shared/domain/result'
import { FEATURES_PER_GENE } from '../features/basis'
import type { EvidenceStudy } from '../evidence/study'
import { observedMean } from './observed-mean'
import { combinationLeverage, combinationMean, priorPrecision, solveMechanism } from './mechanism'

/**
 * Mean of a gene in every experiment, as observed and as predicted from its observed causes if the gene is not
 * a target; averaged over the kept parent sets. Scaled units (control sd).
 *
 * @returns observed, predicted [K] and z = |observed − predicted| over its predictive standard error; NaN for an
 * experiment without samples
 */
export function experimentShifts(
  study: EvidenceStudy,
  gene: number,
  learned: LearnedGene,
): { observed: Float64Array; predicted: Float64Array; z: Float64Array } {
  const K = study.environments
  const predicted = new Float64Array(K)
  const variance = new Float64Array(K)
  const total = learned.parentSets.reduce((sum, set) => sum + set.weight, 0)
  const observed = Float64Array.from({ length: K }, (_, k) =>
    observedMean(study.effects[0]!, study.genes, study.starts, gene, k + 1),
  )
  const sizes = Array.from({ length: K }, (_, k) => study.starts[k + 2]! - study.starts[k + 1]!)
  for (const set of learned.parentSets) {
    const mechanism = solveMechanism(
      set.pool,
      priorPrecision(set.parents.length, study.variances, study.hyper),
      set.pooledCount,
      study.hyper,
    )
    const row = new Float64Array(mechanism.columns)
    for (let k = 0; k < K; k++) {
      if (sizes[k] === 0) continue
      meanRow(study, set.parents, k + 1, row)
      predicted[k]! += (set.weight / total) * combinationMean(mechanism, row)
      const noise = combinationLeverage(mechanism, row) + study.hyper.unchangedVariance + 1 / sizes[k]!
      variance[k]! += (set.weight / total) * noise * mechanism.noiseVariance
    }
  }
  const z = observed.map((value, k) => Math.abs(value - predicted[k]!) / Math.sqrt(variance[k]!))
  return { observed, predicted: predicted.map((value, k) => (sizes[k] === 0 ? NaN : value)), z }
}

/** Mean feature row [1, 7 per parent] of one environment. */
export function meanRow(
  study: EvidenceStudy,
  parents: readonly number[],
  environment: number,
  row: Float64Array,
): void {
  row.fill(0)
  const from = study.starts[environment]!
  const to = study.starts[environment + 1]!
  for (let r = from; r < to; r++)
    for (let i = 0; i < parents.length; i++)
      for (let b = 0; b < FEATURES_PER_GENE; b++)
        row[1 + i * FEATURES_PER_GENE + b]! +=
          study.features[(r * study.genes + parents[i]!) * FEATURES_PER_GENE + b]! / (to - from)
  row[0] = 1
}
