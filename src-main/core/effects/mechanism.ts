import { FEATURES_PER_GENE } from '../features/basis'
import type { EvidenceHyperparameters } from '../evidence/hyperparameters'
import { factorPool } from '../evidence/pool-evidence'
import { packedLength } from './pool'

/** Posterior of a mechanism's weights given its parent set: y | w, σ² with w ~ N(mean, σ² M⁻¹). */
export interface Mechanism {
  /** p = 1 + 7 per parent */
  readonly columns: number
  /** [p] posterior mean of the weights */
  readonly weights: Float64Array
  /** [p, p] Cholesky factor of the posterior precision M, lower triangle */
  readonly factor: Float64Array
  /** posterior mean of the noise variance, b_n/(a_n − 1) */
  readonly noiseVariance: number
  readonly residualSquares: number
  readonly halfLogDet: number
}

/** Prior precision of [1, 7 per parent]. @returns [p] */
export function priorPrecision(
  parents: number,
  variances: ArrayLike<number>,
  hyper: EvidenceHyperparameters,
): Float64Array {
  const out = new Float64Array(1 + parents * FEATURES_PER_GENE)
  out[0] = hyper.interceptPrecision
  for (let i = 0; i < parents; i++)
    for (let b = 0; b < FEATURES_PER_GENE; b++) out[1 + i * FEATURES_PER_GENE + b] = 1 / variances[b]!
  return out
}

/**
 * Solves the conjugate regression of a pool.
 *
 * @param pool packed lower triangle of [1, features, y]
 * @param precision [p] prior precision
 * @param count tempered samples in the pool
 */
export function solveMechanism(
  pool: Float64Array,
  precision: Float64Array,
  count: number,
  hyper: EvidenceHyperparameters,
): Mechanism {
  const p = precision.length
  const q = p + 1
  const gram = new Float64Array(q * q)
  for (let i = 0; i < q; i++) for (let j = 0; j <= i; j++) gram[i * q + j] = pool[packedLength(i) + j]!
  const factor = new Float64Array(q * q)
  const halfLogDet = factorPool(gram, q, q, precision, factor)
  const weights = new Float64Array(p)
  for (let i = p - 1; i >= 0; i--) {
    let s = factor[p * q + i]!
    for (let j = i + 1; j < p; j++) s -= factor[j * q + i]! * weights[j]!
    weights[i] = s / factor[i * q + i]!
  }
  const residualSquares = factor[p * q + p]!
  const compact = new Float64Array(p * p)
  for (let i = 0; i < p; i++) for (let j = 0; j <= i; j++) compact[i * p + j] = factor[i * q + j]!
  const noiseVariance = (hyper.b0 + 0.5 * residualSquares) / (hyper.a0 + 0.5 * count - 1)
  return { columns: p, weights, factor: compact, noiseVariance, residualSquares, halfLogDet }
}

/** Posterior mean of a linear combination of the weights. @param row [p] */
export function combinationMean(mechanism: Mechanism, row: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < mechanism.columns; i++) sum += mechanism.weights[i]! * row[i]!
  return sum
}

/** rᵀM⁻¹r: posterior variance of a linear combination in units of the noise variance. @param row [p] */
export function combinationLeverage(mechanism: Mechanism, row: ArrayLike<number>): number {
  const { columns: p, factor } = mechanism
  const solved = new Float64Array(p)
  let sum = 0
  for (let i = 0; i < p; i++) {
    let s = row[i]!
    for (let j = 0; j < i; j++) s -= factor[i * p + j]! * solved[j]!
    solved[i] = s / factor[i * p + i]!
    sum += solved[i]! ** 2
  }
  return sum
}
