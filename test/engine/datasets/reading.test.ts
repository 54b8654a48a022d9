import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-shared/contract/errors'
import { ReadOptions } from '../../../src-shared/contract/dataset-source'
import { createFileReader, type ReadingLimits } from '../../../src-main/engine/datasets/reading/read-apart'
import {
  forkReader,
  forkReaderFrom,
  type ReaderChild,
  type StartReader,
} from '../../../src-main/engine/datasets/reading/reader-child'
import { readDataset } from '../../../src-main/io/import'
import { scratchFolder, simulatedTable, type Scratch } from '../../support/simulated-table'
import { startEngine } from '../engine-fixture'

const DOUBLES = resolve(import.meta.dirname, 'doubles')
const GENEROUS: ReadingLimits = { memoryBytes: 2 ** 30, silentMs: 30_000, totalMs: 60_000 }

let scratch: Scratch
beforeEach(() => {
  scratch = scratchFolder()
})
afterEach(() => scratch.remove())

const double =
  (name: string): StartReader =>
  (heap) =>
    forkReaderFrom(join(DOUBLES, `${name}-reader.mjs`), heap)

interface Attempt {
  readonly start?: StartReader
  readonly limits?: Partial<ReadingLimits>
  readonly content?: string
  readonly signal?: AbortSignal
  readonly onProgress?: (fraction: number) => void
}

/** Reads a file and returns the error it ended with; what was left in the folder of answers would be a leak. */
async function failure(attempt: Attempt): Promise<AppError> {
  const folder = join(scratch.folder, 'answers')
  const path = scratch.file('x.csv', attempt.content ?? simulatedTable(5))
  const reader = createFileReader(folder, attempt.start, () => ({ ...GENEROUS, ...attempt.limits }))
  const options = ReadOptions.parse({ files: ['x'] })
  const error: unknown = await reader
    .read({ files: [{ name: 'x.csv', path }] }, options, {
      signal: attempt.signal,
      onProgress: attempt.onProgress,
    })
    .then(
      () => new Error('it was read'),
      (reason: unknown) => reason,
    )
  expect(readdirSync(folder)).toEqual([])
  if (error instanceof AppError) return error
  throw error
}

/** Two million cells: long enough to be stopped in the middle. */
function largeTable(): string {
  const header = `gene,${Array.from({ length: 40 }, (_, i) => `${i < 20 ? 'ctrl' : 'kd'}_${i}`).join(',')}`
  const row = Array.from({ length: 40 }, (_, i) => (i * 1.37).toFixed(5)).join(',')
  return [header, ...Array.from({ length: 100_000 }, (_, i) => `GENE${i},${row}`)].join('\n')
}

