import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatasetSummary } from '../../src-shared/contract/dataset-summary'
import type { Progress } from '../../src-shared/contract/engine-info'
import { AppError } from '../../src-shared/contract/errors'
import type { RunSummary } from '../../src-shared/contract/result-view'
import { parseResult } from '../../src-main/io/result/parse-result'
import { simulatedTable } from '../support/simulated-table'
import { startEngine, type EngineFixture } from './engine-fixture'

let fixture: EngineFixture
let data: DatasetSummary
let run: RunSummary

beforeAll(async () => {
  fixture = startEngine()
  const file = await fixture.grant(fixture.scratch.file('study.csv', simulatedTable(6)))
  data = await fixture.client.call('dataset.read', { files: [file] })
  run = await fixture.client.call('analysis.run', { datasetId: data.datasetId, settings: {}, threads: 1 })
})
afterAll(() => fixture.end())

const failureOf = async (call: Promise<unknown>): Promise<AppError> => {
  const outcome = await call.catch((error: unknown) => error)
  if (outcome instanceof AppError) return outcome
  throw new Error('the call was answered')
}

describe('the engine', () => {
  it('tells its version, kernel and machine', async () => {
    const info = await fixture.client.call('engine.info', {})
    expect(info.version).toMatch(/^\d+\.\d+\.\d+$/)
    expect(info.threads).toBeGreaterThan(0)
    expect(info.memoryTotalBytes).toBeGreaterThan(info.memoryFreeBytes)
  })

  it('reads nothing but what the host granted', async () => {
    for (const handle of ['/etc/passwd', '../study.csv', 'nonsense']) {
      const failure = await failureOf(fixture.client.call('dataset.read', { files: [handle] }))
      expect(failure.code).toBe('FILE_ACCESS')
      expect(failure.message).not.toContain(handle)
    }
  })

  it('gives handles that say nothing about the path and are the same for the same file', async () => {
    const path = fixture.scratch.file('secret-name.csv', 'x')
    const handle = await fixture.grant(path)
    expect(handle).not.toContain('secret')
    expect(await fixture.grant(path)).toBe(handle)
  })

  it('answers a summary of an open data set again, and not after it was closed', async () => {
    expect(await fixture.client.call('dataset.summary', { datasetId: data.datasetId })).toEqual(data)
    const other = await fixture.client.call('dataset.read', { files: [...data.read.files] })
    await fixture.client.call('dataset.close', { datasetId: other.datasetId })
    const failure = await failureOf(fixture.client.call('dataset.summary', { datasetId: other.datasetId }))
    expect(failure.code).toBe('INVALID_PARAMS')
  })

  it('refuses to run a data set that waits for a choice, with the code of the question', async () => {
    const file = await fixture.grant(
      fixture.scratch.file('text.csv', simulatedTable(6).replace(/^(control,[^,]*,)[^,]*/m, '$1n.d.')),
    )
    const { datasetId, findings } = await fixture.client.call('dataset.read', { files: [file] })
    const blocking = findings.find(({ level }) => level === 'blocking')
    expect(blocking).toBeDefined()
    const failure = await failureOf(fixture.client.call('analysis.run', { datasetId, settings: {} }))
    expect(failure.code).toBe(blocking?.code)
  })

  it('estimates a run before it starts', async () => {
    const estimate = await fixture.client.call('analysis.estimate', {
      datasetId: data.datasetId,
      settings: {},
    })
    expect(estimate.lowSeconds).toBeGreaterThan(0)
    expect(estimate.seconds).toBeGreaterThan(estimate.lowSeconds)
    expect(estimate.highSeconds).toBeGreaterThan(estimate.seconds)
    expect(estimate.memoryBytes).toBeGreaterThan(0)
  })

  it.each([
    [
      'an edge that is required and forbidden',
      {
        constraints: {
          required: [{ source: 'G01', target: 'G02' }],
          forbidden: [{ source: 'G01', target: 'G02' }],
        },
      },
      'required and forbidden',
    ],
    [
      'a gene that is not in the data',
      { constraints: { forbidden: [{ source: 'G01', target: 'XX' }] } },
      'XX',
    ],
    [
      'a cycle of required edges',
      {
        constraints: {
          required: [
            { source: 'G01', target: 'G02' },
            { source: 'G02', target: 'G01' },
          ],
        },
      },
      'cycle',
    ],
    [
      'known targets of an unknown experiment',
      { knownTargets: { nowhere: { genes: ['G01'], complete: true } } },
      'nowhere',
    ],
    [
      'known targets of the control',
      { knownTargets: { control: { genes: ['G01'], complete: true } } },
      'control',
    ],
  ])('refuses %s before the run', async (_what, settings, word) => {
    const stages: string[] = []
    const failure = await failureOf(
      fixture.client.call(
        'analysis.run',
        { datasetId: data.datasetId, settings },
        { onProgress: ({ stage }) => stages.push(stage) },
      ),
    )
    expect(failure.code).toBe('INVALID_PARAMS')
    expect(failure.message).toContain(word)
    expect(stages).toEqual([])
  })

  it('leaves out a known target that was not measured, with a warning', async () => {
    const settings = { knownTargets: { env01: { genes: ['BRCA2', 'G01'], complete: true } } }
    const { warnings, runId } = await fixture.client.call('analysis.run', {
      datasetId: data.datasetId,
      settings,
    })
    expect(warnings[0]).toContain("BRCA2 is listed as a target of 'env01' but is not in the data")
    const view = await fixture.client.call('run.view', { runId })
    expect(view.settings.knownTargets).toEqual({ env01: { genes: ['G01'], complete: true } })
  })

  it('reports progress that never falls and ends at 100, and lists the job only while it runs', async () => {
    const seen: Progress[] = []
    let listed: string[] = []
    await fixture.client.call(
      'analysis.run',
      { datasetId: data.datasetId, settings: { seed: 5 } },
      {
        onProgress: (progress) => {
          if (seen.push(progress) === 1)
            void fixture.client
              .call('job.list', {})
              .then((jobs) => (listed = jobs.map(({ method }) => method)))
        },
      },
    )
    const percents = seen.map(({ percent }) => percent)
    expect(percents).toEqual([...percents].sort((a, b) => a - b))
    expect(percents.at(-1)).toBe(100)
    expect(listed).toEqual(['analysis.run'])
    expect(await fixture.client.call('job.list', {})).toEqual([])
  })

  it('shows a run without its learned state', async () => {
    const view = await fixture.client.call('run.view', { runId: run.runId })
    expect(view.genes).toHaveLength(6)
    expect(view.edges.probability).toHaveLength(36)
    expect(view).not.toHaveProperty('learned')
    expect(await fixture.client.call('run.list', {})).toContainEqual(run)
  })

  it('tells what changed in an experiment, in numbers and gene by gene', async () => {
    const { runId } = run
    expect((await fixture.client.call('run.view', { runId })).hasDifferential).toBe(true)
    const view = await fixture.client.call('run.differential', { runId, environment: 'env02' })
    expect(view.genes).toEqual(['G01', 'G02', 'G03', 'G04', 'G05', 'G06'])
    expect(view.summary).toMatchObject({ environment: 'env02', tested: 6 })
    expect(view.adjusted.filter((p) => p <= 0.05)).toHaveLength(view.summary.changed)
    const refused = fixture.client.call('run.differential', { runId, environment: 'control' })
    expect((await failureOf(refused)).code).toBe('INVALID_PARAMS')
  })

  it('draws the evidence of an edge and of a target, and refuses names that are not there', async () => {
    const { runId } = run
    const edge = await fixture.client.call('run.edgeEvidence', { runId, source: 'G01', target: 'G02' })
    expect(edge).toMatchObject({ source: 'G01', target: 'G02' })
    expect(edge.points.x).toHaveLength(data.samples.length)
    const target = await fixture.client.call('run.targetEvidence', {
      runId,
      environment: 'env02',
      gene: 'G03',
    })
    expect(target).toMatchObject({ environment: 'env02', gene: 'G03' })
    for (const call of [
      fixture.client.call('run.edgeEvidence', { runId, source: 'G01', target: 'G01' }),
      fixture.client.call('run.edgeEvidence', { runId, source: 'G01', target: '__proto__' }),
      fixture.client.call('run.targetEvidence', { runId, environment: 'control', gene: 'G01' }),
    ])
      expect((await failureOf(call)).code).toBe('INVALID_PARAMS')
  })

  it('exports files that read back as the run', async () => {
    const { bytes, fileName } = await fixture.client.call('run.export', {
      runId: run.runId,
      format: 'result-json',
    })
    expect(fileName).toBe('study-result.json')
    expect(parseResult(new TextDecoder().decode(bytes)).resultHash).toBe(run.resultHash)
    const report = await fixture.client.call('run.export', { runId: run.runId, format: 'report-html' })
    expect(new TextDecoder().decode(report.bytes.subarray(0, 15)).toLowerCase()).toBe('<!doctype html>')
  })

  it('opens a stored result as a run of its own', async () => {
    const { bytes } = await fixture.client.call('run.export', { runId: run.runId, format: 'result-json' })
    const path = fixture.scratch.file('result.json', new TextDecoder().decode(bytes))
    const opened = await fixture.client.call('run.open', { file: await fixture.grant(path) })
    expect(opened).toMatchObject({ resultHash: run.resultHash, datasetId: null })
    expect(opened.runId).not.toBe(run.runId)
  })

  it('answers new experiments under a stored result, on the scale of that result', async () => {
    const file = await fixture.grant(fixture.scratch.file('new.csv', simulatedTable(6, 4)))
    const answer = await fixture.client.call('run.adapt', { runId: run.runId, read: { files: [file] } })
    expect(answer.environments).toHaveLength(6)
    expect(answer.probability).toHaveLength(36)
    expect(answer.missingGenes).toEqual([])
  })

  it('lists and opens the bundled examples', async () => {
    const examples = await fixture.client.call('example.list', {})
    expect(examples.length).toBeGreaterThan(0)
    for (const { id, genes, environments, story } of examples) {
      expect(story.length).toBeLessThanOrEqual(3)
      const summary = await fixture.client.call('example.open', { exampleId: id })
      expect(summary.findings.filter(({ level }) => level === 'blocking')).toEqual([])
      expect(summary.genes).toHaveLength(genes)
      expect(summary.environments.filter(({ isControl }) => !isControl)).toHaveLength(environments)
    }
    const failure = await failureOf(fixture.client.call('example.open', { exampleId: '../..' }))
    expect(failure.code).toBe('INVALID_PARAMS')
  })
})
