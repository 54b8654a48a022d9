import { beforeAll, describe, expect, it } from 'vitest'
import { networkSampler } from '../../../src-main/core/effects/draw-network'
import { drawMechanism } from '../../../src-main/core/effects/draw-mechanism'
import { combinationMean, priorPrecision, solveMechanism } from '../../../src-main/core/effects/mechanism'
import { studyOfResult } from '../../../src-main/core/effects/stored-study'
import type { Intervention } from '../../../src-main/core/effects/network-response'
import { networksOf, whatIf } from '../../../src-main/core/effects/what-if'
import { FEATURES_PER_GENE, writeFeatures } from '../../../src-main/core/features/basis'
import { createRng } from '../../../src-main/core/random/rng'
import type { LearnedResult } from '../../../src-shared/domain/result'
import type { WhatIf } from '../../../src-shared/domain/what-if'
import { chainStudy } from '../../support/chain-study'
import { learnedResult } from '../../support/learned-result'

const DRAWS = 400

function ask(result: LearnedResult, interventions: readonly Intervention[], draws = DRAWS): WhatIf {
  return whatIf(result, networksOf(result, createRng(1, 2)), interventions, draws, createRng(1, 1))
}

describe('what happens if a gene is held or shifted', () => {
  let result: LearnedResult
  beforeAll(async () => {
    result = await learnedResult(chainStudy(4, [90, 12, 12, 12, 12]))
  })
  /** The result with one certain network: the parent set of each gene that is a chain. */
  const certain = (): LearnedResult => ({
    ...result,
    edges: {
      ...result.edges,
      probability: result.edges.probability.map((_, at) => ((at % 4) - Math.floor(at / 4) === 1 ? 1 : 0)),
    },
    learned: {
      ...result.learned,
      genes: result.learned.genes.map((gene, j) => ({
        parentSets: gene.parentSets
          .filter((set) => set.parents.join() === (j === 0 ? '' : String(j - 1)))
          .map((set) => ({ ...set, weight: 1 })),
      })),
    },
  })

  it('moves what lies downstream by the slopes of the chain', () => {
    const answer = ask(result, [{ gene: 1, kind: 'shift', amount: 1 }])
    /** sd of a gene of the chain under control, in units of its noise */
    const sd = (gene: number): number => Math.sqrt((1 - 0.81 ** (gene + 1)) / (1 - 0.81))
    expect(answer.shift[1]).toBeCloseTo(1, 12)
    expect(answer.downstream[1]).toBeCloseTo(1, 12)
    // the truth is 0.9 per gene in the unit of the data; answers are in control sd
    for (const [gene, slope] of [
      [2, 0.9],
      [3, 0.81],
    ] as const) {
      const truth = (slope * sd(1)) / sd(gene)
      expect(Math.abs(answer.shift[gene]! - truth)).toBeLessThan(0.2)
      expect(answer.low[gene]!).toBeLessThan(truth)
      expect(answer.high[gene]!).toBeGreaterThan(truth)
      expect(answer.downstream[gene]!).toBeGreaterThan(0.7)
    }
    // upstream it acts as far as the direction of the edge is open
    expect(answer.downstream[0]!).toBeCloseTo(result.edges.probability[4]!, 1)
  })

  it('is on average what the fitted mechanism says, in one certain network', () => {
    const one = certain()
    const amount = 1.5
    const answer = ask(one, [{ gene: 0, kind: 'shift', amount }])
    const { study, basis } = studyOfResult(one)
    const set = one.learned.genes[1]!.parentSets[0]!
    const mechanism = solveMechanism(
      set.pool,
      priorPrecision(1, study.variances, study.hyper),
      set.pooledCount,
      study.hyper,
    )
    let expected = 0
    for (let sample = 0; sample < 90; sample++) {
      const at = study.effects[0]![sample * 4]!
      const row = new Float64Array(1 + FEATURES_PER_GENE)
      const old = new Float64Array(FEATURES_PER_GENE)
      writeFeatures(basis, 0, at + amount, amount, row, 1)
      writeFeatures(basis, 0, at, 0, old, 0)
      old.forEach((value, b) => (row[1 + b]! -= value))
      expected += combinationMean(mechanism, row) / 90
    }
    const spread = (answer.high[1]! - answer.low[1]!) / 4
    expect(Math.abs(answer.shift[1]! - expected)).toBeLessThan((4 * spread) / Math.sqrt(DRAWS))
    expect([...answer.downstream]).toEqual([1, 1, 1, 1].map((value): unknown => expect.closeTo(value, 9)))
  })

  it('cuts a gene that is held from its causes, and leaves one that is shifted on them', () => {
    const one = certain()
    const both = (kind: 'hold' | 'shift'): Float64Array =>
      ask(one, [
        { gene: 0, kind: 'shift', amount: 2 },
        { gene: 1, kind, amount: 0 },
      ]).shift
    const [held, shifted] = [both('hold'), both('shift')]
    // the control mean is 0: held there, the gene stays and so does what lies below it
    expect(Math.abs(held[1]!)).toBeLessThan(1e-9)
    expect(Math.abs(held[2]!)).toBeLessThan(0.1)
    expect(shifted[1]!).toBeGreaterThan(1)
    expect(shifted[2]!).toBeGreaterThan(0.8)
  })

  it('says when the level lies beyond all samples', () => {
    const outside = (amount: number): boolean =>
      ask(result, [{ gene: 0, kind: 'hold', amount }], 2).interventions[0]!.outside
    expect([outside(-9), outside(0), outside(12)]).toEqual([true, false, true])
  })

  it('is the same for the same seed', () => {
    const once = (): Float64Array => ask(result, [{ gene: 0, kind: 'hold', amount: -2 }], 20).high
    expect(once()).toEqual(once())
  })
})

