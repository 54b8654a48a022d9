import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../src-shared/contract/errors'
import { simulatedTable } from '../support/simulated-table'
import { startEngine, type EngineFixture } from './engine-fixture'

/** Long enough to be interrupted in its middle, short enough for a test. */
const SETTINGS = { sweeps: 4_000, seed: 7 } as const
const TABLE = simulatedTable(21)

let fixture: EngineFixture
let file: string

beforeEach(async () => {
  fixture = startEngine()
  file = await fixture.grant(fixture.scratch.file('study.csv', TABLE))
})
afterEach(() => fixture.end())

const checkpoints = (): string[] => {
  const folder = join(fixture.scratch.folder, 'data', 'checkpoints')
  return existsSync(folder) ? readdirSync(folder) : []
}

/** Starts a run and aborts it when it has passed a percentage. */
async function interruptAt(percent: number): Promise<{ datasetId: string; code: string; seconds: number }> {
  const { datasetId } = await fixture.client.call('dataset.read', { files: [file] })
  const abort = new AbortController()
  let abortedAt = 0
  const outcome = await fixture.client
    .call(
      'analysis.run',
      { datasetId, settings: SETTINGS },
      {
        signal: abort.signal,
        onProgress: (progress) => {
          if (abortedAt > 0 || progress.percent < percent) return
          abortedAt = performance.now()
          abort.abort()
        },
      },
    )
    .catch((error: unknown) => error)
  const code = outcome instanceof AppError ? outcome.code : 'completed'
  return { datasetId, code, seconds: (performance.now() - abortedAt) / 1000 }
}

describe('a run that is interrupted', () => {
  it.each([1, 40, 80])(
    'stops within a second at %d percent and leaves the engine usable',
    async (percent) => {
      const { code, seconds } = await interruptAt(percent)
      expect(code).toBe('CANCELLED')
      expect(seconds).toBeLessThan(1)
      expect(await fixture.client.call('job.list', {})).toEqual([])
      expect((await fixture.client.call('engine.info', {})).threads).toBeGreaterThan(0)
    },
  )

  it('goes on from its checkpoint in an engine that knows nothing but the folders, to the same result', async () => {
    const { datasetId } = await interruptAt(62)
    expect(checkpoints().length).toBeGreaterThan(0)
    const second = fixture.restart()
    expect(await second.client.call('analysis.interrupted', {})).toEqual([])
    // The identifier of the window still works: the engine reads the same files again.
    const [offer] = await second.client.call('analysis.interrupted', { datasetId })
    expect(offer).toMatchObject({ datasetId, settings: SETTINGS })

    const stages: string[] = []
    const resumed = await second.client.call(
      'analysis.run',
      { datasetId, settings: offer!.settings, resume: true },
      { onProgress: ({ stage }) => void stages.push(stage) },
    )
    // Told once at most, as found: no gene is scored again.
    expect(stages.filter((stage) => stage === 'scoring').length).toBeLessThan(2)
    expect(await second.client.call('analysis.interrupted', {})).toEqual([])
    expect(checkpoints()).toEqual([])

    const whole = await second.client.call('analysis.run', { datasetId, settings: SETTINGS })
    expect(resumed.resultHash).toBe(whole.resultHash)
    await second.engine.shutdown()
  })

  it('is not offered for another table, nor while it goes on or after it was forgotten', async () => {
    const { datasetId } = await interruptAt(62)
    const second = fixture.restart()
    const [offer] = await second.client.call('analysis.interrupted', { datasetId })
    const { settings } = offer!
    const abort = new AbortController()
    let during: Promise<unknown> | undefined
    await second.client
      .call(
        'analysis.run',
        { datasetId, settings, resume: true },
        {
          signal: abort.signal,
          onProgress: () => {
            during ??= second.client
              .call('analysis.discard', { datasetId, settings })
              .then(() => second.client.call('analysis.interrupted', {}))
              .finally(() => abort.abort())
          },
        },
      )
      .catch(() => undefined)
    expect(await during).toEqual([])
    expect((await second.client.call('analysis.interrupted', {})).length).toBe(1)
    await second.client.call('analysis.discard', { datasetId, settings })
    expect(checkpoints()).toEqual([])
    const other = await second.grant(fixture.scratch.file('other.csv', simulatedTable(21, 5, 2)))
    await second.client.call('dataset.read', { files: [other] })
    expect(await second.client.call('analysis.interrupted', {})).toEqual([])
    await second.engine.shutdown()
  })
})

