import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { builtApp } from '../support/built-app'
import type { DesktopApp, DialogAnswer } from './desktop-app'

interface AppEvent {
  readonly event: string
  readonly detail: Record<string, unknown>
}

/** The bundles on the emulation, with what only the emulation can tell. */
export interface EmulatedApp extends DesktopApp {
  /** everything recorded under this name since the start */
  events(name: string): readonly Record<string, unknown>[]
  waitFor(name: string, when?: (detail: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>
  command(name: string, argument?: unknown): Promise<unknown>
  readonly profile: string
}

export interface EmulationOptions {
  readonly environment?: Readonly<Record<string, string>>
  /** a folder that outlives the app, to start it again with the same profile */
  readonly profile?: string
}

const EVENT_LIMIT_MS = 20_000

export async function startEmulatedApp(options: EmulationOptions = {}): Promise<EmulatedApp> {
  const app = await builtApp()
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'metacadi-desktop-'))
  const debuggingPort = await freePort()
  const child = fork(app.path('main/desktop.js'), [], {
    execArgv: ['--import', join(import.meta.dirname, 'emulation/register.mjs')],
    env: {
      ...process.env,
      EMULATED_PROFILE: profile,
      EMULATED_DEBUGGING_PORT: String(debuggingPort),
      METACADI_DATA_DIR: join(profile, 'data'),
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const printed: Buffer[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => printed.push(chunk))
  const line = openLine(child, () => Buffer.concat(printed).toString('utf8'))

  await line.waitFor('shown')
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${debuggingPort}`)
  return {
    page: firstPage(browser.contexts().flatMap((context) => context.pages())),
    profile,
    ...line,
    answerDialog: async (answer: DialogAnswer) => {
      await line.command('answer-dialog', answer)
    },
    clickMenu: async (id) => {
      await line.command('click-menu', id)
    },
    killEngine: async () => {
      const [pid] = (await line.command('engine-pids')) as number[]
      if (pid === undefined) throw new Error('no engine is running')
      process.kill(pid, 'SIGKILL')
      await line.waitFor('engine-ended', (detail) => detail.pid === pid)
    },
    quit: async () => {
      const ended = child.exitCode === null ? once(child, 'exit') : Promise.resolve()
      if (child.connected) await line.command('close-window').catch(() => undefined)
      await ended
      await browser.close().catch(() => undefined)
      if (options.profile === undefined) rmSync(profile, { recursive: true, force: true })
      return child.exitCode
    },
  }
}

function firstPage(pages: readonly Page[]): Page {
  const page = pages.find((candidate) => candidate.url().startsWith('https://metacadi.test'))
  if (!page) throw new Error(`no window among ${pages.map((candidate) => candidate.url()).join(', ')}`)
  return page
}

/** Commands to the emulation and events from it. */
function openLine(
  child: ChildProcess,
  output: () => string,
): Pick<EmulatedApp, 'events' | 'waitFor' | 'command'> {
  const events: AppEvent[] = []
  const pending = new Map<number, (answer: { value?: unknown; error?: string }) => void>()
  const listeners = new Set<() => void>()
  let nextId = 1
  child.on('message', (message: AppEvent | { id: number; value?: unknown; error?: string }) => {
    if ('event' in message) events.push(message)
    else pending.get(message.id)?.(message)
    for (const listener of listeners) listener()
  })
  child.on('exit', () => {
    for (const listener of listeners) listener()
  })

  const recorded = (name: string): Record<string, unknown>[] =>
    events.filter((entry) => entry.event === name).map((entry) => entry.detail)

  return {
    events: recorded,
    waitFor: (name, when = () => true) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = recorded(name).find(when)
          if (found) finish(() => resolve(found))
          else if (child.exitCode !== null)
            finish(() => reject(new Error(`the app ended before '${name}':\n${output()}`)))
        }
        const timer = setTimeout(
          () =>
            finish(() => reject(new Error(`no '${name}' within ${EVENT_LIMIT_MS / 1000} s:\n${output()}`))),
          EVENT_LIMIT_MS,
        )
        const finish = (how: () => void): void => {
          clearTimeout(timer)
          listeners.delete(look)
          how()
        }
        listeners.add(look)
        look()
      }),
    command: (name, argument) =>
      new Promise((resolve, reject) => {
        const id = nextId++
        pending.set(id, ({ value, error }) => {
          pending.delete(id)
          if (error === undefined) resolve(value)
          else reject(new Error(error))
        })
        child.send({ id, command: name, argument }, (error) => {
          if (error) reject(error)
        })
      }),
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