describe('drawn networks', () => {
  const sets = {
    parents: [
      [[], [1]],
      [[], [0], [2]],
      [[], [0]],
    ],
    weights: [
      [0.4, 0.6],
      [0.2, 0.5, 0.3],
      [0.5, 0.5],
    ],
  }
  const draw = networkSampler({ ...sets, weights: sets.weights.map((each) => Float64Array.from(each)) })

  it('have no cycle, and the frequencies of drawing gene by gene', () => {
    const rng = createRng(4, 1)
    const chosen = new Int32Array(3)
    const counts = new Map<string, number>()
    const N = 20_000
    for (let i = 0; i < N; i++) {
      draw(rng, chosen)
      counts.set(chosen.join(), (counts.get(chosen.join()) ?? 0) + 1 / N)
    }
    // second route: all orders, all choices, one by one
    const expected = new Map<string, number>()
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ])
      walk(order, 0, [-1, -1, -1], 1 / 6)
    function walk(order: readonly number[], at: number, picked: readonly number[], p: number): void {
      if (at === 3) return void expected.set(picked.join(), (expected.get(picked.join()) ?? 0) + p)
      const gene = order[at]!
      const open = sets.parents[gene]!.map((_, set) => picked.with(gene, set)).filter(
        (next) => !isCyclic(next),
      )
      const total = open.reduce((sum, next) => sum + sets.weights[gene]![next[gene]!]!, 0)
      for (const next of open) walk(order, at + 1, next, (p * sets.weights[gene]![next[gene]!]!) / total)
    }
    function isCyclic(picked: readonly number[]): boolean {
      const reaches = (from: number, to: number, left: number): boolean =>
        left > 0 &&
        picked[from]! >= 0 &&
        sets.parents[from]![picked[from]!]!.some((parent) => parent === to || reaches(parent, to, left - 1))
      return [0, 1, 2].some((gene) => reaches(gene, gene, 3))
    }
    expect([...counts.keys()].sort()).toEqual([...expected.keys()].sort())
    for (const [key, p] of expected) expect(Math.abs(counts.get(key)! - p)).toBeLessThan(0.015)
  })

  it('hold each edge as often as it is probable, though the genes are drawn one by one', async () => {
    const result = await learnedResult(chainStudy(4, [90, 12, 12, 12, 12]))
    const own = networksOf(result, createRng(7, 1))
    const [rng, chosen, drawn] = [createRng(8, 1), new Int32Array(4), new Float64Array(16)]
    for (let i = 0; i < 2000; i++) {
      own(rng, chosen)
      chosen.forEach((set, gene) => {
        for (const cause of result.learned.genes[gene]!.parentSets[set]!.parents)
          drawn[cause * 4 + gene]! += 1 / 2000
      })
    }
    // the direction of the first edge is open: 0.67 and 0.33
    expect(result.edges.probability[4]!).toBeGreaterThan(0.3)
    expect(result.edges.probability[1]!).toBeGreaterThan(0.3)
    result.edges.probability.forEach((p, cell) => expect(Math.abs(drawn[cell]! - p)).toBeLessThan(0.06))
  })
})

describe('a drawn mechanism', () => {
  it('has the mean and the covariance of its posterior', () => {
    const gram = Float64Array.from([50, 10, 80, 20, 60, 90])
    const hyper = { interceptPrecision: 0.01, a0: 1.5, b0: 0.5 } as never
    const mechanism = solveMechanism(gram, Float64Array.from([0.01, 1]), 50, hyper)
    const rng = createRng(6, 1)
    const [N, w] = [40_000, new Float64Array(2)]
    let [m0, m1, c00, c01, c11] = [0, 0, 0, 0, 0]
    for (let i = 0; i < N; i++) {
      drawMechanism(mechanism, 50, hyper, rng, w)
      const [a, b] = [w[0]! - mechanism.weights[0]!, w[1]! - mechanism.weights[1]!]
      m0 += a / N
      m1 += b / N
      c00 += (a * a) / N
      c01 += (a * b) / N
      c11 += (b * b) / N
    }
    // second route: the 2 × 2 inverse of the precision, times the posterior mean of σ²
    const [p, q, r] = [50.01, 10, 81]
    const det = p * r - q * q
    const s2 = mechanism.noiseVariance
    expect(Math.abs(m0)).toBeLessThan(0.01)
    expect(Math.abs(m1)).toBeLessThan(0.01)
    expect(c00 / ((s2 * r) / det)).toBeCloseTo(1, 1)
    expect(c11 / ((s2 * p) / det)).toBeCloseTo(1, 1)
    expect(c01 / ((-s2 * q) / det)).toBeCloseTo(1, 0)
  })
})
