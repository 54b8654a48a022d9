import { beforeAll, describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src-shared/domain/dataset'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { RunSettings, type RunSettingsInput } from '../../../src-shared/domain/run-settings'
import { adapt } from '../../../src-main/engine/analysis/adapt'
import { joinNewExperiments } from '../../../src-main/engine/analysis/joined-study'
import { runAnalysis } from '../../../src-main/engine/analysis/run-analysis'
import { chainStudy } from '../../support/chain-study'
import { fakeModels, handMadeAnswer, NO_MODELS } from '../../support/fake-models'

const D = 5
const study = chainStudy(D, [40, 4, 4, 4])
const fresh: Dataset = { ...chainStudy(D, [0, 5, 5], 2), environments: ['', 'new1', 'new2'] }

const run = (input: RunSettingsInput): Promise<AnalysisResult> =>
  runAnalysis(study, RunSettings.parse(input), { models: fakeModels() })

describe('new experiments under a stored result', () => {
  let full: AnalysisResult
  let instant: AnalysisResult
  let closed: AnalysisResult
  beforeAll(async () => {
    full = await run({})
    instant = await run({ mode: 'instant' })
    closed = await run({ mode: 'closed-form' })
  })

  it('are answered as the result was', async () => {
    const models = fakeModels()
    expect((await adapt(closed, fresh, models)).mode).toBe('closed-form')
    expect(models.asked()).toBe(0)
    expect((await adapt(instant, fresh, models)).mode).toBe('instant')
    expect((await adapt(full, fresh, models)).mode).toBe('full')
    expect(models.asked()).toBe(2)
  })

  it('get from the network what it says about a study that holds them', async () => {
    const { values, starts, genes } = joinNewExperiments(instant, fresh)
    const whole = await runAnalysis(
      {
        ...study,
        samples: [...study.samples, ...fresh.samples.map((sample) => `new ${sample}`)],
        values,
        environmentOf: Int32Array.from([...study.environmentOf, ...fresh.environmentOf.map((k) => k + 3)]),
        environments: [...study.environments, 'new1', 'new2'],
      },
      RunSettings.parse({ mode: 'instant' }),
      { models: fakeModels() },
    )
    expect(Array.from(starts)).toEqual([0, 40, 44, 48, 52, 57, 62])
    const answer = await adapt(instant, fresh, fakeModels())
    expect(answer.logOdds).toEqual(whole.targets.logOdds.subarray(3 * genes))
    expect(answer.rank).toEqual(whole.targets.rank.subarray(3 * genes))
  })

  it('combine both parts, which stay visible', async () => {
    const answer = await adapt(full, fresh, fakeModels())
    const alone = await adapt(closed, fresh, undefined)
    const { network, closedForm } = answer.parts!.targets
    answer.logOdds.forEach((value, cell) => {
      const other = Math.max(-20, Math.min(20, closedForm![cell]!))
      expect(value).toBeCloseTo((network[cell]! + other) / 2, 4)
    })
    expect(answer.predictedShift).toEqual(alone.predictedShift)
    expect(answer.kind).toEqual(alone.kind)
  })

  it('that lack a gene leave it unmeasured and the others as they are', async () => {
    const keep = [0, 1, 3, 4]
    const without: Dataset = {
      ...fresh,
      genes: keep.map((j) => fresh.genes[j]!),
      values: Float64Array.from(fresh.samples.flatMap((_, r) => keep.map((j) => fresh.values[r * D + j]!))),
    }
    for (const result of [full, instant]) {
      const answer = await adapt(result, without, fakeModels())
      expect(answer.missingGenes).toEqual(['g2'])
      for (let k = 0; k < 2; k++)
        for (let j = 0; j < D; j++)
          if (j === 2) {
            expect(answer.probability[k * D + j]).toBeNaN()
            expect(answer.rank[k * D + j]).toBe(D)
          } else expect(answer.probability[k * D + j]).toBeGreaterThan(0)
      expect(answer.warnings.join(' ')).toMatch(/1 of 5 genes/)
    }
  })

  it('with their own control are moved onto the control of the study', async () => {
    const own = chainStudy(D, [10, 5, 5], 2)
    const shifted = { ...own, values: own.values.map((value) => value + 7) }
    const answer = await adapt(instant, shifted, fakeModels())
    const plain = await adapt(instant, own, fakeModels())
    answer.logOdds.forEach((value, cell) => expect(value).toBeCloseTo(plain.logOdds[cell]!, 3))
    expect(answer.warnings.join(' ')).toMatch(/centred/)
  })

  it('fall back on the closed form with a warning, and cannot where there is none', async () => {
    const answer = await adapt(full, fresh, NO_MODELS)
    expect(answer.mode).toBe('closed-form')
    expect(answer.warnings.at(-1)).toMatch(/did not take part/)
    expect(answer.probability).toEqual((await adapt(closed, fresh, undefined)).probability)
    await expect(adapt(instant, fresh, NO_MODELS)).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' })
  })

  it('say when another model answers than that of the result', async () => {
    const answer = await adapt(full, fresh, fakeModels(handMadeAnswer, null, 'ef'.repeat(32)))
    expect(answer.warnings.join(' ')).toMatch(/another one/)
  })
})
