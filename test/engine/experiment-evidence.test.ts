import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { simulatedTable } from '../support/simulated-table'
import { startEngine, type EngineFixture } from './engine-fixture'

const settings = { mode: 'closed-form' } as const

describe('a closer look at one experiment of a run', () => {
  let fixture: EngineFixture
  let runId: string
  let instant: string
  let environments: readonly string[]
  let genes: readonly string[]
  beforeAll(async () => {
    fixture = startEngine()
    const file = await fixture.grant(fixture.scratch.file('study.csv', simulatedTable(6)))
    const data = await fixture.client.call('dataset.read', { files: [file] })
    const known = {
      [data.environments.find((e) => !e.isControl)!.name]: { genes: [data.genes[0]!], complete: false },
    }
    const run = await fixture.client.call('analysis.run', {
      datasetId: data.datasetId,
      settings: { ...settings, knownTargets: known },
      threads: 1,
    })
    runId = run.runId
    const quick = await fixture.client.call('analysis.run', {
      datasetId: data.datasetId,
      settings: { mode: 'instant' },
      threads: 1,
    })
    instant = quick.runId
    const view = await fixture.client.call('run.view', { runId })
    environments = view.environments
    genes = view.genes
  })
  afterAll(() => fixture.end())

  it('tells for each sample what the answer would be without it', async () => {
    const percents: number[] = []
    const evidence = await fixture.client.call(
      'experiment.evidence',
      { runId, environment: environments[1]! },
      { onProgress: ({ percent }) => percents.push(percent) },
    )
    expect(evidence.samples).toHaveLength(5)
    expect(evidence.influence!.without.map(({ sample }) => sample)).toEqual(
      evidence.samples.map(({ sample }) => sample),
    )
    for (const { probability } of evidence.influence!.without) {
      expect(probability).toHaveLength(genes.length)
      expect(probability.every((p) => p >= 0 && p <= 1)).toBe(true)
    }
    expect(percents.at(-1)).toBe(100)
  })

  it('names the experiments that it resembles, without itself', async () => {
    const { similar } = await fixture.client.call('experiment.evidence', {
      runId,
      environment: environments[0]!,
    })
    expect(similar.length).toBeLessThanOrEqual(5)
    expect(similar.map(({ environment }) => environment)).not.toContain(environments[0])
    const shifts = similar.map(({ shift }) => shift)
    expect(shifts).toEqual([...shifts].sort((a, b) => b - a))
  })

  it('has nothing about samples in the instant answer, but what it resembles', async () => {
    const evidence = await fixture.client.call('experiment.evidence', {
      runId: instant,
      environment: environments[0]!,
    })
    expect(evidence.influence).toBeNull()
    expect(evidence.samples).toEqual([])
    expect(evidence.similar.length).toBeGreaterThan(0)
  })

  it('says where the change of a gene comes from, in parts that add up', async () => {
    const gene = genes[2]!
    const view = await fixture.client.call('run.view', { runId })
    const answer = await fixture.client.call('run.changeSources', {
      runId,
      environment: environments[0]!,
      gene,
    })
    expect(answer.observed).toBe(view.targets.observedShift[2])
    const sum = answer.sources.reduce((total, source) => total + source.contribution, 0)
    expect(sum + answer.others + answer.own).toBeCloseTo(answer.observed, 9)
    // the known target carries all of its own shift
    for (const source of answer.sources.filter(({ isTarget }) => isTarget))
      expect(source.own).toBe(view.targets.observedShift[genes.indexOf(source.gene)])
  })

  it('predicts what happens if genes are held or shifted, the same each time', async () => {
    const ask = {
      runId,
      interventions: [
        { gene: genes[0]!, kind: 'hold' as const, amount: -2 },
        { gene: genes[1]!, kind: 'shift' as const, amount: 1 },
      ],
    }
    const answer = await fixture.client.call('run.whatIf', ask)
    expect(answer.genes).toEqual(genes)
    expect([answer.downstream[0], answer.downstream[1]]).toEqual([expect.closeTo(1, 9), expect.closeTo(1, 9)])
    expect(await fixture.client.call('run.whatIf', ask)).toEqual(answer)
    const [first] = ask.interventions
    await expect(
      fixture.client.call('run.whatIf', { runId, interventions: [first!, first!] }),
    ).rejects.toMatchObject({ code: 'INVALID_PARAMS' })
    await expect(fixture.client.call('run.whatIf', { ...ask, runId: instant })).rejects.toMatchObject({
      message: expect.stringMatching(/instant answer/) as string,
    })
  })

  it('is refused for an experiment that is not there', async () => {
    await expect(
      fixture.client.call('experiment.evidence', { runId, environment: 'nowhere' }),
    ).rejects.toMatchObject({ code: 'INVALID_PARAMS' })
  })

  it('comes with a check of false alarms on the control, and of known targets that are hidden', async () => {
    const check = await fixture.client.call('honesty.check', { runId })
    expect(check.falseAlarms).toMatchObject({ splits: 50, samples: 5 })
    expect(check.falseAlarms!.alarms).toBeLessThanOrEqual(10)
    expect(check.hidden).toHaveLength(1)
    expect(check.hidden[0]).toMatchObject({ environment: environments[0], gene: genes[0] })
    expect(check.hidden[0]!.rank).toBeGreaterThan(0)
    expect(await fixture.client.call('honesty.check', { runId })).toEqual(check)
    await expect(fixture.client.call('honesty.check', { runId: instant })).rejects.toMatchObject({
      code: 'INVALID_PARAMS',
    })
  })

  describe('of a new file', () => {
    const lines = simulatedTable(6).trim().split('\n')
    const grant = (name: string, rows: readonly string[]): Promise<string> =>
      fixture.grant(fixture.scratch.file(name, [lines[0]!, ...rows].join('\n')))

    it('says what of the file is used, what its control is, and which samples the study has already', async () => {
      const control = lines.filter((line) => /\bcontrol\b/.test(line)).slice(0, 4)
      const fresh = simulatedTable(6, 5, 9)
        .trim()
        .split('\n')
        .filter((line) => line.includes(environments[2]!))
      const file = await grant('week 2.csv', [...control, ...fresh])
      const answer = await fixture.client.call('run.adapt', { runId, read: { files: [file] } })
      expect(answer.coverage).toEqual({ shared: 6, network: 6, file: 6 })
      expect(answer.control).toBe('control')
      expect(answer.groups).toEqual([
        { name: 'control', samples: 4 },
        { name: environments[2], samples: 5 },
      ])
      expect(answer.samples).toBe(9)
      expect(answer.repeated).toEqual([0, 1, 2, 3])
      expect(answer.similar).toHaveLength(1)
      const other = await fixture.client.call('run.adapt', {
        runId,
        read: { files: [file], control: 'none' },
      })
      expect(other.control).toBeNull()
      expect(other.environments).toEqual(['control', environments[2]])
    })

    it('resembles most the experiment whose samples it repeats', async () => {
      const file = await grant(
        'again.csv',
        lines.filter((line) => line.includes(environments[3]!)),
      )
      const answer = await fixture.client.call('run.adapt', {
        runId,
        read: { files: [file], control: 'none' },
      })
      expect(answer.similar[0]![0]).toMatchObject({ environment: environments[3] })
      expect(answer.similar[0]![0]!.shift).toBeCloseTo(1, 6)
    })

    it('is refused in words when there is nothing but a control, or no gene is shared', async () => {
      const file = await grant(
        'control.csv',
        lines.filter((line) => /\bcontrol\b/.test(line)),
      )
      await expect(
        fixture.client.call('run.adapt', { runId, read: { files: [file] } }),
      ).rejects.toMatchObject({
        code: 'DATA_INSUFFICIENT',
      })
      const foreign = await fixture.grant(
        fixture.scratch.file('foreign.csv', simulatedTable(6).replace(/G(\d+)/g, 'other$1')),
      )
      await expect(fixture.client.call('run.adapt', { runId, read: { files: [foreign] } })).rejects.toThrow(
        /Only 0 of 6 genes/,
      )
    })
  })
})