describe('reading in a process of its own', () => {
  it('gives exactly what reading in this process gives', async () => {
    const path = scratch.file('x.csv', simulatedTable(8))
    const source = { files: [{ name: 'x.csv', path }] }
    const options = ReadOptions.parse({ files: ['x'] })
    const apart = await createFileReader(join(scratch.folder, 'answers')).read(source, options, {})
    const here = await readDataset(source, options, {})
    expect(apart).toEqual(here)
    expect(apart.dataset?.values).toBeInstanceOf(Float64Array)
    expect(apart.dataset?.environmentOf).toBeInstanceOf(Int32Array)
  })

  it('gives the summary without numbers while a choice is open', async () => {
    const path = scratch.file('x.csv', 'gene,a,b,c\nTP53,1,x,2\nMYC,2,3,4\nJUN,1,2,9\n')
    const reader = createFileReader(join(scratch.folder, 'answers'))
    const { dataset, summary } = await reader.read(
      { files: [{ name: 'x.csv', path }] },
      ReadOptions.parse({ files: ['x'] }),
      {},
    )
    expect(dataset).toBeNull()
    expect(summary.findings.map((finding) => finding.rule)).toContain('text-in-data')
  })

  it('passes the error of the importer on, with its code and its text', async () => {
    expect(await failure({ content: '' })).toMatchObject({
      code: 'DATA_FORMAT',
      message: 'x.csv is empty. Choose another file or export it again.',
    })
  })

  it('is cancelled within a second, also in the middle of a large file', async () => {
    const abort = new AbortController()
    let abortedAt = 0
    const error = await failure({
      content: largeTable(),
      signal: abort.signal,
      onProgress: () => {
        abortedAt ||= performance.now()
        abort.abort()
      },
    })
    expect(error.code).toBe('CANCELLED')
    expect(performance.now() - abortedAt).toBeLessThan(1000)
  })

  it('is cancelled within a second although the parser never comes back', async () => {
    const abort = new AbortController()
    let pid = 0
    const started: StartReader = (heap) => {
      const child = double('stuck')(heap)
      return {
        ...child,
        send: (order) => {
          child.send(order)
          pid = 1
          setTimeout(() => abort.abort(), 100)
        },
      }
    }
    const before = performance.now()
    expect((await failure({ start: started, signal: abort.signal })).code).toBe('CANCELLED')
    expect(pid).toBe(1)
    expect(performance.now() - before).toBeLessThan(3000)
  })

  it('does not start at all when it was cancelled before', async () => {
    const reader = createFileReader(join(scratch.folder, 'answers'), () => {
      throw new Error('started')
    })
    const signal = AbortSignal.abort()
    await expect(
      reader.read({ files: [{ name: 'x', path: 'x' }] }, ReadOptions.parse({ files: ['x'] }), { signal }),
    ).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  it('is ended when it hangs, and says that it came to a standstill', async () => {
    const error = await failure({ start: double('stuck'), limits: { silentMs: 300 } })
    expect(error.code).toBe('DATA_FORMAT')
    expect(error.message).toMatch(
      /^Reading x\.csv came to a standstill and was ended\. Everything that was open/,
    )
  })

  it('is ended when it goes on and on', async () => {
    const chatty: StartReader = (heap): ReaderChild => {
      const child = double('stuck')(heap)
      const talk = setInterval(() => said?.({ type: 'progress', fraction: 0, memoryBytes: 0 }), 20)
      let said: ((message: unknown) => void) | undefined
      child.onEnd(() => clearInterval(talk))
      return {
        ...child,
        onMessage: (listener) => {
          said = listener
          child.onMessage(listener)
        },
      }
    }
    const error = await failure({ start: chatty, limits: { silentMs: 200, totalMs: 800 } })
    expect(error).toMatchObject({ code: 'RESOURCE_LIMIT' })
    expect(error.message).toContain('took longer')
  })

  it('is ended when its memory grows beyond the limit', async () => {
    const error = await failure({ content: largeTable(), limits: { memoryBytes: 90 * 2 ** 20 } })
    expect(error).toMatchObject({ code: 'RESOURCE_LIMIT' })
    expect(error.message).toMatch(
      /^Reading x\.csv needs more than 0\.094 GB, which is what this computer has free\./,
    )
  })

  it('that fills its heap ends alone, with a clear error', async () => {
    const error = await failure({
      start: () => forkReaderFrom(join(DOUBLES, 'hoarding-reader.mjs'), 64),
    })
    expect(error).toMatchObject({ code: 'RESOURCE_LIMIT' })
    expect(error.message).toMatch(/^Reading x\.csv ended because there was not enough memory\./)
  })

  it('that crashes costs nothing but its file', async () => {
    const error = await failure({ start: double('crashing') })
    expect(error).toMatchObject({ code: 'DATA_FORMAT', details: { signal: 'SIGSEGV' } })
    expect(error.message).toMatch(
      /^Reading x\.csv ended unexpectedly\. Everything that was open before is unchanged\./,
    )
  })

  it('that ends without an answer, or answers nonsense, is an error and not a data set', async () => {
    expect(await failure({ start: double('wordless') })).toMatchObject({ code: 'DATA_FORMAT' })
  })

  it('leaves no process behind', async () => {
    if (!existsSync('/proc/self/task')) return
    const children = (): string =>
      readdirSync('/proc/self/task')
        .map((task) => readFileSync(`/proc/self/task/${task}/children`, 'utf8'))
        .join('')
    const before = children()
    await failure({ start: double('stuck'), limits: { silentMs: 200 } })
    await failure({ content: '' })
    expect(children()).toBe(before)
  })
})

describe('an engine whose reader dies', () => {
  it('keeps its open data sets and reads the next file', async () => {
    const fixture = startEngine()
    try {
      const good = await fixture.grant(fixture.scratch.file('good.csv', simulatedTable(5)))
      const first = await fixture.client.call('dataset.read', { files: [good] })
      const large = await fixture.grant(fixture.scratch.file('large.csv', largeTable()))
      const abort = new AbortController()
      const cancelled = await fixture.client
        .call('dataset.read', { files: [large] }, { signal: abort.signal, onProgress: () => abort.abort() })
        .catch((error: unknown) => error)
      expect(cancelled).toMatchObject({ code: 'CANCELLED' })
      expect(await fixture.client.call('job.list', {})).toEqual([])
      expect((await fixture.client.call('dataset.summary', { datasetId: first.datasetId })).name).toBe('good')
      expect((await fixture.client.call('dataset.read', { files: [good] })).genes).toEqual(first.genes)
    } finally {
      await fixture.end()
    }
  })
})

it('readers are started by Node hosts without help', () => {
  const child = forkReader(64)
  return new Promise<void>((resolve) => {
    child.onMessage((message) => {
      expect(message).toEqual({ type: 'ready' })
      child.kill()
    })
    child.onEnd(() => resolve())
  })
})
