import {
  SHUTDOWN_GRACE_MS,
  isEngineToHost,
  type EngineToHost,
  type GrantedFile,
  type HostToEngine,
} from '../../src-shared/contract/engine-process-messages'

/** What the supervisor needs of a child process; `port` stands for a transferable message port. */
export interface EngineChild<Port> {
  postMessage(message: HostToEngine, ports?: readonly Port[]): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, however the process ended. */
  onExit(listener: () => void): void
  kill(): void
}

export interface SupervisorOptions<Port> {
  readonly start: () => EngineChild<Port>
  /** The engine is there: at the first start and after every restart. */
  readonly onReady: (restarted: boolean) => void
  /** It ended RESTART_DELAYS_MS.length times in a row and is not started again unasked. */
  readonly onGivenUp: () => void
  readonly now?: () => number
  readonly schedule?: (action: () => void, milliseconds: number) => void
}

export interface EngineSupervisor<Port> {
  /** Hands one end of a message channel to the engine, as soon as there is one. */
  connect(port: Port): void
  /** Makes a handle for a file the user chose. @throws Error with a text for the user */
  grant(file: GrantedFile): Promise<string>
  /** Ends the process and starts a new one. */
  restart(): void
  shutdown(): Promise<void>
}

/** A first crash is answered at once, a series of them ever more slowly. */
export const RESTART_DELAYS_MS = [0, 500, 1_000, 2_000, 5_000] as const
/** An engine that lived this long was well; the next crash starts a new series. */
export const STEADY_AFTER_MS = 60_000

const ENGINE_GONE = 'The engine ended while the file was being opened. It is starting again; try once more.'

interface PendingGrant {
  readonly resolve: (handle: string) => void
  readonly reject: (error: Error) => void
}

/**
 * Keeps one engine process alive for the windows: a crash of the engine is never the end of the app.
 * Use it with `utilityProcess.fork`; tests give it any child.
 */
export function superviseEngine<Port>(options: SupervisorOptions<Port>): EngineSupervisor<Port> {
  const now = options.now ?? Date.now
  const schedule = options.schedule ?? ((action: () => void, ms: number): void => void setTimeout(action, ms))
  const grants = new Map<number, PendingGrant>()
  let child: EngineChild<Port> | undefined
  let ready = false
  let everReady = false
  let stopping = false
  let failures = 0
  let readySince = 0
  let nextId = 1
  let waiting: (() => void)[] = []
  let ended: () => void = () => undefined
  let ending: Promise<void> | undefined

  function start(): void {
    const started = options.start()
    child = started
    started.onMessage((message) => {
      if (child === started && isEngineToHost(message)) receive(message)
    })
    started.onExit(() => {
      if (child === started) handleExit()
    })
  }

  function receive(message: EngineToHost): void {
    switch (message.type) {
      case 'ready':
        ready = true
        readySince = now()
        options.onReady(everReady)
        everReady = true
        for (const action of waiting.splice(0)) action()
        break
      case 'granted':
        settle(message.id, (grant) => grant.resolve(message.handle))
        break
      case 'refused':
        settle(message.id, (grant) => grant.reject(new Error(message.message)))
        break
      case 'frame':
        // Frames use the transferred ports here.
        break
    }
  }

  function settle(id: number, how: (grant: PendingGrant) => void): void {
    const grant = grants.get(id)
    grants.delete(id)
    if (grant) how(grant)
  }

  function handleExit(): void {
    if (ready && now() - readySince >= STEADY_AFTER_MS) failures = 0
    child = undefined
    ready = false
    for (const id of [...grants.keys()]) settle(id, (grant) => grant.reject(new Error(ENGINE_GONE)))
    if (stopping) {
      ended()
      return
    }
    const delay = RESTART_DELAYS_MS[failures++]
    if (delay === undefined) options.onGivenUp()
    else
      schedule(() => {
        if (!stopping && !child) start()
      }, delay)
  }

  function whenReady(action: () => void): void {
    if (ready) action()
    else waiting.push(action)
  }

  function end(): Promise<void> {
    stopping = true
    waiting = []
    const running = child
    if (!running) return Promise.resolve()
    return new Promise((resolve) => {
      ended = resolve
      running.postMessage({ type: 'shutdown' })
      schedule(() => running.kill(), SHUTDOWN_GRACE_MS)
    })
  }

  start()
  return {
    connect: (port) => whenReady(() => child?.postMessage({ type: 'connect', connection: nextId++ }, [port])),
    grant: (file) =>
      new Promise((resolve, reject) => {
        whenReady(() => {
          const id = nextId++
          grants.set(id, { resolve, reject })
          child?.postMessage({ type: 'grant', id, file })
        })
      }),
    restart: () => {
      if (child) child.kill()
      else if (!stopping) {
        failures = 0
        start()
      }
    },
    shutdown: () => (ending ??= end()),
  }
}
