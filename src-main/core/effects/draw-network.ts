import type { Rng } from '../random/rng'

/** Parent sets of every gene with the weights they are drawn by. */
export interface WeightedSets {
  /** by gene, then by set */
  readonly parents: readonly (readonly (readonly number[])[])[]
  /** by gene: [sets] */
  readonly weights: readonly Float64Array[]
}

/** Fills `chosen` [d] with the index of the set of each gene; −1 where every set closes a cycle. */
export type DrawNetwork = (rng: Rng, chosen: Int32Array) => void

/**
 * Draws networks without cycles, one parent set per gene: genes in a random order, each by the weights of those sets that
 * close no cycle with the edges drawn so far. The sets of a gene come from a posterior over graphs without cycles, but
 * only each gene's own share of it is stored; drawing gene by gene joins them again, approximately (`calibrateSets`).
 */
export function networkSampler({ parents, weights }: WeightedSets): DrawNetwork {
  const d = parents.length
  const order = new Int32Array(d)
  const children: number[][] = Array.from({ length: d }, () => [])
  const below = new Int32Array(d)
  const stack: number[] = []
  let mark = 0

  /** marks the gene and everything downstream of it */
  const markBelow = (gene: number): void => {
    mark++
    below[gene] = mark
    stack.push(gene)
    for (let current = stack.pop(); current !== undefined; current = stack.pop())
      for (const child of children[current]!)
        if (below[child] !== mark) {
          below[child] = mark
          stack.push(child)
        }
  }

  return (rng, chosen) => {
    for (const list of children) list.length = 0
    // the same numbers give the same network, whatever was drawn before
    for (let gene = 0; gene < d; gene++) order[gene] = gene
    rng.shuffle(order)
    for (const gene of order) {
      markBelow(gene)
      const sets = parents[gene]!
      const allowed = (set: number): boolean => sets[set]!.every((parent) => below[parent] !== mark)
      let total = 0
      for (let set = 0; set < sets.length; set++) if (allowed(set)) total += weights[gene]![set]!
      let left = rng.next() * total
      chosen[gene] = -1
      for (let set = 0; set < sets.length; set++) {
        if (!allowed(set)) continue
        chosen[gene] = set
        left -= weights[gene]![set]!
        if (left <= 0) break
      }
      if (chosen[gene] >= 0) for (const parent of sets[chosen[gene]]!) children[parent]!.push(gene)
    }
  }
}
