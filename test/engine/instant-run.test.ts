import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ResultView, RunSummary } from '../../src-shared/contract/result-view'
import { copyOfGood } from '../model/tiny-model'
import { scratchFolder, simulatedTable } from '../support/simulated-table'
import { startEngine, type EngineFixture } from './engine-fixture'

const SETTINGS = { sweeps: 2_000, seed: 3 } as const

let fixture: EngineFixture
let datasetId: string
const model = copyOfGood()

beforeAll(async () => {
  const scratch = scratchFolder()
  model.changeManifest({ combiner: null }) // the combiner of the tiny model reads features of its own
  fixture = startEngine(scratch, model.folder)
  const file = await fixture.grant(scratch.file('study.csv', simulatedTable(17, 3)))
  datasetId = (await fixture.client.call('dataset.read', { files: [file] })).datasetId
})
afterAll(async () => {
  await fixture.end()
  model.remove()
})

/** Runs until the instant answer can be seen, then calls back; the run goes on meanwhile. */
async function runWithInstant(
  onInstant: (view: ResultView) => void,
  signal?: AbortSignal,
): Promise<{ summary: RunSummary | undefined; ids: Set<string> }> {
  const ids = new Set<string>()
  let asked: Promise<void> | undefined
  const summary = await fixture.client
    .call(
      'analysis.run',
      { datasetId, settings: SETTINGS },
      {
        ...(signal ? { signal } : {}),
        onProgress: ({ runId }) => {
          if (runId === undefined) return
          ids.add(runId)
          asked ??= fixture.client.call('run.view', { runId }).then(onInstant)
        },
      },
    )
    .catch(() => undefined)
  await asked
  return { summary, ids }
}

describe('a full run in an engine with a model', () => {
  it('shows the instant answer first and the full one under the same id', async () => {
    let first: ResultView | undefined
    const { summary, ids } = await runWithInstant((view) => (first = view))
    expect(first).toMatchObject({ hasEvidence: false, run: { mode: 'instant' } })
    expect(first!.parts!.targets.closedForm).toBeNull()
    expect([...ids]).toEqual([summary!.runId])
    const view = await fixture.client.call('run.view', { runId: summary!.runId })
    expect(view).toMatchObject({ hasEvidence: true, run: { mode: 'full' } })
    expect(view.parts!.targets.network).toEqual(first!.parts!.targets.network)
    const listed = await fixture.client.call('run.list', {})
    expect(listed.filter(({ runId }) => runId === summary!.runId)).toEqual([summary])
  }, 60_000)

  it('leaves the instant answer when it is cancelled, which says what it has not', async () => {
    const controller = new AbortController()
    const { summary, ids } = await runWithInstant(() => controller.abort(), controller.signal)
    expect(summary).toBeUndefined()
    const [runId] = [...ids]
    const kept = (await fixture.client.call('run.list', {})).find((run) => run.runId === runId)
    expect(kept).toMatchObject({ mode: 'instant' })
    const evidence = fixture.client.call('run.edgeEvidence', {
      runId: runId!,
      source: 'G01',
      target: 'G02',
    })
    await expect(evidence).rejects.toThrow('Run the full search to see evidence.')
    for (const format of ['report-html', 'result-json'] as const)
      expect(
        (await fixture.client.call('run.export', { runId: runId!, format })).bytes.length,
      ).toBeGreaterThan(1000)
  }, 60_000)

  it('gives the full answer under the id of the instant one that it left, when it goes on', async () => {
    const controller = new AbortController()
    const { ids } = await runWithInstant(() => controller.abort(), controller.signal)
    const [left] = [...ids]
    const full = (await fixture.client.call('run.list', {})).find(({ mode }) => mode === 'full')!
    const before = (await fixture.client.call('run.list', {})).length
    const resumed = await fixture.client.call('analysis.run', {
      datasetId,
      settings: SETTINGS,
      resume: true,
      replaces: left,
    })
    expect(resumed).toMatchObject({ runId: left, mode: 'full', resultHash: full.resultHash })
    expect(await fixture.client.call('run.list', {})).toHaveLength(before)
    // a full answer never gives way
    const again = await fixture.client.call('analysis.run', { datasetId, settings: SETTINGS, replaces: left })
    expect(again.runId).not.toBe(left)
  }, 60_000)

  it('answers a new experiment under the instant answer by the network alone, in milliseconds', async () => {
    const run = await fixture.client.call('analysis.run', {
      datasetId,
      settings: { mode: 'instant' },
    })
    const file = await fixture.grant(fixture.scratch.file('new.csv', simulatedTable(17, 4, 2)))
    const answer = await fixture.client.call('run.adapt', { runId: run.runId, read: { files: [file] } })
    expect(answer).toMatchObject({ mode: 'instant', parts: { targets: { closedForm: null } } })
    expect(answer.probability).toHaveLength(17 * 17)
    expect(answer.milliseconds).toBeGreaterThan(0)
  })
})
