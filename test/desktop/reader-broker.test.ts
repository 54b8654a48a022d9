import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Contract } from '../../src-shared/contract/contract'
import { createClient, createPortChannel, type Client, type EmitterPort } from '../../src-shared/rpc'
import { engineLauncher } from '../../src-main/desktop/engine-process'
import { superviseEngine, type EngineSupervisor } from '../../src-main/desktop/engine-supervisor'
import { builtApp } from '../support/built-app'
import { simulatedTable } from '../support/simulated-table'

/** Service names of the utility processes that were started, in order, and the exit codes of those that ended. */
const processes = vi.hoisted(() => ({ started: [] as string[], ended: 0 }))

/** the emulation is plain JavaScript, without types */
const emulated = vi.hoisted(
  () =>
    (name: string): Promise<unknown> =>
      import(`./emulation/${name}.mjs`),
)

vi.mock('./emulation/control.mjs', () => ({
  onCommand: () => undefined,
  record: (event: string, { serviceName }: { serviceName?: string }) => {
    if (event.endsWith('-started')) processes.started.push(serviceName ?? '')
    else processes.ended++
  },
}))
vi.mock('electron', async () => {
  const { utilityProcess } = (await emulated('electron-utility-process')) as {
    utilityProcess: unknown
  }
  return { utilityProcess }
})

let folder: string
let engine: EngineSupervisor<EmitterPort>
let client: Client<Contract>

beforeAll(async () => {
  const app = await builtApp()
  folder = mkdtempSync(join(tmpdir(), 'metacadi-broker-'))
  engine = superviseEngine({
    start: engineLauncher({
      outDir: app.path('main'),
      sessionDir: join(folder, 'session'),
      logFile: join(folder, 'engine.log'),
    }),
    onReady: () => undefined,
    onGivenUp: () => undefined,
  })
  const { MessageChannelMain } = (await emulated('electron-ports')) as {
    MessageChannelMain: new () => { port1: EmitterPort; port2: EmitterPort }
  }
  const { port1, port2 } = new MessageChannelMain()
  engine.connect(port1)
  client = createClient<Contract>(createPortChannel(port2))
}, 120_000)

afterAll(async () => {
  await engine.shutdown()
  rmSync(folder, { recursive: true, force: true })
})

const table = (name: string, content: string): Promise<string> => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return engine.grant({ name, path })
}

test('the engine of the desktop reads a file in a reader that the main process starts and ends', async () => {
  const summary = await client.call('dataset.read', { files: [await table('study.csv', simulatedTable(5))] })
  expect(summary.genes.length).toBe(5)
  expect(processes.started).toEqual(['MetaCaDI engine', 'MetaCaDI file reader'])
  await vi.waitFor(() => expect(processes.ended).toBe(1))
})

test('the error of a reader arrives with its code', async () => {
  const empty = await table('empty.csv', '')
  await expect(client.call('dataset.read', { files: [empty] })).rejects.toMatchObject({ code: 'DATA_FORMAT' })
})

test('a cancel ends the reader within a second and leaves the engine usable', async () => {
  const row = Array.from({ length: 40 }, (_, i) => (i * 1.37).toFixed(5)).join(',')
  const rows = Array.from({ length: 100_000 }, (_, i) => `GENE${i},${row}`)
  const header = `gene,${Array.from({ length: 40 }, (_, i) => `${i < 20 ? 'ctrl' : 'kd'}_${i}`).join(',')}`
  const large = await table('large.csv', [header, ...rows].join('\n'))
  const ended = processes.ended
  const abort = new AbortController()
  let abortedAt = 0
  const outcome = client.call(
    'dataset.read',
    { files: [large] },
    {
      signal: abort.signal,
      onProgress: () => {
        abortedAt ||= performance.now()
        abort.abort()
      },
    },
  )
  await expect(outcome).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(performance.now() - abortedAt).toBeLessThan(1000)
  await vi.waitFor(() => expect(processes.ended).toBe(ended + 1))
  expect(await client.call('job.list', {})).toEqual([])
})
