import { describe, expect, it } from 'vitest'
import {
  RESTART_DELAYS_MS,
  STEADY_AFTER_MS,
  superviseEngine,
  type EngineChild,
  type EngineSupervisor,
} from '../../src-main/desktop/engine-supervisor'
import {
  SHUTDOWN_GRACE_MS,
  type EngineToHost,
  type HostToEngine,
} from '../../src-shared/contract/engine-process-messages'

/** A child process whose life the test decides. */
class Child implements EngineChild<string> {
  readonly received: { message: HostToEngine; ports: readonly string[] }[] = []
  killed = false
  private tell: (message: unknown) => void = () => undefined
  private exited: () => void = () => undefined

  postMessage(message: HostToEngine, ports: readonly string[] = []): void {
    this.received.push({ message, ports })
  }
  onMessage(listener: (message: unknown) => void): void {
    this.tell = listener
  }
  onExit(listener: () => void): void {
    this.exited = listener
  }
  kill(): void {
    this.killed = true
    this.exit()
  }
  say(message: EngineToHost | { type: string }): void {
    this.tell(message)
  }
  exit(): void {
    this.exited()
  }
  types(): string[] {
    return this.received.map(({ message }) => message.type)
  }
}

interface Stage {
  readonly engine: EngineSupervisor<string>
  readonly children: Child[]
  readonly readyCalls: boolean[]
  givenUp(): number
  /** moves the clock and runs what is due */
  pass(milliseconds: number): void
}

function stage(): Stage {
  const children: Child[] = []
  const readyCalls: boolean[] = []
  let due: { at: number; action: () => void }[] = []
  let clock = 0
  let givenUp = 0
  const engine = superviseEngine<string>({
    start: () => {
      const child = new Child()
      children.push(child)
      return child
    },
    onReady: (restarted) => readyCalls.push(restarted),
    onGivenUp: () => givenUp++,
    now: () => clock,
    schedule: (action, milliseconds) => due.push({ at: clock + milliseconds, action }),
  })
  return {
    engine,
    children,
    readyCalls,
    givenUp: () => givenUp,
    pass: (milliseconds) => {
      clock += milliseconds
      const now = due.filter(({ at }) => at <= clock)
      due = due.filter(({ at }) => at > clock)
      for (const { action } of now) action()
    },
  }
}

describe('The engine supervisor', () => {
  it('starts one engine and holds a connection back until that engine is ready', () => {
    const { engine, children } = stage()
    engine.connect('port')
    expect(children[0]!.received).toEqual([])
    children[0]!.say({ type: 'ready' })
    expect(children[0]!.received).toEqual([{ message: { type: 'connect', connection: 1 }, ports: ['port'] }])
  })

  it('restarts a crashed engine at once and says that it was a restart', () => {
    const { children, readyCalls, pass } = stage()
    children[0]!.say({ type: 'ready' })
    children[0]!.exit()
    pass(0)
    expect(children).toHaveLength(2)
    children[1]!.say({ type: 'ready' })
    expect(readyCalls).toEqual([false, true])
  })

  it('waits longer after each crash of a series, then stops and reports it', () => {
    const { children, givenUp, pass } = stage()
    for (const delay of RESTART_DELAYS_MS) {
      const before = children.length
      children.at(-1)!.exit()
      if (delay > 0) {
        pass(delay - 1)
        expect(children).toHaveLength(before)
        pass(1)
      } else pass(0)
      expect(children).toHaveLength(before + 1)
    }
    expect(givenUp()).toBe(0)
    children.at(-1)!.exit()
    pass(1_000_000)
    expect(children).toHaveLength(RESTART_DELAYS_MS.length + 1)
    expect(givenUp()).toBe(1)
  })

  it('starts again when asked after it gave up', () => {
    const { engine, children, pass } = stage()
    for (let crash = 0; crash <= RESTART_DELAYS_MS.length; crash++) {
      children.at(-1)!.exit()
      pass(10_000)
    }
    const before = children.length
    engine.restart()
    expect(children).toHaveLength(before + 1)
  })

  it('forgets old crashes once an engine has been steady', () => {
    const { children, pass } = stage()
    for (let crash = 0; crash < 3; crash++) {
      children.at(-1)!.exit()
      pass(10_000)
    }
    children.at(-1)!.say({ type: 'ready' })
    pass(STEADY_AFTER_MS)
    const before = children.length
    children.at(-1)!.exit()
    pass(RESTART_DELAYS_MS[0])
    expect(children).toHaveLength(before + 1)
  })

  it('kills and restarts on request: an engine that does not answer a cancel', () => {
    const { engine, children, pass } = stage()
    children[0]!.say({ type: 'ready' })
    engine.restart()
    expect(children[0]!.killed).toBe(true)
    pass(0)
    expect(children).toHaveLength(2)
  })

  it('answers each grant with its own handle', async () => {
    const { engine, children } = stage()
    const child = children[0]!
    child.say({ type: 'ready' })
    const first = engine.grant({ name: 'a.csv', path: '/data/a.csv' })
    const second = engine.grant({ name: 'b.csv', path: '/data/b.csv' })
    const ids = child.received.map(({ message }) => (message.type === 'grant' ? message.id : -1))
    child.say({ type: 'granted', id: ids[1]!, handle: 'handle-b' })
    child.say({ type: 'granted', id: ids[0]!, handle: 'handle-a' })
    expect(await first).toBe('handle-a')
    expect(await second).toBe('handle-b')
  })

  it('passes a refusal on in the words of the engine', async () => {
    const { engine, children } = stage()
    children[0]!.say({ type: 'ready' })
    const grant = engine.grant({ name: 'a.csv', path: '/data/a.csv' })
    const { message } = children[0]!.received[0]!
    children[0]!.say({
      type: 'refused',
      id: message.type === 'grant' ? message.id : -1,
      message: 'It is gone.',
    })
    await expect(grant).rejects.toThrow('It is gone.')
  })

  it('leaves no grant hanging when the engine ends', async () => {
    const { engine, children } = stage()
    children[0]!.say({ type: 'ready' })
    const grant = engine.grant({ name: 'a.csv', path: '/data/a.csv' })
    children[0]!.exit()
    await expect(grant).rejects.toThrow('The engine ended')
  })

  it('ignores what an engine says that it should not know', () => {
    const { children, readyCalls } = stage()
    children[0]!.say({ type: 'made-up' })
    expect(readyCalls).toEqual([])
  })

  it('shuts down by asking first, and kills what does not end in time', async () => {
    const { engine, children, pass } = stage()
    children[0]!.say({ type: 'ready' })
    const ended = engine.shutdown()
    expect(children[0]!.types()).toEqual(['shutdown'])
    expect(children[0]!.killed).toBe(false)
    pass(SHUTDOWN_GRACE_MS)
    expect(children[0]!.killed).toBe(true)
    await ended
    pass(1_000_000)
    expect(children).toHaveLength(1)
  })

  it('does not start an engine again that ended while the app quits', async () => {
    const { engine, children, pass } = stage()
    children[0]!.exit()
    await engine.shutdown()
    pass(1_000_000)
    expect(children).toHaveLength(1)
  })
})
