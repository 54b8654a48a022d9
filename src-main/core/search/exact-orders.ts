import { logAddExp } from '../linalg/log-space'
import { FORBIDDEN_ORDER, type ScoreTables } from './score-table'

/** Up to this many genes all orders are summed exactly. */
export const EXACT_ORDER_LIMIT = 16

/**
 * Exact posterior of predecessor sets under a uniform prior over orders.
 *
 * Forward sums F(U) over orders of the genes U that come first, backward sums B(U) over the rest; gene j
 * directly after U has weight F(U)·exp T_j[U]·B(U ∪ {j}).
 * Source: Koivisto & Sood, Journal of Machine Learning Research 5 (2004) 549–573.
 * Cost: d·2^d log additions, two arrays of 2^d.
 *
 * @returns [d, 2^m] probability that the candidates of j before j are exactly the mask
 */
export function exactPredecessorPosterior(scores: ScoreTables): Float64Array {
  const { genes: d, slots: m, candidates, tables } = scores
  const subsets = 2 ** d
  const size = 2 ** m
  const forward = new Float64Array(subsets).fill(-Infinity)
  const backward = new Float64Array(subsets).fill(-Infinity)
  // the candidate mask of U for gene j, built bit by bit from the lowest gene of U
  const slotBit = new Int32Array(d * d)
  for (let j = 0; j < d; j++)
    for (let c = 0; c < m; c++) {
      const gene = candidates[j * m + c]!
      if (gene >= 0) slotBit[j * d + gene] = 1 << c
    }
  const maskOf = new Int32Array(subsets)
  const fillMasks = (j: number): void => {
    maskOf[0] = 0
    for (let u = 1; u < subsets; u++) {
      const lowest = 31 - Math.clz32(u & -u)
      maskOf[u] = maskOf[u & (u - 1)]! | slotBit[j * d + lowest]!
    }
  }
  const weights = new Float64Array(d * subsets)
  for (let j = 0; j < d; j++) {
    fillMasks(j)
    for (let u = 0; u < subsets; u++) {
      const t = tables[j * size + maskOf[u]!]!
      weights[j * subsets + u] = t === FORBIDDEN_ORDER ? -Infinity : t
    }
  }
  forward[0] = 0
  for (let u = 0; u < subsets; u++)
    for (let j = 0; j < d; j++)
      if (!((u >> j) & 1)) {
        const next = u | (1 << j)
        forward[next] = logAddExp(forward[next]!, forward[u]! + weights[j * subsets + u]!)
      }
  backward[subsets - 1] = 0
  for (let u = subsets - 2; u >= 0; u--)
    for (let j = 0; j < d; j++)
      if (!((u >> j) & 1))
        backward[u] = logAddExp(backward[u]!, weights[j * subsets + u]! + backward[u | (1 << j)]!)
  const total = forward[subsets - 1]!
  const out = new Float64Array(d * size)
  for (let j = 0; j < d; j++) {
    fillMasks(j)
    for (let u = 0; u < subsets; u++)
      if (!((u >> j) & 1)) {
        const weight = forward[u]! + weights[j * subsets + u]! + backward[u | (1 << j)]! - total
        if (weight > -745) out[j * size + maskOf[u]!]! += Math.exp(weight)
      }
  }
  return out
}
