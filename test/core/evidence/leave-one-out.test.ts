import { beforeAll, describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src-shared/domain/dataset'
import type { LearnedResult } from '../../../src-shared/domain/result'
import { poolGram } from '../../../src-main/core/effects/pool'
import { applyStoredScales, storedBasis, storedStudy } from '../../../src-main/core/effects/stored-study'
import { controlSplits } from '../../../src-main/core/evidence/control-splits'
import {
  judgeRows,
  openEvidence,
  poolsWithoutControlSamples,
  rowsOf,
} from '../../../src-main/core/evidence/judge-rows'
import { leaveOneOut } from '../../../src-main/core/evidence/leave-one-out'
import { evidenceOfNewExperiments } from '../../../src-main/core/evidence/new-experiment'
import { createRng } from '../../../src-main/core/random/rng'
import { chainStudy } from '../../support/chain-study'
import { learnedResult } from '../../support/learned-result'

const D = 5
const SIZES = [60, 4, 5, 4]
const study = chainStudy(D, SIZES, 3)
const startOf = (environment: number): number =>
  SIZES.slice(0, environment + 1).reduce((sum, size) => sum + size, 0)

/** The rows of a data set that pass, as a data set of its own. */
function withRows(data: Dataset, keep: (row: number) => boolean): Dataset {
  const rows = data.samples.map((_, row) => row).filter(keep)
  return {
    ...data,
    samples: rows.map((row) => data.samples[row]!),
    values: Float64Array.from(
      rows.flatMap((row) => Array.from(data.values.subarray(row * D, (row + 1) * D))),
    ),
    environmentOf: Int32Array.from(rows, (row) => data.environmentOf[row]!),
  }
}

/** The result with its pools computed anew from data that lack some rows, weights and parent sets as they were. */
function learnedFrom(result: LearnedResult, data: Dataset, without: number): LearnedResult {
  const starts = new Int32Array(data.environments.length + 1)
  for (const k of data.environmentOf) starts[k + 1]!++
  for (let k = 0; k < data.environments.length; k++) starts[k + 1]! += starts[k]!
  const { preprocessing } = result.learned
  const scaled = applyStoredScales(preprocessing, data.values, data.samples.length)
  const reduced = storedStudy(storedBasis(preprocessing), scaled, D, starts)
  return {
    ...result,
    learned: {
      ...result.learned,
      genes: result.learned.genes.map(({ parentSets }, gene) => ({
        parentSets: parentSets.map((set) => {
          const states = Array.from(set.states).filter((_, k) => k !== without)
          const { gram, count } = poolGram(reduced, gene, set.parents, states)
          return { ...set, pool: gram, pooledCount: count }
        }),
      })),
    },
  }
}

describe('an experiment judged without one of its samples', () => {
  let result: LearnedResult
  beforeAll(async () => {
    result = await learnedResult(study, {}, 1)
  })

  it('equals what is found when the sample is really taken out and the rest comes as a new experiment', () => {
    const k = 1
    const from = startOf(k)
    const others = withRows(study, (row) => study.environmentOf[row] !== k + 1)
    const elsewhere: Dataset = {
      ...others,
      environments: study.environments.filter((_, e) => e !== k + 1),
      environmentOf: others.environmentOf.map((e) => (e > k + 1 ? e - 1 : e)),
    }
    const learned = learnedFrom(result, elsewhere, k)
    const judged = leaveOneOut(result, k)
    expect(judged.samples).toBe(5)
    for (const left of [-1, 0, 3]) {
      const rest = withRows(study, (row) => study.environmentOf[row] === k + 1 && row !== from + left)
      const fresh: Dataset = {
        ...rest,
        environments: ['', 'new'],
        environmentOf: new Int32Array(rest.samples.length).fill(1),
      }
      const expected = evidenceOfNewExperiments(learned, fresh).logOdds
      const found = left < 0 ? judged.all() : judged.without(left)
      found.forEach((value, j) => expect(value).toBeCloseTo(expected[j]!, 8))
    }
  })

  it('changes most when the one sample that shows the effect is taken out', async () => {
    const values = study.values.slice()
    const from = startOf(2)
    // three of the four samples of the last experiment show less than half of the effect on the gene that was hit
    for (let r = from; r < from + 3; r++) for (let j = 2; j < D; j++) values[r * D + j]! -= 2 * 0.9 ** (j - 2)
    const judged = leaveOneOut(await learnedResult({ ...study, values }, {}, 1), 2)
    const all = judged.all()[2]!
    const falls = [0, 1, 2, 3].map((sample) => all - judged.without(sample)[2]!)
    expect(falls.indexOf(Math.max(...falls))).toBe(3)
    expect(falls[3]).toBeGreaterThan(0.3)
  })

  it('has pools without some control samples that equal the pools of a study that lacks them', () => {
    const gone = [2, 17, 40]
    const learned = learnedFrom(
      result,
      withRows(study, (row) => !gone.includes(row)),
      -1,
    )
    const evidence = openEvidence(result)
    const reduced = poolsWithoutControlSamples(evidence, gone)
    reduced.forEach((sets, gene) =>
      sets.forEach((set, s) => {
        const expected = learned.learned.genes[gene]!.parentSets[s]!
        expect(set.pooledCount).toBeCloseTo(expected.pooledCount, 9)
        set.pool.forEach((value, at) => expect(value).toBeCloseTo(expected.pool[at]!, 7))
      }),
    )
    const odds = judgeRows(evidence, reduced, rowsOf(evidence, gone))
    expect(odds.every((value) => Number.isFinite(value))).toBe(true)
  })

  it('has pools that hold the very draws of tied genes that the run had', async () => {
    const values = study.values.map((value) => Math.max(0, Math.round(value)))
    const tied = await learnedResult({ ...study, values }, {}, 1)
    expect(tied.learned.preprocessing.genes.some(({ kind }) => kind === 'tied')).toBe(true)
    const evidence = openEvidence(tied)
    tied.learned.genes.forEach(({ parentSets }, gene) => {
      const { parents, states, pool } = parentSets[0]!
      poolGram(evidence.study, gene, parents, states).gram.forEach((value, at) =>
        expect(value).toBeCloseTo(pool[at]!, 7),
      )
    })
  })

  it('names hardly any gene when control samples stand in for an experiment', () => {
    const next = controlSplits(result, 4, createRng(1))
    const best = Array.from({ length: 20 }, () => Math.max(...next()))
    expect(best.filter((logOdds) => logOdds > 2).length).toBeLessThanOrEqual(2)
  })

  it('draws the same splits of the control from the same seed', () => {
    const odds = (seed: number): Float64Array => controlSplits(result, 4, createRng(seed))()
    expect(odds(5)).toEqual(odds(5))
    expect(odds(5)).not.toEqual(odds(6))
  })
})
