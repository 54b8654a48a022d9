import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-shared/contract/errors'
import type { Progress } from '../../../src-shared/contract/engine-info'
import { RunSettings, type RunSettingsInput } from '../../../src-shared/domain/run-settings'
import type { Dataset } from '../../../src-shared/domain/dataset'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { runAnalysis } from '../../../src-main/engine/analysis/run-analysis'
import { chainStudy } from '../../support/chain-study'

const settings = (input: RunSettingsInput = {}): RunSettings => RunSettings.parse(input)
const small = chainStudy(6, [40, 5, 5, 5, 5, 5, 5])
const wide = chainStudy(18, [40, 4, 4, 4, 4])
const folder = mkdtempSync(join(tmpdir(), 'metacadi-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const edge = (result: AnalysisResult, source: string, target: string): number =>
  result.edges.probability[result.genes.indexOf(source) * result.genes.length + result.genes.indexOf(target)]!

describe('a run', () => {
  let result: AnalysisResult
  const progress: Progress[] = []
  beforeAll(async () => {
    result = await runAnalysis(small, settings(), { threads: 2, onProgress: (step) => progress.push(step) })
  })

  it('finds the shifted gene of every experiment and the chain', () => {
    for (let k = 0; k < 6; k++) expect(result.targets.rank[k * 6 + k]).toBe(1)
    for (let j = 0; j < 5; j++) {
      const forwards = edge(result, `g${j}`, `g${j + 1}`)
      const backwards = edge(result, `g${j + 1}`, `g${j}`)
      expect(forwards + backwards).toBeGreaterThan(0.9)
      expect(forwards).toBeGreaterThan(backwards)
    }
  })

  it('reports progress that never falls and ends at 100 %', () => {
    expect(progress.length).toBeGreaterThan(6)
    progress.slice(1).forEach((step, i) => expect(step.percent).toBeGreaterThanOrEqual(progress[i]!.percent))
    expect(progress.at(-1)!.percent).toBeCloseTo(100, 9)
  })

  it('gives probabilities, ranks from 1 to d and list FDRs that grow along the ranking', () => {
    for (const p of [...result.edges.probability, ...result.targets.probability])
      expect(p >= 0 && p <= 1).toBe(true)
    for (let k = 0; k < 6; k++) {
      const ranks = Array.from(result.targets.rank.subarray(k * 6, k * 6 + 6))
      expect([...ranks].sort()).toEqual([1, 2, 3, 4, 5, 6])
      const byRank = ranks.map((_, r) => result.targets.listFdr[k * 6 + ranks.indexOf(r + 1)]!)
      byRank.slice(1).forEach((fdr, i) => expect(fdr).toBeGreaterThanOrEqual(byRank[i]! - 1e-12))
    }
  })
})

describe('the same data, settings and seed', () => {
  it.each([
    ['summed exactly', small],
    ['sampled', wide],
  ])('give the same result hash for one, two and three threads when orders are %s', async (_label, data) => {
    const runs = []
    for (const threads of [1, 2, 3])
      runs.push(await runAnalysis(data, settings({ sweeps: 300 }), { threads }))
    expect(runs[1]!.resultHash).toBe(runs[0]!.resultHash)
    expect(runs[2]!.resultHash).toBe(runs[0]!.resultHash)
    expect(runs[0]!.edges.probability).toEqual(runs[2]!.edges.probability)
  })

  it('with another seed give another sampled network, close to the first', async () => {
    const a = await runAnalysis(wide, settings({ sweeps: 3000, seed: 1 }))
    const b = await runAnalysis(wide, settings({ sweeps: 3000, seed: 2 }))
    expect(b.resultHash).not.toBe(a.resultHash)
    const worst = a.edges.probability.reduce(
      (max, p, i) => Math.max(max, Math.abs(p - b.edges.probability[i]!)),
      0,
    )
    expect(worst).toBeLessThan(0.1)
  })
})

describe('relabelling', () => {
  it('genes and experiments in another order give the same posteriors', async () => {
    const genes = [3, 0, 5, 1, 4, 2]
    const d = 6
    const order = [0, 3, 1, 6, 2, 5, 4]
    const starts = [0, 40, 45, 50, 55, 60, 65, 70]
    const rows = order.flatMap((k) =>
      Array.from({ length: starts[k + 1]! - starts[k]! }, (_, i) => starts[k]! + i),
    )
    const moved: Dataset = {
      ...small,
      genes: genes.map((j) => small.genes[j]!),
      samples: rows.map((r) => small.samples[r]!),
      values: Float64Array.from(rows.flatMap((r) => genes.map((j) => small.values[r * d + j]!))),
      environmentOf: Int32Array.from(
        order.flatMap((k, to) => new Array<number>(starts[k + 1]! - starts[k]!).fill(to)),
      ),
      environments: order.map((k) => small.environments[k]!),
    }
    const a = await runAnalysis(small, settings())
    const b = await runAnalysis(moved, settings())
    for (const source of small.genes)
      for (const target of small.genes)
        expect(edge(b, source, target)).toBeCloseTo(edge(a, source, target), 6)
    a.environments.forEach((name, k) =>
      small.genes.forEach((gene, j) => {
        const other = b.targets.probability[b.environments.indexOf(name) * d + b.genes.indexOf(gene)]!
        expect(other).toBeCloseTo(a.targets.probability[k * d + j]!, 6)
      }),
    )
  })
})

describe('constraints', () => {
  it.each([
    ['summed exactly', small],
    ['sampled', wide],
  ])('hold exactly when orders are %s', async (_label, data) => {
    const result = await runAnalysis(
      data,
      settings({
        sweeps: 400,
        constraints: {
          required: [{ source: 'g5', target: 'g0' }],
          forbidden: [{ source: 'g1', target: 'g2' }],
          tiers: [['g3'], ['g4']],
        },
      }),
    )
    expect(edge(result, 'g5', 'g0')).toBe(1)
    expect(edge(result, 'g0', 'g5')).toBeLessThan(1e-9)
    expect(edge(result, 'g1', 'g2')).toBe(0)
    expect(edge(result, 'g4', 'g3')).toBe(0)
    expect(edge(result, 'g3', 'g4')).toBeGreaterThan(0.5)
  })

  it.each([
    ['summed exactly', small],
    ['sampled', wide],
  ])('keep roots without causes and leaves without effects when orders are %s', async (_label, data) => {
    const result = await runAnalysis(
      data,
      settings({ sweeps: 400, constraints: { roots: ['g2'], leaves: ['g3'] } }),
    )
    for (const gene of result.genes) {
      expect(edge(result, gene, 'g2')).toBe(0)
      expect(edge(result, 'g3', gene)).toBe(0)
    }
    expect(edge(result, 'g2', 'g3')).toBeGreaterThan(0.5)
  })

  it.each([
    [
      { required: [{ source: 'g0', target: 'g1' }], forbidden: [{ source: 'g0', target: 'g1' }] },
      /both required and forbidden/,
    ],
    [
      {
        required: [
          { source: 'g0', target: 'g1' },
          { source: 'g1', target: 'g0' },
        ],
      },
      /cycle/,
    ],
    [{ required: [{ source: 'g0', target: 'g1' }], tiers: [['g1'], ['g0']] }, /contradicts tier/],
    [{ forbidden: [{ source: 'nope', target: 'g1' }] }, /not in the data/],
    [{ required: ['g1', 'g2', 'g3', 'g4', 'g5'].map((source) => ({ source, target: 'g0' })) }, /at most 4/],
  ])('that cannot hold are refused before the run: %j', async (constraints, message) => {
    await expect(runAnalysis(small, settings({ constraints }))).rejects.toThrow(message)
    await expect(runAnalysis(small, settings({ constraints }))).rejects.toMatchObject({
      code: 'INVALID_PARAMS',
    })
  })
})

describe('known targets', () => {
  it('that are complete are certain, and so are the others', async () => {
    const result = await runAnalysis(
      small,
      settings({ knownTargets: { e1: { genes: ['g4'], complete: true } } }),
    )
    expect(Array.from(result.targets.probability.subarray(0, 6))).toEqual([0, 0, 0, 0, 1, 0])
    expect(result.targets.noTarget[0]).toBe(0)
  })

  it('that are partial leave the other genes open', async () => {
    const result = await runAnalysis(
      small,
      settings({ knownTargets: { e1: { genes: ['g5'], complete: false } } }),
    )
    expect(result.targets.probability[5]).toBe(1)
    expect(result.targets.probability[0]).toBeGreaterThan(0.5)
    expect(result.targets.probability[3]).toBeGreaterThan(0)
  })

  it('of an experiment that does not exist are refused', async () => {
    await expect(
      runAnalysis(small, settings({ knownTargets: { e9: { genes: ['g0'], complete: true } } })),
    ).rejects.toThrow(/e9/)
  })
})

describe('unusual studies', () => {
  it('without a control run and say so', async () => {
    const data = chainStudy(5, [0, 6, 6, 6, 6])
    const result = await runAnalysis(data, settings())
    expect(result.input.control).toBeNull()
    expect(result.warnings.join(' ')).toMatch(/no control/)
    expect(result.targets.probability.every(Number.isFinite)).toBe(true)
  })

  it('with a control only give a network and no targets', async () => {
    const result = await runAnalysis(chainStudy(5, [60]), settings())
    expect(result.environments).toEqual([])
    expect(result.targets.probability).toHaveLength(0)
    expect(edge(result, 'g0', 'g1') + edge(result, 'g1', 'g0')).toBeGreaterThan(0.9)
  })

  it('with constant, duplicate and mostly zero genes stay finite', async () => {
    const data = chainStudy(6, [30, 4, 1, 3])
    const values = data.values.map((value, i) => {
      if (i % 6 === 0) return 7
      if (i % 6 === 2) return data.values[i - 1]!
      if (i % 6 === 4) return i % 11 === 0 ? Math.abs(value) : 0
      return value + (i % 6 === 5 ? 1e6 : 0)
    })
    const result = await runAnalysis({ ...data, values }, settings())
    for (const matrix of [
      result.edges.probability,
      result.edges.effect,
      result.targets.probability,
      result.targets.logOdds,
      result.targets.predictedShift,
    ])
      expect(matrix.every(Number.isFinite)).toBe(true)
    expect(result.diagnostics.preset).toBe('noisy-counts')
  })

  it('of one gene or two samples are refused', async () => {
    await expect(runAnalysis(chainStudy(1, [20, 3]), settings())).rejects.toMatchObject({
      code: 'DATA_INSUFFICIENT',
    })
    await expect(runAnalysis(chainStudy(3, [2]), settings())).rejects.toMatchObject({
      code: 'DATA_INSUFFICIENT',
    })
  })
})

describe('stopping', () => {
  it('cancels within a second, and the next run works', async () => {
    const controller = new AbortController()
    let stopped = 0
    let scored = 0
    const run = runAnalysis(
      chainStudy(40, [50, ...new Array<number>(40).fill(4)]),
      settings({ sweeps: 200_000 }),
      {
        signal: controller.signal,
        onProgress: ({ stage }) => {
          if (stage === 'scoring' && ++scored > 4 && stopped === 0) {
            stopped = performance.now()
            controller.abort()
          }
        },
      },
    )
    await expect(run).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(performance.now() - stopped).toBeLessThan(1000)
    expect((await runAnalysis(small, settings())).resultHash).toHaveLength(64)
  })

  it('and resuming from the checkpoint gives the result of an uninterrupted run', async () => {
    const checkpointFile = join(folder, 'run.checkpoint')
    const input = settings({ sweeps: 15_000 })
    const whole = await runAnalysis(wide, input, { threads: 2 })
    const controller = new AbortController()
    let savedAt = 0
    const run = runAnalysis(wide, input, {
      threads: 2,
      checkpointFile,
      signal: controller.signal,
      onProgress: ({ stage, percent }) => {
        if (stage === 'searching') controller.abort()
        savedAt = percent
      },
    })
    await expect(run).rejects.toBeInstanceOf(AppError)
    expect(savedAt).toBeLessThan(100)
    const scoring: number[] = []
    const resumed = await runAnalysis(wide, input, {
      threads: 1,
      checkpointFile,
      resume: true,
      onProgress: ({ stage, percent }) => stage === 'scoring' && scoring.push(percent),
    })
    // Told once, as found: no gene is scored again.
    expect(scoring).toHaveLength(1)
    expect(resumed.resultHash).toBe(whole.resultHash)
  })

  it('ignores a checkpoint of other data', async () => {
    const checkpointFile = join(folder, 'other.checkpoint')
    const controller = new AbortController()
    const run = runAnalysis(wide, settings({ sweeps: 30_000 }), {
      checkpointFile,
      signal: controller.signal,
      onProgress: ({ stage }) => stage === 'searching' && controller.abort(),
    })
    await expect(run).rejects.toBeInstanceOf(AppError)
    const changed = { ...wide, values: wide.values.map((value, i) => (i === 0 ? value + 1 : value)) }
    const fresh = await runAnalysis(changed, settings({ sweeps: 300 }))
    const resumed = await runAnalysis(changed, settings({ sweeps: 300 }), { checkpointFile, resume: true })
    expect(resumed.resultHash).toBe(fresh.resultHash)
  })
})
