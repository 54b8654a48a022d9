import { logSumExp } from '../linalg/log-space'
import { HARD_VARIANCE_GRID, type EvidenceHyperparameters } from './hyperparameters'

const LOG_2PI = Math.log(2 * Math.PI)

/**
 * Log evidence of a replaced mechanism: the samples of an experiment follow their own normal distribution.
 *
 * Uniform average over s² of the grid of N(y; 0, s²I + τ²11ᵀ): with S = Σy, Q = Σy²,
 * −(n/2)log 2π − ((n−1)/2) log s² − ½ log(s² + nτ²) − ½[Q − τ²S²/(s² + nτ²)]/s².
 * Source: docs/method.md, section 1, "Hard". The grid's small variances are left out below the floor:
 * a constant child of a knocked-out gene would look knocked out itself.
 *
 * @param effects [N, d]
 * @returns [K, d]; 0 for an experiment without samples
 */
export function hardEvidence(
  effects: Float64Array,
  d: number,
  starts: Int32Array,
  hyper: EvidenceHyperparameters,
): Float64Array {
  const K = starts.length - 2
  const out = new Float64Array(K * d)
  const grid = HARD_VARIANCE_GRID.filter((s2) => s2 >= hyper.hardVarianceFloor)
  const terms = new Float64Array(grid.length)
  for (let k = 1; k <= K; k++) {
    const n = starts[k + 1]! - starts[k]!
    if (n === 0) continue
    for (let j = 0; j < d; j++) {
      let sum = 0
      let squares = 0
      for (let r = starts[k]!; r < starts[k + 1]!; r++) {
        const y = effects[r * d + j]!
        sum += y
        squares += y * y
      }
      out[(k - 1) * d + j] = hardEvidenceOf(n, sum, squares, grid, terms, hyper.shiftVariance)
    }
  }
  return out
}

/** @param terms workspace of the grid's length */
export function hardEvidenceOf(
  n: number,
  sum: number,
  squares: number,
  grid: readonly number[],
  terms: Float64Array,
  meanVariance: number,
): number {
  for (let g = 0; g < grid.length; g++) {
    const s2 = grid[g]!
    const total = s2 + n * meanVariance
    terms[g] =
      -0.5 * n * LOG_2PI -
      0.5 * (n - 1) * Math.log(s2) -
      0.5 * Math.log(total) -
      (0.5 * (squares - (meanVariance * sum * sum) / total)) / s2
  }
  return logSumExp(terms) - Math.log(grid.length)
}
