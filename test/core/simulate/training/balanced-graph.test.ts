import { describe, expect, it } from 'vitest'
import { createRng } from '../../../../src-main/core/random/rng'
import { balancedGraph } from '../../../../src-main/core/simulate/training/balanced-graph'

const GENES = 15
const graphs = Array.from({ length: 3000 }, (_, seed) => balancedGraph(GENES, createRng(seed)))

/** [2][d] causes and effects of each gene */
function degrees({ adjacency }: { adjacency: Uint8Array }): [number[], number[]] {
  const causes = new Array<number>(GENES).fill(0)
  const effects = new Array<number>(GENES).fill(0)
  adjacency.forEach((edge, cell) => {
    causes[cell % GENES]! += edge
    effects[Math.floor(cell / GENES)]! += edge
  })
  return [causes, effects]
}

const moment = (values: number[], power: number): number =>
  values.reduce((sum, value) => sum + value ** power, 0)

describe('the graphs of training studies', () => {
  it('are acyclic along their order and list the parents that their matrix has', () => {
    for (const graph of graphs.slice(0, 200)) {
      const position = new Int32Array(GENES)
      graph.order.forEach((gene, index) => (position[gene] = index))
      for (let j = 0; j < GENES; j++) {
        const parents = [...graph.source.subarray(graph.start[j], graph.start[j + 1])]
        expect(parents).toEqual([...Array(GENES).keys()].filter((i) => graph.adjacency[i * GENES + j] === 1))
        for (const parent of parents) expect(position[parent]!).toBeLessThan(position[j]!)
      }
    }
  })

  it('have hubs that cause as often and as strongly as hubs that are caused', () => {
    // A graph and its reversal are equally probable: any odd function of the reversal has mean zero.
    for (const power of [2, 3]) {
      const skews = graphs.map((graph) => {
        const [causes, effects] = degrees(graph)
        return moment(causes, power) - moment(effects, power)
      })
      const mean = skews.reduce((sum, skew) => sum + skew, 0) / skews.length
      const sd = Math.sqrt(skews.reduce((sum, skew) => sum + (skew - mean) ** 2, 0) / skews.length)
      expect(sd).toBeGreaterThan(0)
      expect(Math.abs(mean)).toBeLessThan((4 * sd) / Math.sqrt(skews.length))
    }
  })

  it('have hubs at all, in both directions', () => {
    const largest = graphs.map((graph) => degrees(graph).map((list) => Math.max(...list)))
    expect(largest.filter(([causes, effects]) => causes! >= 7 && effects! <= 6).length).toBeGreaterThan(30)
    expect(largest.filter(([causes, effects]) => effects! >= 7 && causes! <= 6).length).toBeGreaterThan(30)
  })

  it('have from a third of an edge to two edges per gene', () => {
    const perGene = graphs.map(({ source }) => source.length / GENES).sort((a, b) => a - b)
    const quantile = (p: number): number => perGene[Math.floor(p * perGene.length)]!
    expect(quantile(0.1)).toBeLessThan(0.45)
    expect(quantile(0.9)).toBeGreaterThan(1.5)
  })
})
