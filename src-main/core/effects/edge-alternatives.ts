import type { LearnedGene } from '../../../src-shared/domain/result'

/** How two genes may be joined, and which genes may cause both. */
export interface EdgeAlternatives {
  readonly edge: number
  readonly reverse: number
  readonly sharedCause: number
  readonly neither: number
  /** genes by P(cause of both), descending */
  readonly sharedCauses: readonly { readonly gene: number; readonly probability: number }[]
}

/**
 * What an edge competes with. The two directions have the probabilities of the result; what they leave is split into "no
 * edge, but a cause in common" and "neither" by the kept parent sets of the two genes, taken as independent given that
 * there is no edge:
 *
 * P(common | no edge) = Σ W̄_i(S) W̄_j(T) [S ∩ T ≠ ∅] / Σ W̄_i(S) W̄_j(T), over S without j and T without i.
 *
 * Only measured genes can be a common cause. Source: docs/method.md, section 5.
 *
 * @param edge P(source → target) @param reverse P(target → source)
 */
export function edgeAlternatives(
  learned: readonly LearnedGene[],
  source: number,
  target: number,
  edge: number,
  reverse: number,
): EdgeAlternatives {
  const ofSource = learned[source]!.parentSets.filter((set) => !set.parents.includes(target))
  const ofTarget = learned[target]!.parentSets.filter((set) => !set.parents.includes(source))
  const left = Math.max(0, 1 - edge - reverse)
  let total = 0
  let common = 0
  const perGene = new Map<number, number>()
  for (const one of ofSource)
    for (const other of ofTarget) {
      const weight = one.weight * other.weight
      total += weight
      const both = one.parents.filter((parent) => other.parents.includes(parent))
      if (both.length > 0) common += weight
      for (const parent of both) perGene.set(parent, (perGene.get(parent) ?? 0) + weight)
    }
  const share = total > 0 ? common / total : 0
  return {
    edge,
    reverse,
    sharedCause: left * share,
    neither: left * (1 - share),
    sharedCauses: [...perGene]
      .map(([gene, weight]) => ({ gene, probability: weight / total }))
      .sort((a, b) => b.probability - a.probability || a.gene - b.gene),
  }
}
