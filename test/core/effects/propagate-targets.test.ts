import { describe, expect, it } from 'vitest'
import { acyclicParents, propagateTargets } from '../../../src-main/core/effects/propagate-targets'

/** [d*d] from a list of edges with their values. */
function matrix(d: number, cells: readonly (readonly [number, number, number])[]): Float64Array {
  const out = new Float64Array(d * d)
  for (const [from, to, value] of cells) out[from * d + to] = value
  return out
}

describe('the effect of direct targets along the network', () => {
  const probability = matrix(4, [
    [0, 1, 1],
    [1, 2, 0.5],
    [0, 2, 0.8],
    [2, 0, 0.3],
  ])
  const effect = matrix(4, [
    [0, 1, 2],
    [1, 2, -1],
    [0, 2, 0.5],
    [2, 0, 5],
  ])
  const parents = acyclicParents(probability, 4)

  it('is the sum over all paths, weighted by the probability of the edges', () => {
    const shift = propagateTargets(parents, probability, effect, [3, 9, 9, 9], [0])
    // 0 → 1: 1·2·3; 0 → 2: 0.8·0.5·3 + (1·2)(0.5·−1)·3
    expect([...shift]).toEqual([3, 6, 0.8 * 0.5 * 3 - 6 * 0.5, 0])
  })

  it('stops at another target, which keeps its own shift', () => {
    const shift = propagateTargets(parents, probability, effect, [3, -1, 9, 9], [0, 1])
    expect(shift[1]).toBe(-1)
    expect(shift[2]).toBeCloseTo(0.8 * 0.5 * 3 + 0.5, 12)
  })

  it('leaves out the less probable edge of a cycle and edges that are hardly probable', () => {
    expect(parents).toEqual([[], [0], [0, 1], []])
    expect(acyclicParents(matrix(2, [[0, 1, 0.09]]), 2)).toEqual([[], []])
    // no target reaches gene 0 through the edge that would close the cycle
    expect(propagateTargets(parents, probability, effect, [0, 0, 7, 0], [2])[0]).toBe(0)
  })

  it('does not depend on the names of the genes', () => {
    const order = [2, 0, 3, 1]
    const relabelled = (values: Float64Array): Float64Array =>
      Float64Array.from(values, (_, cell) => values[order[Math.floor(cell / 4)]! * 4 + order[cell % 4]!]!)
    const p = relabelled(probability)
    const shift = propagateTargets(acyclicParents(p, 4), p, relabelled(effect), [9, 3, 9, 9], [1])
    const direct = propagateTargets(parents, probability, effect, [3, 9, 9, 9], [0])
    order.forEach((gene, at) => expect(shift[at]).toBeCloseTo(direct[gene]!, 12))
  })
})
