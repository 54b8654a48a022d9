import { describe, expect, it } from 'vitest'
import { createRng } from '../../../src-main/core/random/rng'
import { randomGraph, type Graph } from '../../../src-main/core/simulate/random-graph'
import type { RandomGraphSpec } from '../../../src-shared/domain/simulation'

const GENES = 30
const STUDIES = 300

function draw(spec: Partial<RandomGraphSpec>, seed: number): Graph {
  return randomGraph(GENES, { kind: 'erdos-renyi', meanDegree: 2, hubs: 'causes', ...spec }, createRng(seed))
}

function edgeCount(graph: Graph): number {
  return graph.parents.reduce((sum, parents) => sum + parents.length, 0)
}

function largestDegrees(graph: Graph): { out: number; in: number } {
  const out = new Int32Array(GENES)
  for (const parents of graph.parents) for (const parent of parents) out[parent]!++
  return { out: Math.max(...out), in: Math.max(...graph.parents.map((parents) => parents.length)) }
}

describe('random graphs', () => {
  const kinds: Partial<RandomGraphSpec>[] = [
    { kind: 'erdos-renyi' },
    { kind: 'scale-free', hubs: 'causes' },
    { kind: 'scale-free', hubs: 'effects' },
    { kind: 'scale-free', hubs: 'either', meanDegree: 4 },
  ]

  it.each(kinds)(
    '$kind $hubs: every parent comes before its child in the order, so there is no cycle',
    (spec) => {
      for (let seed = 0; seed < 50; seed++) {
        const graph = draw(spec, seed)
        const position = new Int32Array(GENES)
        graph.order.forEach((gene, index) => (position[gene] = index))
        expect(new Set(graph.order).size).toBe(GENES)
        graph.parents.forEach((parents, gene) => {
          expect(new Set(parents).size).toBe(parents.length)
          for (const parent of parents) expect(position[parent]).toBeLessThan(position[gene]!)
        })
      }
    },
  )

  it('Erdős–Rényi has genes × degree / 2 edges on average', () => {
    let sum = 0
    for (let seed = 0; seed < STUDIES; seed++) sum += edgeCount(draw({ meanDegree: 3 }, seed))
    const pairs = (GENES * (GENES - 1)) / 2
    const p = 3 / (GENES - 1)
    expect(Math.abs(sum / STUDIES - 45)).toBeLessThan(5 * Math.sqrt((pairs * p * (1 - p)) / STUDIES))
  })

  it('scale-free attaches each gene to the same number of earlier ones', () => {
    for (let seed = 0; seed < 20; seed++) {
      expect(edgeCount(draw({ kind: 'scale-free', meanDegree: 2 }, seed))).toBe(GENES - 1)
      expect(edgeCount(draw({ kind: 'scale-free', meanDegree: 4 }, seed))).toBe(1 + 2 * (GENES - 2))
    }
  })

  it('hubs are causes, effects, or by a coin one of both', () => {
    const hubIsCause = (hubs: RandomGraphSpec['hubs'], seed: number): boolean => {
      const largest = largestDegrees(draw({ kind: 'scale-free', hubs }, seed))
      return largest.out > largest.in
    }
    let causes = 0
    for (let seed = 0; seed < 100; seed++) {
      expect(hubIsCause('causes', seed)).toBe(true)
      expect(hubIsCause('effects', seed)).toBe(false)
      if (hubIsCause('either', seed)) causes++
    }
    expect(Math.abs(causes - 50)).toBeLessThan(5 * 5)
  })

  it('labels say nothing about the causal order', () => {
    let forward = 0
    let edges = 0
    for (let seed = 0; seed < STUDIES; seed++) {
      draw({}, seed).parents.forEach((parents, gene) => {
        for (const parent of parents) {
          edges++
          if (parent < gene) forward++
        }
      })
    }
    expect(Math.abs(forward / edges - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / edges))
  })
})
