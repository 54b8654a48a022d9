import { beforeAll, describe, expect, it } from 'vitest'
import { edgeAlternatives } from '../../../src-main/core/effects/edge-alternatives'
import { createDirectKernel } from '../../../src-main/core/evidence/direct'
import { experimentTerms } from '../../../src-main/core/evidence/experiment-terms'
import { createParentSetEvidence } from '../../../src-main/core/evidence/kernel'
import { prepareStudy, type EvidenceStudy } from '../../../src-main/core/evidence/study'
import { logAddExp } from '../../../src-main/core/linalg/log-space'
import { logGamma } from '../../../src-main/core/linalg/log-gamma'
import { writeRow } from '../../../src-main/core/effects/pool'
import { priorPrecision } from '../../../src-main/core/effects/mechanism'
import { toParentSets } from '../../../src-main/core/search/parent-sets'
import type { LearnedGene } from '../../../src-shared/domain/result'
import { chainStudy } from '../../support/chain-study'

const PRIOR = [0.3, 0.3, 0.3]
let study: EvidenceStudy
beforeAll(() => {
  study = prepareStudy(chainStudy(4, [25, 5, 6, 4]), 0.1, 1).study
})

describe('the terms of the experiments', () => {
  it('give the log-odds that the kernel of the runs gives', () => {
    const kernel = createDirectKernel(study)
    for (const [gene, parents] of [
      [1, [0]],
      [2, [1, 3]],
      [0, []],
      [3, [0, 1, 2]],
    ] as const) {
      const out = createParentSetEvidence(1, 3)
      const sets = toParentSets([parents.map((_, slot) => slot)], parents.length, parents.length)
      kernel.score(gene, 0, Int32Array.from(parents), sets, Float64Array.from(PRIOR), study.hyper.sweeps, out)
      const { weights } = experimentTerms(study, 0, gene, parents, out.states, PRIOR)
      for (let k = 0; k < 3; k++) {
        const [d0, d1, d2] = weights.subarray(3 * k, 3 * k + 3)
        expect(logAddExp(d1!, d2!) - d0!).toBeCloseTo(out.targetLogOdds[k]!, 7)
        expect(d2! - d1!).toBeCloseTo(out.hardLogOdds[k]!, 7)
      }
    }
  })

  it('of the control are the difference of two multivariate t densities of all samples', () => {
    const states = [0, 1, 2]
    const { control } = experimentTerms(study, 0, 2, [1], states, PRIOR)
    // second route: the dense covariance of the samples, weights and own intercepts integrated out
    expect(control).toBeCloseTo(density([0, 1, 2]) - density([1, 2]), 6)

    function density(environments: number[]): number {
      const { hyper, starts } = study
      const rows: { row: Float64Array; k: number; t: number }[] = []
      for (const k of environments) {
        const n = starts[k + 1]! - starts[k]!
        for (let r = starts[k]!; r < starts[k + 1]!; r++) {
          const row = new Float64Array(9)
          writeRow(study, study.effects[0]!, 2, [1], r, row)
          rows.push({ row, k, t: k === 0 ? 1 : hyper.temperCount / (hyper.temperCount + n) })
        }
      }
      const precision = priorPrecision(1, study.variances, hyper)
      const n = rows.reduce((sum, { t }) => sum + t, 0)
      // Tempered samples are samples with variance 1/t and a power of their normalising constant.
      const covariance = rows.map((a, i) =>
        rows.map((b, j) => {
          let value = i === j ? 1 / a.t : 0
          for (let f = 0; f < 8; f++) value += (a.row[f]! * b.row[f]!) / precision[f]!
          if (a.k === b.k && a.k > 0) value += a.k === 1 ? hyper.unchangedVariance : hyper.shiftVariance
          return value
        }),
      )
      const { logDeterminant, solved } = solve(
        covariance,
        rows.map(({ row }) => row[8]!),
      )
      const quadratic = rows.reduce((sum, { row }, i) => sum + row[8]! * solved[i]!, 0)
      const noise = rows.reduce((sum, { t }) => sum + Math.log(t), 0)
      const a = hyper.a0 + n / 2
      // c_I and c_S of the experiments are not part of the pool evidence
      const intercepts = environments.reduce((sum, k) => {
        if (k === 0) return sum
        const nk = rows.filter((other) => other.k === k).reduce((all, { t }) => all + t, 0)
        return sum + 0.5 * Math.log(1 + nk * (k === 1 ? hyper.unchangedVariance : hyper.shiftVariance))
      }, 0)
      return (
        -0.5 * n * Math.log(2 * Math.PI) -
        0.5 * (logDeterminant + noise) +
        intercepts +
        hyper.a0 * Math.log(hyper.b0) -
        a * Math.log(hyper.b0 + 0.5 * quadratic) +
        logGamma(a) -
        logGamma(hyper.a0)
      )
    }
  })

  it('say nothing about causes where the mechanism was replaced', () => {
    const states = [0, 0, 2]
    const one = experimentTerms(study, 0, 2, [1], states, [0.3, 0.3, 1 - 1e-9])
    const two = experimentTerms(study, 0, 2, [], states, [0.3, 0.3, 1 - 1e-9])
    expect(one.weights[8]).toBe(two.weights[8])
  })
})

/** Gauss elimination with the log of the determinant. */
function solve(matrix: number[][], right: number[]): { logDeterminant: number; solved: number[] } {
  const n = matrix.length
  const m = matrix.map((line, i) => [...line, right[i]!])
  let logDeterminant = 0
  for (let i = 0; i < n; i++) {
    logDeterminant += Math.log(m[i]![i]!)
    for (let k = i + 1; k < n; k++) {
      const f = m[k]![i]! / m[i]![i]!
      for (let j = i; j <= n; j++) m[k]![j]! -= f * m[i]![j]!
    }
  }
  const solved = new Array<number>(n).fill(0)
  for (let i = n - 1; i >= 0; i--) {
    let value = m[i]![n]!
    for (let j = i + 1; j < n; j++) value -= m[i]![j]! * solved[j]!
    solved[i] = value / m[i]![i]!
  }
  return { logDeterminant, solved }
}

describe('the alternatives of an edge', () => {
  const gene = (...sets: [number[], number][]): LearnedGene =>
    ({ parentSets: sets.map(([parents, weight]) => ({ parents, weight })) }) as unknown as LearnedGene
  const learned = [
    gene([[], 0.5], [[2], 0.3], [[1], 0.2]),
    gene([[0], 0.4], [[2], 0.5], [[], 0.1]),
    gene([[], 1]),
  ]

  it('sum to one, and common causes are counted over the sets of both genes', () => {
    const { edge, reverse, sharedCause, neither, sharedCauses } = edgeAlternatives(learned, 0, 1, 0.4, 0.2)
    expect(edge + reverse + sharedCause + neither).toBeCloseTo(1)
    // sets without the edge: gene 0 {} .5, {2} .3; gene 1 {2} .5, {} .1: both hold 2 in .15 of .48
    expect(sharedCause).toBeCloseTo((0.4 * 0.15) / 0.48)
    expect(sharedCauses).toEqual([{ gene: 2, probability: 0.15 / 0.48 }])
  })

  it('of a required edge are none', () => {
    const { sharedCause, neither } = edgeAlternatives(learned, 0, 1, 1, 0)
    expect([sharedCause, neither]).toEqual([0, 0])
  })
})
