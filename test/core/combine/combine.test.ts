import { describe, expect, it } from 'vitest'
import {
  combine,
  combineTargets,
  EDGE_CELL_FEATURES,
  edgeCells,
  meanOfLogOdds,
  TARGET_CELL_FEATURES,
  targetCells,
  type CombinedAnswer,
} from '../../../src-main/core/combine'
import { projectPairs } from '../../../src-main/core/combine/pair-projection'
import { evaluateTrees } from '../../../src-main/core/combine/tree-ensemble'
import { constantTrees, makeExample, randomCombiner, reorderGenes } from './example'

const example = makeExample(6, 4, 11)
const { d, K, summary, network, closed } = example
const combiner = randomCombiner(12)

function sigma(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

/** Sum of the two directions of every pair. */
function pairSums({ edge }: CombinedAnswer): number[] {
  const sums: number[] = []
  for (let i = 0; i < d; i++)
    for (let j = i + 1; j < d; j++) sums.push(sigma(edge[i * d + j]!) + sigma(edge[j * d + i]!))
  return sums
}

describe('combine', () => {
  const answer = combine(summary, network, closed, combiner)

  it('blends the trees with the tempered mean of the two log-odds', () => {
    const trees = evaluateTrees(combiner.targets, targetCells(summary, network, closed))
    for (let at = 0; at < K * d; at++) {
      const mean = (Math.max(-20, Math.min(20, closed.target[at]!)) + network.target[at]!) / 2
      expect(answer.target[at]).toBeCloseTo(0.5 * trees[at]! + 0.5 * 0.8 * mean, 4)
    }
  })

  it('gives edges whose two directions never sum to more than one, and leaves other pairs alone', () => {
    const trees = evaluateTrees(combiner.edges, edgeCells(summary, network, closed))
    const before = closed.edge.map(
      (x, at) => 0.5 * trees[at]! + (0.5 * 0.7 * (Math.max(-9, Math.min(9, x)) + network.edge[at]!)) / 2,
    )
    let projected = 0
    for (let i = 0; i < d; i++)
      for (let j = i + 1; j < d; j++) {
        const [there, back] = [sigma(before[i * d + j]!), sigma(before[j * d + i]!)]
        const sum = Math.max(1, there + back)
        if (sum > 1) projected++
        expect(sigma(answer.edge[i * d + j]!)).toBeCloseTo(there / sum, 5)
        expect(sigma(answer.edge[j * d + i]!)).toBeCloseTo(back / sum, 5)
      }
    expect(projected).toBeGreaterThan(0)
    for (const sum of pairSums(answer)) expect(sum).toBeLessThanOrEqual(1 + 1e-12)
  })

  it('answers the last experiments alone as it does among all', () => {
    for (const first of [0, 1, K - 1, K])
      expect(combineTargets(summary, network, closed, combiner, first)).toEqual(
        answer.target.slice(first * d),
      )
  })

  it('says that no gene causes itself', () => {
    for (let i = 0; i < d; i++) expect(sigma(answer.edge[i * d + i]!)).toBe(0)
  })

  it('does not depend on the order of the genes', () => {
    const order = [4, 2, 0, 5, 1, 3]
    const moved = reorderGenes(example, order)
    const found = combine(moved.summary, moved.network, moved.closed, combiner)
    for (let j = 0; j < d; j++) {
      for (let k = 0; k < K; k++)
        expect(found.target[k * d + j]).toBeCloseTo(answer.target[k * d + order[j]!]!, 4)
      for (let i = 0; i < d; i++)
        if (i !== j) expect(found.edge[i * d + j]).toBeCloseTo(answer.edge[order[i]! * d + order[j]!]!, 4)
    }
  })

  it('ranks cells of the same leaves by the plain mean, without changing what is shown', () => {
    const flat = {
      ...combiner,
      targets: constantTrees(TARGET_CELL_FEATURES, -2),
      edges: constantTrees(EDGE_CELL_FEATURES, -2),
      blend: { targets: 1, edges: 1 },
    }
    // far beyond ±20 the closed form still ranks
    const sure = { ...closed, target: closed.target.map((x) => 20 * x) }
    const { target } = combine(summary, network, sure, flat)
    const byAnswer = [...target.keys()].sort((a, b) => target[b]! - target[a]!)
    const byMean = [...target.keys()].sort(
      (a, b) => sure.target[b]! + network.target[b]! - sure.target[a]! - network.target[a]!,
    )
    expect(byAnswer).toEqual(byMean)
    for (const x of target) expect(x).toBeCloseTo(-2, 4)
  })

  it('leaves its inputs as they were and gives the same answer again', () => {
    const copy = structuredClone({ summary, network, closed })
    expect(combine(summary, network, closed, combiner)).toEqual(answer)
    expect({ summary, network, closed }).toEqual(copy)
  })

  it('stays finite off the diagonal when constraints are infinite log-odds', () => {
    const bound = { ...closed, edge: closed.edge.map((x, at) => (at % 2 ? -Infinity : Infinity + 0 * x)) }
    const { edge, target } = combine(summary, network, bound, combiner)
    expect(edge.every((x, at) => at % (d + 1) === 0 || Number.isFinite(x))).toBe(true)
    expect(target.every(Number.isFinite)).toBe(true)
  })

  it('refuses trees that were fitted on other cells', () => {
    const other = { ...combiner, edges: constantTrees(['closed', 'network'], 0) }
    expect(() => combine(summary, network, closed, other)).toThrow(RangeError)
  })
})

describe('mean of log-odds', () => {
  it('is the tempered mean, and projects pairs as the combiner does', () => {
    const answer = meanOfLogOdds(network, closed, d, { targets: 0.5, edges: 1 })
    for (let at = 0; at < K * d; at++)
      expect(answer.target[at]).toBeCloseTo(
        0.25 * (Math.max(-20, Math.min(20, closed.target[at]!)) + network.target[at]!),
        4,
      )
    for (const sum of pairSums(answer)) expect(sum).toBeLessThanOrEqual(1 + 1e-12)
  })

  it('equals the combiner whose trees have no weight', () => {
    const { temperature } = combiner
    expect(meanOfLogOdds(network, closed, d, temperature)).toEqual(
      combine(summary, network, closed, { ...combiner, blend: { targets: 0, edges: 0 } }),
    )
  })
})

describe('opposite edges', () => {
  it.each([
    [0.9, 0.6],
    [0.5, 0.50001],
    [0.999999, 0.999],
    [0.3, 0.6],
    [1e-9, 0.2],
  ])('of probability %f and %f are divided by their sum when it is above one', (there, back) => {
    const edge = Float64Array.of(
      -Infinity,
      Math.log(there / (1 - there)),
      Math.log(back / (1 - back)),
      -Infinity,
    )
    const before = edge.slice()
    projectPairs(edge, 2)
    const sum = Math.max(1, there + back)
    expect(sigma(edge[1]!)).toBeCloseTo(there / sum, 12)
    expect(sigma(edge[2]!)).toBeCloseTo(back / sum, 12)
    if (there + back <= 1) expect(edge).toEqual(before)
  })

  it('both certain share the probability by their odds and do not become undecided', () => {
    const edge = Float64Array.of(0, 500, 700, 0)
    projectPairs(edge, 2)
    expect(edge[1]).toBeCloseTo(0, 12)
    const unequal = Float64Array.of(0, 2, 700, 0)
    projectPairs(unequal, 2)
    expect(sigma(unequal[1]!)).toBeCloseTo(sigma(2) / (1 + sigma(2)), 12)
  })
})
