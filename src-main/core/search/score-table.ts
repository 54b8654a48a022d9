import { logAddExp } from '../linalg/log-space'
import type { ParentSets } from './parent-sets'

/** Log weight of an order that leaves a required cause behind its effect. Finite, so that moves stay numbers. */
export const FORBIDDEN_ORDER = -1e5

/**
 * T[mask] = log Σ over parent sets S ⊆ mask of exp(w(S)), shifted so that the largest w is 0.
 *
 * Zeta transform over the subset lattice, m·2^m additions in log space.
 *
 * @param weights [s] log weights of the parent sets; −∞ for sets that are not allowed
 * @param out [2^m] −1e5 where no allowed set fits
 * @returns the shift that was subtracted
 */
export function fillScoreTable(weights: Float64Array, sets: ParentSets, out: Float64Array): number {
  let shift = -Infinity
  for (let s = 0; s < sets.count; s++) if (weights[s]! > shift) shift = weights[s]!
  out.fill(-Infinity)
  for (let s = 0; s < sets.count; s++) out[sets.masks[s]!] = weights[s]! - shift
  for (let bit = 1; bit < out.length; bit <<= 1)
    for (let mask = 0; mask < out.length; mask++)
      if (mask & bit) out[mask] = logAddExp(out[mask]!, out[mask ^ bit]!)
  for (let mask = 0; mask < out.length; mask++) if (out[mask] === -Infinity) out[mask] = FORBIDDEN_ORDER
  return shift
}

/** The local scores of all genes, ready for a search over orders. */
export interface ScoreTables {
  /** d */
  readonly genes: number
  /** m, candidate slots per gene */
  readonly slots: number
  /** [d, m] candidate causes; −1 = empty slot */
  readonly candidates: Int32Array
  /** [d, 2^m] */
  readonly tables: Float64Array
}