describe('a search that is ended with what it has', () => {
  it('gives a result that says so, and can be completed from its checkpoint', async () => {
    const small = await fixture.grant(fixture.scratch.file('seventeen.csv', simulatedTable(17, 3)))
    const { datasetId } = await fixture.client.call('dataset.read', { files: [small] })
    const settings = { mode: 'closed-form', sweeps: 20_000, candidates: 3, maxParents: 2 } as const
    let asked: Promise<boolean> | undefined
    const run = await fixture.client.call(
      'analysis.run',
      { datasetId, settings, token: 'mine' },
      {
        onProgress: ({ stage }) => {
          if (stage === 'searching') asked ??= fixture.client.call('analysis.finish', { token: 'mine' })
        },
      },
    )
    expect(await asked).toBe(true)
    expect(await fixture.client.call('analysis.finish', { token: 'mine' })).toBe(false)
    const { diagnostics, edges } = await fixture.client.call('run.view', { runId: run.runId })
    expect(diagnostics.plannedSweeps).toBe(20_000)
    expect(diagnostics.sweeps).toBeLessThan(20_000)
    expect(edges.probability.every((p) => p >= 0 && p <= 1)).toBe(true)
    expect(run.warnings.join()).toContain('its result so far is used')
    expect(checkpoints().length).toBeGreaterThan(0)
  })
})

describe('after a restart of the engine', () => {
  it('finished runs are still there', async () => {
    const small = await fixture.grant(fixture.scratch.file('small.csv', simulatedTable(5)))
    const { datasetId } = await fixture.client.call('dataset.read', { files: [small] })
    const run = await fixture.client.call('analysis.run', { datasetId, settings: {} })
    const second = fixture.restart()
    expect(await second.client.call('run.list', {})).toEqual([run])
    const view = await second.client.call('run.view', { runId: run.runId })
    expect(view).toEqual(await fixture.client.call('run.view', { runId: run.runId }))
    await second.engine.shutdown()
  })
})

describe('shutting the engine down', () => {
  it('cancels a running job and waits for its end', async () => {
    const { datasetId } = await fixture.client.call('dataset.read', { files: [file] })
    let started = (): void => undefined
    const running = new Promise<void>((resolve) => (started = resolve))
    const run = fixture.client
      .call('analysis.run', { datasetId, settings: SETTINGS }, { onProgress: () => started() })
      .catch((error: unknown) => (error instanceof AppError ? error.code : 'other'))
    await running
    const before = performance.now()
    await fixture.engine.shutdown()
    expect(performance.now() - before).toBeLessThan(1_500)
    expect(await fixture.client.call('job.list', {})).toEqual([])
    expect(await run).toBe('CANCELLED')
  })

  it('lets a second run wait for the first and cancels it while it waits', async () => {
    const { datasetId } = await fixture.client.call('dataset.read', { files: [file] })
    const [first, second] = [new AbortController(), new AbortController()]
    const codeOf = (signal: AbortSignal): Promise<string> =>
      fixture.client.call('analysis.run', { datasetId, settings: SETTINGS }, { signal }).then(
        () => 'completed',
        (error: unknown) => (error instanceof AppError ? error.code : 'other'),
      )
    const running = codeOf(first.signal)
    const waiting = codeOf(second.signal)
    await fixture.client.call('engine.info', {})
    second.abort()
    expect(await waiting).toBe('CANCELLED')
    expect((await fixture.client.call('job.list', {})).length).toBe(1)
    first.abort()
    expect(await running).toBe('CANCELLED')
  })
})
