import { fork, type ChildProcess } from 'node:child_process'
import {
  CANCEL_GRACE_MS,
  SHUTDOWN_GRACE_MS,
  isEngineToHost,
  type EngineToHost,
  type GrantedFile,
  type HostToEngine,
} from '../../../src-shared/contract/engine-process-messages'
import { AppError } from '../../../src-shared/contract/errors'
import type { Channel } from '../../../src-shared/rpc'
import { ClientFrame } from '../../../src-shared/rpc/frames'

export interface EngineSupervisor {
  /** Carries the frames of one client; when the engine dies the channel is closed. */
  readonly connect: (client: Channel) => void
  readonly grant: (file: GrantedFile) => Promise<string>
  /** process number of the running engine */
  readonly pid: () => number | undefined
  readonly stop: () => Promise<void>
}

export interface SupervisorOptions {
  readonly entry: string
  readonly env: NodeJS.ProcessEnv
  readonly onRestart: () => void
  /** The engine keeps dying: the host should end. */
  readonly onGiveUp: () => void
}

interface Connection {
  readonly client: Channel
  /** calls without an answer yet; a timer when a cancel was sent for one */
  readonly running: Map<number, ReturnType<typeof setTimeout> | undefined>
}

const MAX_DEATHS = 5
const DEATHS_WITHIN_MS = 60_000

/**
 * Keeps one engine process alive. A crash, or a cancel that is not answered in time, costs the running jobs
 * (their checkpoints stay) and nothing else: clients see DISCONNECTED and connect again to the next process.
 */
export function superviseEngine(options: SupervisorOptions): EngineSupervisor {
  const connections = new Map<number, Connection>()
  const grants = new Map<number, { resolve: (handle: string) => void; reject: (error: AppError) => void }>()
  let nextId = 0
  let deaths: number[] = []
  let stopping = false
  let ready = false
  /** messages for an engine that is still starting */
  let waiting: HostToEngine[] = []
  let child = start()

  function start(): ChildProcess {
    const started = fork(options.entry, [], {
      serialization: 'advanced',
      env: options.env,
      // Whatever a library prints must not mix with the address on stdout.
      stdio: ['ignore', 2, 2, 'ipc'],
    })
    started.on('message', (message) => {
      if (isEngineToHost(message)) receive(message)
    })
    started.on('exit', died)
    started.on('error', () => {
      // A process that never started has no exit; a failed send is followed by one.
      if (started.pid === undefined) died()
    })
    return started
  }

  function send(message: HostToEngine): void {
    if (!ready) waiting.push(message)
    else if (child.connected) child.send(message)
  }

  function receive(message: EngineToHost): void {
    if (message.type === 'ready') {
      ready = true
      for (const early of waiting.splice(0)) send(early)
    } else if (message.type === 'frame') {
      const connection = connections.get(message.connection)
      if (connection) settle(connection, message.frame)
      connection?.client.send(message.frame)
    } else {
      const grant = grants.get(message.id)
      grants.delete(message.id)
      if (message.type === 'granted') grant?.resolve(message.handle)
      else grant?.reject(new AppError('FILE_ACCESS', message.message))
    }
  }

  function died(): void {
    ready = false
    for (const { client } of [...connections.values()]) client.close()
    for (const { reject } of grants.values()) reject(engineEnded())
    grants.clear()
    waiting = []
    if (stopping) return
    const now = performance.now()
    deaths = [...deaths.filter((time) => now - time < DEATHS_WITHIN_MS), now]
    if (deaths.length > MAX_DEATHS) {
      options.onGiveUp()
      return
    }
    child = start()
    options.onRestart()
  }

  function connect(client: Channel): void {
    const id = nextId++
    const connection: Connection = { client, running: new Map() }
    connections.set(id, connection)
    send({ type: 'connect', connection: id })
    client.onClose(() => {
      connections.delete(id)
      for (const timer of connection.running.values()) clearTimeout(timer)
      send({ type: 'disconnect', connection: id })
    })
    client.onMessage((message) => {
      const frame = ClientFrame.safeParse(message)
      if (!frame.success) {
        client.close()
        return
      }
      if (frame.data.type === 'call') connection.running.set(frame.data.id, undefined)
      else watchCancel(connection, frame.data.id)
      send({ type: 'frame', connection: id, frame: frame.data })
    })
  }

  /** A cancel that crosses the answer of its call is not watched: nothing is running that could answer it. */
  function watchCancel({ running }: Connection, call: number): void {
    if (!running.has(call) || running.get(call) !== undefined) return
    const watched = child
    running.set(
      call,
      setTimeout(() => watched.kill('SIGKILL'), CANCEL_GRACE_MS),
    )
  }

  return {
    connect,
    grant: (file) =>
      new Promise((resolve, reject) => {
        const id = nextId++
        grants.set(id, { resolve, reject })
        send({ type: 'grant', id, file })
      }),
    pid: () => child.pid,
    stop: async () => {
      stopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      const killing = setTimeout(() => child.kill('SIGKILL'), SHUTDOWN_GRACE_MS)
      if (ready) send({ type: 'shutdown' })
      else child.kill('SIGKILL')
      await ended
      clearTimeout(killing)
    },
  }
}

const engineEnded = (): AppError =>
  new AppError('DISCONNECTED', 'The engine ended before the file was registered. Try again.')

/** A `done` or `fail` ends a call and the watch over its cancel. */
function settle({ running }: Connection, frame: unknown): void {
  if (typeof frame !== 'object' || frame === null || !('type' in frame) || !('id' in frame)) return
  if ((frame.type !== 'done' && frame.type !== 'fail') || typeof frame.id !== 'number') return
  clearTimeout(running.get(frame.id))
  running.delete(frame.id)
}
