import { describe, expect, it } from 'vitest'
import { createRng } from '../../../../src-main/core/random/rng'
import { balancedGraph, flatten, shuffled } from '../../../../src-main/core/simulate/training/balanced-graph'
import { ancestors, measuredEdges } from '../../../../src-main/core/simulate/training/truth'

/** Whether a path leads from i to j whose inner genes are all allowed; by depth-first search. */
function leads(
  adjacency: Uint8Array,
  genes: number,
  i: number,
  j: number,
  inner: (gene: number) => boolean,
): boolean {
  for (let next = 0; next < genes; next++) {
    if (!adjacency[i * genes + next]) continue
    if (next === j || (inner(next) && leads(adjacency, genes, next, j, inner))) return true
  }
  return false
}

describe('the truth of a study', () => {
  it('joins measured genes that latent genes connect, as a search for paths does', () => {
    for (let seed = 0; seed < 60; seed++) {
      const rng = createRng(seed)
      const graph = balancedGraph(9, rng)
      const measured = shuffled(9, rng).subarray(0, 6).sort()
      const isLatent = (gene: number): boolean => !measured.includes(gene)
      const edges = measuredEdges(graph, measured)
      measured.forEach((from, a) =>
        measured.forEach((to, b) =>
          expect(edges[a * 6 + b]).toBe(leads(graph.adjacency, 9, from, to, isLatent) ? 1 : 0),
        ),
      )
    }
  })

  it('knows the ancestors that a search for paths finds', () => {
    for (let seed = 0; seed < 30; seed++) {
      const { adjacency } = balancedGraph(8, createRng(seed))
      const reach = ancestors(adjacency, 8)
      for (let i = 0; i < 8; i++)
        for (let j = 0; j < 8; j++)
          expect(reach[i * 8 + j]).toBe(leads(adjacency, 8, i, j, () => true) ? 1 : 0)
    }
  })

  it('has no edge where a latent gene is only a common cause', () => {
    const adjacency = new Uint8Array(9)
    adjacency[2 * 3 + 0] = adjacency[2 * 3 + 1] = 1
    const graph = flatten(adjacency, Int32Array.of(2, 0, 1))
    expect([...measuredEdges(graph, Int32Array.of(0, 1))]).toEqual([0, 0, 0, 0])
  })
})
