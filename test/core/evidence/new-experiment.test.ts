import { beforeAll, describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src-shared/domain/dataset'
import type { LearnedResult } from '../../../src-shared/domain/result'
import { edgeEvidence } from '../../../src-main/core/effects/edge-evidence'
import { targetEvidence } from '../../../src-main/core/effects/target-evidence'
import { createDirectKernel } from '../../../src-main/core/evidence/direct'
import { targetPrior } from '../../../src-main/core/evidence/hyperparameters'
import { createParentSetEvidence } from '../../../src-main/core/evidence/kernel'
import { adaptToNewExperiments } from '../../../src-main/core/evidence/new-experiment'
import { storedBasis, storedStudy, applyStoredScales } from '../../../src-main/core/effects/stored-study'
import { hardEvidence } from '../../../src-main/core/evidence/hard-evidence'
import { visitOrder } from '../../../src-main/core/evidence/visit-order'
import { averageTargetLogOdds } from '../../../src-main/core/search/target-posterior'
import { toParentSets } from '../../../src-main/core/search/parent-sets'
import { createRng } from '../../../src-main/core/random/rng'
import { learnedResult } from '../../support/learned-result'

const GENES = 5

/** A chain; experiment k shifts gene (k − 1) mod 5 by 3. */
function chain(sizes: readonly number[], seed: number): Dataset {
  const rng = createRng(seed)
  const rows: number[] = []
  const environmentOf: number[] = []
  sizes.forEach((size, k) => {
    for (let i = 0; i < size; i++) {
      const row: number[] = []
      for (let j = 0; j < GENES; j++)
        row.push(
          (j > 0 ? Math.tanh(1.3 * row[j - 1]!) : 0) +
            0.5 * rng.normal() +
            (k > 0 && (k - 1) % GENES === j ? 3 : 0),
        )
      rows.push(...row)
      environmentOf.push(k)
    }
  })
  return {
    name: 'chain',
    genes: Array.from({ length: GENES }, (_, j) => `g${j}`),
    samples: environmentOf.map((_, r) => `s${r}`),
    values: Float64Array.from(rows),
    environmentOf: Int32Array.from(environmentOf),
    environments: sizes.map((_, k) => (k === 0 ? 'control' : `e${k}`)),
    transform: 'none',
    files: [],
  }
}

describe('targets of new experiments', () => {
  let learned: LearnedResult
  beforeAll(async () => {
    learned = await learnedResult(chain([80, 5, 5, 5, 5, 5], 1), {})
  })

  it('are found without learning again', () => {
    const fresh = adaptToNewExperiments(learned, chain([0, 5, 5, 5, 5, 5], 2))
    for (let k = 0; k < GENES; k++) expect(fresh.rank[k * GENES + k]).toBe(1)
    expect(fresh.probability[0]).toBeGreaterThan(0.5)
  })

  it('equal the evidence of the plain formula with the control as pool', async () => {
    const control = await learnedResult(chain([80], 1), { targetsPrior: 'independent' })
    const fresh = chain([0, 4], 3)
    const answer = adaptToNewExperiments(control, fresh)
    // second route: control and new experiment as one study under the stored scales, states judged by direct.ts
    const joined = { ...fresh, values: Float64Array.from([...control.input.values, ...fresh.values]) }
    const { preprocessing } = control.learned
    const starts = Int32Array.from([0, 80, 84])
    const scaled = applyStoredScales(preprocessing, joined.values, 84)
    const base = storedStudy(storedBasis(preprocessing), scaled, GENES, starts)
    const study = {
      ...base,
      hard: [hardEvidence(scaled, GENES, starts, base.hyper)],
      visits: visitOrder(scaled, GENES, starts),
    }
    const kernel = createDirectKernel(study)
    const prior = targetPrior(GENES)
    for (let j = 0; j < GENES; j++) {
      const { parentSets } = control.learned.genes[j]!
      const candidates = Int32Array.from([0, 1, 2, 3, 4].filter((i) => i !== j))
      const sets = toParentSets(
        parentSets.map(({ parents }) =>
          parents.map((parent) => candidates.indexOf(parent)).sort((a, b) => a - b),
        ),
        4,
        4,
      )
      const out = createParentSetEvidence(sets.count, 1)
      kernel.score(j, 0, candidates, sets, Float64Array.of(prior), 3, out)
      const expected = new Float64Array(1)
      const total = parentSets.reduce((sum, set) => sum + set.weight, 0)
      averageTargetLogOdds(
        Float64Array.from(parentSets, (set) => set.weight / total),
        out.targetLogOdds,
        1,
        expected,
        0,
        1,
      )
      // undo the (untruncated up to 6 of 5 genes, so exact) independent prior on the number of targets
      expect(answer.logOdds[j]!).toBeCloseTo(expected[0]!, 6)
    }
  })

  it('say which genes are not measured, and answer for the others', () => {
    const whole = chain([0, 5], 4)
    const keep = [0, 1, 2, 4]
    const partial = {
      ...whole,
      genes: keep.map((j) => whole.genes[j]!),
      values: Float64Array.from(
        whole.samples.flatMap((_, r) => keep.map((j) => whole.values[r * GENES + j]!)),
      ),
    }
    const answer = adaptToNewExperiments(learned, partial)
    expect(answer.missingGenes).toEqual(['g3'])
    expect(answer.probability[3]).toBeNaN()
    expect(answer.rank[0]).toBe(1)
    expect(answer.warnings.join(' ')).toMatch(/1 of 5 genes/)
  })

  it('are centred on the control samples of the new file', () => {
    const batch = chain([6, 5], 5)
    const moved = { ...batch, values: batch.values.map((value, i) => value + (i % GENES === 3 ? 4 : 0)) }
    const answer = adaptToNewExperiments(learned, moved)
    expect(answer.rank[0]).toBe(1)
    expect(answer.probability[3]).toBeLessThan(0.5)
  })
})

describe('evidence views', () => {
  let result: LearnedResult
  beforeAll(async () => {
    result = await learnedResult(chain([80, 5, 5, 5, 5, 5], 1), {})
  })

  it('of an edge show a rising mechanism with its interval around it and a point per sample', () => {
    const evidence = edgeEvidence(result, 0, 1)
    expect(evidence.probability).toBe(result.edges.probability[1])
    expect(evidence.effectLow).toBeLessThan(evidence.effect)
    expect(evidence.effect).toBeGreaterThan(0.3)
    const { curve, points } = evidence
    expect(curve.mean.at(-1)!).toBeGreaterThan(curve.mean[0]!)
    curve.mean.forEach((value, i) => expect(curve.low[i]! <= value && value <= curve.high[i]!).toBe(true))
    expect(points.x).toHaveLength(105)
    expect(Array.from(points.environment.subarray(78, 86))).toEqual([0, 0, 1, 1, 1, 1, 1, 2])
    // experiment 2 hits the effect gene itself
    expect(Array.from(points.unused.subarray(85, 90))).toEqual([1, 1, 1, 1, 1])
    expect(evidence.parentSets.reduce((sum, set) => sum + set.weight, 0)).toBeLessThanOrEqual(1 + 1e-9)
  })

  it('of a target explain the samples only when the gene is hit', () => {
    const hit = targetEvidence(result, 2, 2)
    const notHit = targetEvidence(result, 2, 3)
    expect(hit.logBayesFactor).toBeGreaterThan(3)
    expect(notHit.logBayesFactor).toBeLessThan(hit.logBayesFactor)
    const misses = (samples: typeof hit.samples, under: 'hit' | 'notHit'): number =>
      samples.filter(({ observed, [under]: p }) => observed < p.low || observed > p.high).length
    expect(misses(hit.samples, 'notHit')).toBeGreaterThan(2)
    expect(misses(hit.samples, 'hit')).toBeLessThanOrEqual(1)
    expect(hit.parents[0]!.gene).toBe('g1')
  })
})
