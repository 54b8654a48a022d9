import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disagreements } from '../../../src-shared/domain/answer-parts'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { RunSettings, type RunSettingsInput } from '../../../src-shared/domain/run-settings'
import { EDGE_CELL_FEATURES, TARGET_CELL_FEATURES, type Combiner } from '../../../src-main/core/combine'
import { runAnalysis } from '../../../src-main/engine/analysis/run-analysis'
import { parseResult } from '../../../src-main/io/result/parse-result'
import { serialiseResult } from '../../../src-main/io/result/serialise-result'
import { chainStudy } from '../../support/chain-study'
import { fakeModels, handMadeAnswer, NO_MODELS } from '../../support/fake-models'

const settings = (input: RunSettingsInput = {}): RunSettings => RunSettings.parse(input)
const D = 6
const small = chainStudy(D, [40, 5, 5, 5, 5, 5, 5])
const wide = chainStudy(17, [30, 3, 3])
const folder = mkdtempSync(join(tmpdir(), 'metacadi-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const edge = (result: AnalysisResult, source: string, target: string): number =>
  result.edges.probability[result.genes.indexOf(source) * result.genes.length + result.genes.indexOf(target)]!

const CONSTRAINTS = {
  required: [
    { source: 'g5', target: 'g0' },
    { source: 'g0', target: 'g2' },
  ],
  forbidden: [{ source: 'g1', target: 'g2' }],
  tiers: [['g3'], ['g4']],
}

/** Trees of one split on the closed form's log-odds, without a share of the mean. */
const STUMPS: Combiner = {
  version: 1,
  targets: { features: TARGET_CELL_FEATURES, base: 0, trees: [stump(-3, 2)] },
  edges: { features: EDGE_CELL_FEATURES, base: 0, trees: [stump(-4, 1)] },
  temperature: { targets: 1, edges: 1 },
  blend: { targets: 1, edges: 1 },
  ranges: {
    genes: { low: 10, high: 100, median: 20 },
    fewestSamples: { low: 6, high: 9, median: 7 },
    skew: { low: 0, high: 0, median: 0 },
  },
}

function stump(below: number, above: number): Combiner['targets']['trees'][number] {
  return {
    feature: [0, -1, -1],
    threshold: [0, 0, 0],
    left: [1, -1, -1],
    right: [2, -1, -1],
    value: [0, below, above],
  }
}

describe('the instant answer', () => {
  it('is the network alone, with its own verdicts and without evidence', async () => {
    const models = fakeModels()
    const result = await runAnalysis(small, settings({ mode: 'instant' }), { models })
    expect(models.asked()).toBe(1)
    expect(result).toMatchObject({ mode: 'instant', version: 3, learned: null })
    expect(result.model).toMatchObject({ sha256: 'ab'.repeat(32), combinerSha256: null, provider: 'cpu' })
    expect(result.targets.logOdds).toEqual(result.parts!.targets.network)
    for (let k = 0; k < D; k++) {
      const row = [...result.targets.logOdds.subarray(k * D, (k + 1) * D)]
      expect(result.targets.rank[k * D + row.indexOf(Math.max(...row))]).toBe(1)
    }
    expect(result.parts!.targets.closedForm).toBeNull()
    expect(disagreements(result.parts!.targets)).toEqual([])
    expect(result.targets.predictedShift.every(Number.isNaN)).toBe(true)
    expect(result.targets.observedShift.every(Number.isFinite)).toBe(true)
  })

  it('obeys constraints exactly, and known targets', async () => {
    const result = await runAnalysis(
      small,
      settings({
        mode: 'instant',
        constraints: CONSTRAINTS,
        knownTargets: { e1: { genes: ['g4'], complete: true }, e2: { genes: ['g5'], complete: false } },
      }),
      { models: fakeModels() },
    )
    expectConstraints(result)
    expect(Array.from(result.targets.probability.subarray(0, D))).toEqual([0, 0, 0, 0, 1, 0])
    expect(result.targets.probability[D + 5]).toBe(1)
    expect(result.targets.probability[D + 1]).toBeGreaterThan(0)
  })

  it('never gives both directions of a pair more than 1 together', async () => {
    const sure = fakeModels((summary) => ({
      ...handMadeAnswer(summary),
      edge: new Float32Array(D * D).fill(4),
    }))
    const result = await runAnalysis(small, settings({ mode: 'instant' }), { models: sure })
    for (let i = 0; i < D; i++) {
      expect(result.edges.probability[i * D + i]).toBe(0)
      for (let j = 0; j < i; j++)
        expect(
          result.edges.probability[i * D + j]! + result.edges.probability[j * D + i]!,
        ).toBeLessThanOrEqual(1 + 1e-12)
    }
  })

  it('works without a control and without an experiment', async () => {
    const free = await runAnalysis(chainStudy(5, [0, 6, 6, 6]), settings({ mode: 'instant' }), {
      models: fakeModels(),
    })
    expect(free.input.control).toBeNull()
    expect(free.targets.probability.every(Number.isFinite)).toBe(true)
    const alone = await runAnalysis(chainStudy(5, [60]), settings({ mode: 'instant' }), {
      models: fakeModels(),
    })
    expect(alone.targets.probability).toHaveLength(0)
    expect(alone.parts!.targets.network).toHaveLength(0)
    expect(edge(alone, 'g0', 'g1')).toBeGreaterThan(0.5)
  })

  it('says that no target is confident where nothing was hit', async () => {
    const nothing = fakeModels((summary) => ({
      ...handMadeAnswer(summary),
      target: new Float32Array(summary.experiments * D).fill(-4),
    }))
    const result = await runAnalysis(small, settings({ mode: 'instant' }), { models: nothing })
    expect(result.targets.noConfidentTarget).toEqual(new Array(D).fill(true))
    // second route: six independent genes
    expect(result.targets.noTarget[0]).toBeCloseTo((1 / (1 + Math.exp(-4))) ** 6, 12)
  })

  it('cannot be given without a model, and says what works', async () => {
    for (const models of [undefined, NO_MODELS]) {
      const run = runAnalysis(small, settings({ mode: 'instant' }), models ? { models } : {})
      await expect(run).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' })
      await expect(run).rejects.toThrow(/'Full' or 'Closed form'/)
    }
  })
})

describe('the full answer', () => {
  let full: AnalysisResult
  let closed: AnalysisResult
  let instant: AnalysisResult | undefined
  const stages: string[] = []
  beforeAll(async () => {
    closed = await runAnalysis(small, settings({ mode: 'closed-form' }), { models: fakeModels() })
    full = await runAnalysis(small, settings(), {
      models: fakeModels(),
      onProgress: ({ stage }) => stages.push(stage),
      onInstant: (answer) => {
        instant = answer
        stages.push('instant')
      },
    })
  })

  it('keeps what each method says', () => {
    expect(full.mode).toBe('full')
    expect(full.parts!.edges.closedForm).toEqual(closed.edges.logOdds)
    expect(full.parts!.targets.network).toEqual(instant!.parts!.targets.network)
    expect(full.learned).toEqual(closed.learned)
    expect(full.edges.effect).toEqual(closed.edges.effect)
    expect(full.targets.predictedShift).toEqual(closed.targets.predictedShift)
  })

  it('lies between the two where there is no combiner', () => {
    const { network, closedForm } = full.parts!.targets
    network.forEach((value, cell) => {
      const other = Math.max(-20, Math.min(20, closedForm![cell]!))
      expect(full.targets.logOdds[cell]).toBeCloseTo((value + other) / 2, 4)
    })
  })

  it("is the fitted combiner's where there is one, which also tells what is unusual", async () => {
    const result = await runAnalysis(small, settings({ constraints: CONSTRAINTS }), {
      models: fakeModels(handMadeAnswer, STUMPS),
    })
    expect(result.model!.combinerSha256).toBe('cd'.repeat(32))
    expectConstraints(result)
    const { closedForm } = result.parts!.targets
    closedForm!.forEach((value, cell) =>
      expect(result.targets.logOdds[cell]).toBeCloseTo(value > 0 ? 2 : -3, 4),
    )
    expect(result.parts!.outside).toEqual([
      { quantity: 'genes', environment: null, value: D, low: 10, high: 100 },
      ...[0, 1, 2, 3, 4, 5].map((environment) => ({
        quantity: 'fewestSamples',
        environment,
        value: 5,
        low: 6,
        high: 9,
      })),
    ])
    const stored = parseResult(serialiseResult(result))
    expect(stored).toEqual(result)
  })

  it('is preceded by the instant answer, before the search begins', () => {
    expect(instant!.mode).toBe('instant')
    expect(stages.indexOf('instant')).toBeGreaterThan(-1)
    expect(stages.indexOf('instant')).toBeLessThan(stages.indexOf('scoring'))
  })

  it('is not the closed form, whose own answer does not ask the network', async () => {
    const models = fakeModels()
    const again = await runAnalysis(small, settings({ mode: 'closed-form' }), { models })
    expect(models.asked()).toBe(0)
    expect(again.resultHash).toBe(closed.resultHash)
    expect(closed).toMatchObject({ mode: 'closed-form', model: null, parts: null })
    expect(full.resultHash).not.toBe(closed.resultHash)
  })

  it('obeys constraints exactly, and known targets', async () => {
    const result = await runAnalysis(
      small,
      settings({
        constraints: CONSTRAINTS,
        knownTargets: { e1: { genes: ['g4'], complete: true } },
      }),
      { models: fakeModels() },
    )
    expectConstraints(result)
    expect(Array.from(result.targets.probability.subarray(0, D))).toEqual([0, 0, 0, 0, 1, 0])
    expect(result.targets.noTarget[0]).toBe(0)
  })

  it('has a target in every experiment where the user says so', async () => {
    const result = await runAnalysis(small, settings({ targetsPrior: 'at-least-one' }), {
      models: fakeModels(),
    })
    expect(Array.from(result.targets.noTarget)).toEqual(new Array(D).fill(0))
    full.targets.probability.forEach((p, cell) => {
      const k = Math.floor(cell / D)
      expect(result.targets.probability[cell]).toBeCloseTo(p / (1 - full.targets.noTarget[k]!), 9)
    })
  })

  it('works without a control and without an experiment', async () => {
    const free = await runAnalysis(chainStudy(5, [0, 6, 6, 6]), settings(), { models: fakeModels() })
    expect(free.targets.probability.every(Number.isFinite)).toBe(true)
    const alone = await runAnalysis(chainStudy(5, [60]), settings(), { models: fakeModels() })
    expect(alone.mode).toBe('full')
    expect(alone.targets.probability).toHaveLength(0)
  })

  it('is the same for one and two threads and whatever the provider, and another with another model', async () => {
    const sampled = settings({ sweeps: 200 })
    const one = await runAnalysis(wide, sampled, { threads: 1, models: fakeModels() })
    const two = await runAnalysis(wide, sampled, { threads: 2, models: fakeModels() })
    const another = fakeModels(handMadeAnswer, null, 'ef'.repeat(32))
    const other = await runAnalysis(wide, sampled, { threads: 2, models: another })
    expect(two.resultHash).toBe(one.resultHash)
    expect(other.resultHash).not.toBe(one.resultHash)
  }, 60_000)

  it('goes on from a checkpoint to the same result', async () => {
    const checkpointFile = join(folder, 'run.checkpoint')
    const input = settings({ sweeps: 3_000 })
    const controller = new AbortController()
    const run = runAnalysis(wide, input, {
      checkpointFile,
      signal: controller.signal,
      models: fakeModels(),
      onProgress: ({ stage }) => stage === 'searching' && controller.abort(),
    })
    await expect(run).rejects.toMatchObject({ code: 'CANCELLED' })
    const resumed = await runAnalysis(wide, input, { checkpointFile, resume: true, models: fakeModels() })
    const whole = await runAnalysis(wide, input, { models: fakeModels() })
    expect(resumed.resultHash).toBe(whole.resultHash)
  }, 60_000)

  it('is the closed form with a warning when there is no model', async () => {
    const result = await runAnalysis(small, settings(), { models: NO_MODELS })
    expect(result).toMatchObject({ mode: 'closed-form', model: null, parts: null })
    expect(result.edges).toEqual(closed.edges)
    expect(result.targets).toEqual(closed.targets)
    expect(result.warnings[0]).toMatch(/did not take part.*manifest\.json/)
  })

  it('does not hide a failure that nobody expected', async () => {
    const broken = fakeModels(() => {
      throw new Error('a bug')
    })
    await expect(runAnalysis(small, settings(), { models: broken })).rejects.toThrow('a bug')
  })
})

function expectConstraints(result: AnalysisResult): void {
  expect(edge(result, 'g5', 'g0')).toBe(1)
  expect(edge(result, 'g0', 'g2')).toBe(1)
  expect(edge(result, 'g0', 'g5')).toBe(0)
  expect(edge(result, 'g1', 'g2')).toBe(0)
  expect(edge(result, 'g4', 'g3')).toBe(0)
  // g5 → g0 → g2 is required, so g2 → g5 would close a cycle
  expect(edge(result, 'g2', 'g5')).toBe(0)
  expect(edge(result, 'g3', 'g4')).toBeGreaterThan(0)
  for (const p of result.edges.logOdds) expect(Number.isFinite(p)).toBe(true)
}
