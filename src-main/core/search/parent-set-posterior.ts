import type { ParentSets } from './parent-sets'

/**
 * Posterior weight of every parent set of one gene,
 * W̄(S) = Σ_mask freq(mask) · exp(w(S) − T[mask]) · 1[S ⊆ mask]. Source: docs/method.md, section 2.
 *
 * @param weights [s] log weights of the sets
 * @param shift what fillScoreTable subtracted
 * @param table [2^m] T
 * @param frequency [2^m] probability (or count) of each predecessor mask
 * @returns [s], summing to 1 up to rounding
 */
export function parentSetPosterior(
  weights: Float64Array,
  shift: number,
  sets: ParentSets,
  table: Float64Array,
  frequency: ArrayLike<number>,
): Float64Array {
  let total = 0
  for (let mask = 0; mask < table.length; mask++) total += frequency[mask]!
  const out = new Float64Array(sets.count)
  for (let mask = 0; mask < table.length; mask++) {
    if (frequency[mask] === 0) continue
    const share = frequency[mask]! / total
    for (let s = 0; s < sets.count; s++)
      if ((sets.masks[s]! & ~mask) === 0) out[s]! += share * Math.exp(weights[s]! - shift - table[mask]!)
  }
  return out
}

/** Probability of each candidate slot as a cause: Σ over sets that hold it. @returns [m] */
export function slotProbabilities(posterior: Float64Array, sets: ParentSets): Float64Array {
  const out = new Float64Array(sets.candidates)
  for (let s = 0; s < sets.count; s++)
    for (let i = 0; i < sets.sizes[s]!; i++) out[sets.members[s * sets.maxParents + i]!]! += posterior[s]!
  return out
}
