import { describe, expect, it } from 'vitest'
import {
  EDGE_CELL_FEATURES,
  edgeCells,
  TARGET_CELL_FEATURES,
  targetCells,
  type Cells,
} from '../../../src-main/core/combine'
import { EXPERIMENT_FEATURES, PAIR_FEATURES, summariseStudy } from '../../../src-main/core/features/summary'
import { makeExample } from './example'

const example = makeExample(7, 5, 1)
const { d, K, summary, network, closed } = example
const targets = targetCells(summary, network, closed)
const edges = edgeCells(summary, network, closed)

function at({ features, names }: Cells, row: number, name: string): number {
  expect(names).toContain(name)
  return features[row * names.length + names.indexOf(name)]!
}

function sigma(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

function clip(x: number, most: number): number {
  return Math.max(-most, Math.min(most, x))
}

const genes = Array.from({ length: d }, (_, j) => j)
const others = (...without: number[]): number[] => genes.filter((i) => !without.includes(i))
const targetMean = (k: number, i: number): number =>
  (clip(closed.target[k * d + i]!, 20) + network.target[k * d + i]!) / 2
const edgeMean = (i: number, j: number): number =>
  (clip(closed.edge[i * d + j]!, 9) + network.edge[i * d + j]!) / 2

describe('cells', () => {
  it('have the closed form and the network as their first two features, in the names and in the numbers', () => {
    expect(TARGET_CELL_FEATURES.slice(0, 2)).toEqual(['closed', 'network'])
    expect(EDGE_CELL_FEATURES.slice(0, 2)).toEqual(['closed', 'network'])
    expect(targets.features.length).toBe(K * d * TARGET_CELL_FEATURES.length)
    expect(edges.features.length).toBe(d * d * EDGE_CELL_FEATURES.length)
    for (let row = 0; row < K * d; row++) {
      expect(at(targets, row, 'closed')).toBeCloseTo(clip(closed.target[row]!, 20), 5)
      expect(at(targets, row, 'network')).toBe(network.target[row]!)
    }
    for (const i of genes)
      for (const j of others(i)) {
        expect(at(edges, i * d + j, 'closed')).toBeCloseTo(clip(closed.edge[i * d + j]!, 9), 5)
        expect(at(edges, i * d + j, 'networkReverse')).toBe(network.edge[j * d + i]!)
      }
  })

  it('have no name twice', () => {
    expect(new Set(TARGET_CELL_FEATURES).size).toBe(TARGET_CELL_FEATURES.length)
    expect(new Set(EDGE_CELL_FEATURES).size).toBe(EDGE_CELL_FEATURES.length)
  })

  it('of the diagonal are zero', () => {
    for (const i of genes) for (const name of EDGE_CELL_FEATURES) expect(at(edges, i * d + i, name)).toBe(0)
  })

  it('explain a hit away by the best and second-best other gene, as brute force does', () => {
    for (let k = 0; k < K; k++)
      for (const j of genes) {
        const byEdge = others(j)
          .map((i) => sigma(targetMean(k, i)) * sigma(edgeMean(i, j)))
          .sort((a, b) => b - a)
        const byAncestor = others(j).map((i) => sigma(targetMean(k, i)) * sigma(network.ancestor[i * d + j]!))
        const row = k * d + j
        expect(at(targets, row, 'explainingAway')).toBeCloseTo(byEdge[0]!, 6)
        expect(at(targets, row, 'explainingAwaySecond')).toBeCloseTo(byEdge[1]!, 6)
        expect(at(targets, row, 'explainedByAncestor')).toBeCloseTo(Math.max(...byAncestor), 6)
      }
  })

  it('know the largest and the sum of the other genes of their experiment', () => {
    for (let k = 0; k < K; k++)
      for (const j of genes) {
        const row = k * d + j
        expect(at(targets, row, 'networkLargestOther')).toBeCloseTo(
          Math.max(-20, ...others(j).map((i) => network.target[k * d + i]!)),
          5,
        )
        expect(at(targets, row, 'meanLargestOther')).toBeCloseTo(
          Math.max(-20, ...others(j).map((i) => targetMean(k, i))),
          5,
        )
        expect(at(targets, row, 'networkSumOfOthers')).toBeCloseTo(
          others(j).reduce((sum, i) => sum + sigma(network.target[k * d + i]!), 0),
          5,
        )
      }
  })

  it('know the other causes and effects, the best route and the best common cause of a pair', () => {
    const p = (i: number, j: number): number => sigma(edgeMean(i, j))
    for (const i of genes)
      for (const j of others(i)) {
        const row = i * d + j
        const rest = others(i, j)
        expect(at(edges, row, 'networkLargestOtherCause')).toBeCloseTo(
          Math.max(-9, ...rest.map((m) => network.edge[m * d + j]!)),
          5,
        )
        expect(at(edges, row, 'closedLargestOtherEffect')).toBeCloseTo(
          Math.max(-9, ...rest.map((m) => clip(closed.edge[i * d + m]!, 9))),
          5,
        )
        expect(at(edges, row, 'networkSumOfOtherEffects')).toBeCloseTo(
          rest.reduce((sum, m) => sum + sigma(network.edge[i * d + m]!), 0),
          5,
        )
        expect(at(edges, row, 'throughOther')).toBeCloseTo(Math.max(...rest.map((m) => p(i, m) * p(m, j))), 5)
        expect(at(edges, row, 'commonCause')).toBeCloseTo(Math.max(...rest.map((m) => p(m, i) * p(m, j))), 5)
        const hits = Array.from({ length: K }, (_, k) => sigma(targetMean(k, i))).reduce((a, b) => a + b, 0)
        expect(at(edges, row, 'targetOfCause')).toBeCloseTo(hits, 5)
      }
  })

  it('carry the logarithm of the samples as the network reads it', () => {
    expect(at(targets, 0, 'lnSamples')).toBeCloseTo(Math.log(5) - 2.3, 5)
    expect(at(edges, 1, 'lnSamples')).toBeCloseTo(Math.log(5) - 2.3, 5)
  })

  it('see a shift that a cause explains as explained', () => {
    // gene 0 is shifted in experiment 0 and gene 1 follows it; say so with an edge 0 → 1
    const edge = new Float32Array(d * d).fill(-9)
    edge[1] = 9
    const certain = { ...network, edge, target: new Float32Array(K * d).fill(-5).fill(5, 0, 1) }
    const told = targetCells(summary, certain, { ...closed, edge: Float64Array.from(edge) })
    const shift = (j: number): number => Math.sinh(summary.experiment[j * EXPERIMENT_FEATURES.length + 2]!)
    const slope = summary.pair[PAIR_FEATURES.length]!
    const left = (x: number): number => Math.log1p((x * x) / (1 / 40 + 1 / 5)) / 2
    expect(at(told, 1, 'explainedShift')).toBeCloseTo(left(shift(1)) - left(shift(1) - slope * shift(0)), 4)
    expect(at(told, 1, 'explainedShift')).toBeGreaterThan(0.1)
  })

  it.each([
    ['constraints as infinite log-odds', makeExample(5, 3, 2)],
    ['one gene', makeExample(1, 2, 3)],
    ['two genes and one experiment', makeExample(2, 1, 4)],
    ['no control', makeExample(5, 4, 5, 0)],
    ['one sample per experiment', makeExample(5, 4, 6, 30, 1)],
  ])('are finite with %s', (_, study) => {
    const extreme = {
      edge: study.closed.edge.map((x, i) => (i % 3 === 0 ? -Infinity : i % 3 === 1 ? Infinity : x)),
      target: study.closed.target.map((x, i) => (i % 2 ? -600 : 600 + 0 * x)),
    }
    expect(targetCells(study.summary, study.network, extreme).features.every(Number.isFinite)).toBe(true)
    expect(edgeCells(study.summary, study.network, extreme).features.every(Number.isFinite)).toBe(true)
  })

  it('are finite for a study without experiments', () => {
    const rows = example.values.slice(0, 40 * d)
    const graphOnly = summariseStudy(rows, d, Int32Array.of(0, 40))
    const one = { ...network, target: new Float32Array(d) }
    const none = { ...closed, target: new Float64Array(d) }
    expect(targetCells(graphOnly, one, none).features.every(Number.isFinite)).toBe(true)
    expect(edgeCells(graphOnly, one, none).features.every(Number.isFinite)).toBe(true)
  })
})
