import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ReadOptions } from '../../src-shared/contract/dataset-source'
import { packContent, unpackContent, type ProjectContent } from '../../src-shared/contract/project-content'
import { EMPTY_STATE } from '../../src-shared/contract/project-state'
import { builtApp } from '../support/built-app'
import { scratchFolder, simulatedTable, type Scratch } from '../support/simulated-table'
import { openBrowser, type Browser } from './browser'

/** Here processes are really killed: nothing of theirs runs any more, neither a handler nor a write under way. */

const PROJECT = resolve(import.meta.dirname, '../fixtures/projects/version-1.metacadi')
const onWindows = process.platform === 'win32'

let cli: string
let scratch: Scratch
const running = new Set<ChildProcess>()

beforeAll(async () => {
  cli = (await builtApp()).path('main/cli.js')
  scratch = scratchFolder()
}, 200_000)
afterEach(() => {
  for (const child of running) killAll(child)
})
afterAll(() => scratch.remove())

function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [cli, ...args], {
    // A process group of its own, so that the engine can be killed with its host.
    detached: !onWindows,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, METACADI_DATA_DIR: join(scratch.folder, 'data') },
  })
  running.add(child)
  child.on('exit', () => running.delete(child))
  return child
}

function killAll(child: ChildProcess): void {
  if (child.pid === undefined) return
  if (onWindows) child.kill('SIGKILL')
  else process.kill(-child.pid, 'SIGKILL')
}

async function serve(): Promise<{ child: ChildProcess; browser: Browser }> {
  const child = start('serve', '--json')
  for await (const line of createInterface({ input: child.stdout! })) {
    const { address } = JSON.parse(line) as { address?: string }
    if (address !== undefined) return { child, browser: await openBrowser(address) }
  }
  throw new Error('The web host ended before it printed an address.')
}

const seen = (content: ProjectContent): unknown =>
  JSON.parse(
    JSON.stringify(unpackContent(content), (key, value: unknown) => (key === 'files' ? 'files' : value)),
  )

describe('A web host that is killed', () => {
  it.each(['with its engine', 'alone'])('%s loses nothing that was kept; the next offers it', async (how) => {
    const first = await serve()
    const { client } = await first.browser.connect()
    const uploaded = await first.browser.upload('screen.csv', simulatedTable(5))
    const { handle } = JSON.parse(uploaded.body) as { handle: string }
    const read = ReadOptions.parse({ files: [handle] })
    const one = { ...EMPTY_STATE, read }
    const two = { ...one, settings: { ...one.settings, seed: 7 } }
    const note = { about: { kind: 'gene' as const, gene: 'G01' }, text: `killed ${how}` }
    const content = packContent({
      name: `screen ${how}`,
      history: {
        past: [{ label: 'Change Seed', state: one }],
        present: { ...two, notes: [note] },
        future: [{ label: 'Other', state: two }],
      },
      runs: [],
      shown: null,
    })
    const { projectId } = await client.call('project.keep', { projectId: null, content, unsaved: true })
    // One more write is under way when everything ends: the last whole one counts.
    void client.call('project.keep', { projectId, content, unsaved: true }).catch(() => undefined)
    if (how === 'alone') first.child.kill('SIGKILL')
    else killAll(first.child)
    await once(first.child, 'exit')

    const second = await serve()
    const next = await second.browser.connect()
    // An engine whose host is gone ends by itself, and is no longer the owner then.
    await expect
      .poll(async () => (await next.client.call('project.recent', {})).find((p) => p.projectId === projectId))
      .toMatchObject({ name: `screen ${how}`, unsaved: true, open: false })
    const resumed = await next.client.call('project.resume', { projectId })
    expect(resumed).toMatchObject({ unsaved: true, readOnly: null, problems: [] })
    expect(seen(resumed.content)).toEqual(seen(content))
    const data = await next.client.call('dataset.read', unpackContent(resumed.content).history.present.read!)
    expect(data.genes.length).toBe(5)
    next.socket.close()
  })
})

describe('A command that is killed while it has a project', () => {
  it('leaves the file as it was and its lock to the next', async () => {
    const path = join(scratch.folder, 'study.metacadi')
    copyFileSync(PROJECT, path)
    const before = readFileSync(path)
    const lock = join(scratch.folder, '.study.metacadi.lock')
    const first = start('analyze', '--project', path, '--mode', 'closed-form')
    while (!existsSync(lock)) await wait(5)
    killAll(first)
    await once(first, 'exit')
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(existsSync(lock)).toBe(true)

    const second = start('analyze', '--project', path, '--mode', 'closed-form', '--json')
    expect((await once(second, 'exit'))[0]).toBe(0)
    expect(readFileSync(`${path}.bak`).equals(before)).toBe(true)
    expect(readFileSync(path).length).toBeGreaterThan(before.length)
    expect(existsSync(lock)).toBe(false)
  })
})
