import { beforeAll, describe, expect, it } from 'vitest'
import type { LearnedResult } from '../../../src-shared/domain/result'
import { networkSampler } from '../../../src-main/core/effects/draw-network'
import { planExperiment, type ExperimentPlanner } from '../../../src-main/core/effects/plan-experiment'
import { studyOfResult } from '../../../src-main/core/effects/stored-study'
import { setPredictive } from '../../../src-main/core/evidence/set-predictive'
import { experimentTerms } from '../../../src-main/core/evidence/experiment-terms'
import { poolGram } from '../../../src-main/core/effects/pool'
import { logAddExp } from '../../../src-main/core/linalg/log-space'
import { createRng } from '../../../src-main/core/random/rng'
import { networksOf } from '../../../src-main/core/effects/what-if'
import { nextExperiments } from '../../../src-main/engine/runs/next-experiments'
import { chainStudy } from '../../support/chain-study'
import { learnedResult } from '../../support/learned-result'

const QUESTION = { level: -2, samples: 5 }
const never = new AbortController().signal

describe('which gene to perturb next', () => {
  let result: LearnedResult
  beforeAll(async () => {
    // control samples alone leave the directions of a chain open
    result = await learnedResult(chainStudy(4, [120]))
  })
  const planner = (of: LearnedResult = result): ExperimentPlanner =>
    planExperiment(of, networksOf(of, createRng(1, 2)), QUESTION, 300, createRng(1, 3))
  const meanFall = (plan: ExperimentPlanner, gene: number): number => {
    let sum = 0
    for (let b = 0; b < 30; b++)
      sum += plan.simulate(gene, createRng(5, b)).fall.reduce((a, x) => a + x, 0) / 30
    return sum
  }

  it('counts as open what the drawn networks leave open, with its entropy in bits', () => {
    const { open } = planner()
    const named = Array.from(open.first, (i, pair) => `${i}-${open.second[pair]}`)
    // neighbours of the chain are surely joined, in an open direction
    expect(named).toEqual(expect.arrayContaining(['0-1', '1-2', '2-3']))
    open.entropy.forEach((bits, pair) => {
      const three = [...open.probability.subarray(3 * pair, 3 * pair + 3)]
      expect(Math.max(...three)).toBeLessThan(0.9)
      expect(three.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9)
      expect(bits).toBeCloseTo(-three.reduce((sum, p) => sum + (p > 0 ? p * Math.log2(p) : 0), 0), 9)
    })
  })

  it('expects to learn the directions of a chain from holding a gene, most from one in its middle', async () => {
    const answer = await nextExperiments(result, QUESTION, never, () => undefined)
    expect(answer.openBits).toBeGreaterThan(2)
    expect(['g1', 'g2']).toContain(answer.candidates[0]!.gene)
    const best = answer.candidates[0]!
    expect(best.bits).toBeGreaterThan(0.5)
    expect(best.bits).toBeGreaterThan(4 * best.bitsError)
    expect(best.pairs[0]!.source === best.gene || best.pairs[0]!.target === best.gene).toBe(true)
    expect(best.pairs.reduce((sum, { bits }) => sum + bits, 0)).toBeLessThanOrEqual(best.bits + 0.2)
    expect(best.outside).toBe(false)
  })

  it('says the same for the same seed, and reports how far it has come', async () => {
    const shares: number[] = []
    const once = await nextExperiments(result, QUESTION, never, (share) => shares.push(share))
    expect(await nextExperiments(result, QUESTION, never, () => undefined)).toEqual(once)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.at(-1)).toBeCloseTo(1, 9)
  })

  it('learns more from more samples, and nothing about a network that is certain', () => {
    const one = planExperiment(
      result,
      networksOf(result, createRng(1, 2)),
      { level: -2, samples: 1 },
      300,
      createRng(1, 3),
    )
    expect(meanFall(planner(), 1)).toBeGreaterThan(meanFall(one, 1))
    const parents = result.learned.genes.map(({ parentSets }) => parentSets.map((set) => set.parents))
    const chain = networkSampler({
      parents,
      weights: parents.map((sets, j) =>
        Float64Array.from(sets, (set) => (set.join() === (j === 0 ? '' : String(j - 1)) ? 1 : 0)),
      ),
    })
    const certain = planExperiment(result, chain, QUESTION, 50, createRng(1, 3))
    expect(certain.open.first).toHaveLength(0)
    expect(certain.candidates).toEqual([])
  })

  it('stops when it is told to', async () => {
    const abort = new AbortController()
    const asked = nextExperiments(result, QUESTION, abort.signal, () => abort.abort())
    await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})

describe('how well a parent set predicts a new experiment', () => {
  it('is what the evidence of a whole study says when the experiment is taken out of it', async () => {
    const result = await learnedResult(chainStudy(3, [60, 8, 8]))
    const { study } = studyOfResult(result)
    const [gene, parents, k, prior] = [2, [1], 2, 0.2]
    const states = Uint8Array.of(1, 0)
    const terms = experimentTerms({ ...study, hard: [new Float64Array(2 * 3)] }, 0, gene, parents, states, [
      prior,
      prior,
    ])
    // the second experiment leaves the pool by calling it replaced
    const { gram, count } = poolGram(study, gene, parents, Uint8Array.of(1, 2))
    const own = setPredictive(gene, { parents, pool: gram, pooledCount: count }, prior, study)(study, k)
    const shiftShare = Math.log(study.hyper.shiftShare)
    expect(own).toBeCloseTo(logAddExp(terms.weights[3]!, terms.weights[4]! - shiftShare), 8)
  })
})
