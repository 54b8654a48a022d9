import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createInProcessPair, type Channel } from '../../src-shared/rpc'
import { superviseEngine, type EngineSupervisor } from '../../src-main/hosts/web/engine-supervisor'
import { scratchFolder, type Scratch } from '../support/simulated-table'

/** An engine process that answers `ping`, and never returns from `hang`. */
const STUBBORN = `
process.send({ type: 'ready' })
process.on('message', ({ type, connection, frame }) => {
  if (type === 'shutdown') process.exit(0)
  if (type !== 'frame' || frame.type !== 'call') return
  if (frame.method === 'hang') for (;;);
  process.send({ type: 'frame', connection, frame: { type: 'done', id: frame.id, result: 'pong' } })
})`

let scratch: Scratch
let engine: EngineSupervisor
let restarts = 0

beforeEach(() => {
  scratch = scratchFolder()
  restarts = 0
})
afterEach(async () => {
  await engine.stop()
  scratch.remove()
})

const supervise = (script: string, onGiveUp = (): void => undefined): void => {
  const entry = scratch.file('engine.cjs', script)
  engine = superviseEngine({ entry, env: process.env, onRestart: () => restarts++, onGiveUp })
}

interface Link {
  readonly channel: Channel
  readonly closed: Promise<void>
  readonly next: () => Promise<unknown>
}

function connect(): Link {
  const [own, other] = createInProcessPair()
  const frames: unknown[] = []
  const waiting: ((frame: unknown) => void)[] = []
  own.onMessage((frame) => {
    const reader = waiting.shift()
    if (reader) reader(frame)
    else frames.push(frame)
  })
  engine.connect(other)
  return {
    channel: own,
    closed: new Promise((resolve) => own.onClose(resolve)),
    next: () =>
      frames.length > 0 ? Promise.resolve(frames.shift()) : new Promise((resolve) => waiting.push(resolve)),
  }
}

describe('the engine supervisor', () => {
  it('carries frames to the engine and back, also those sent before it was ready', async () => {
    supervise(STUBBORN)
    const link = connect()
    link.channel.send({ type: 'call', id: 1, method: 'ping', params: {} })
    expect(await link.next()).toEqual({ type: 'done', id: 1, result: 'pong' })
  })

  it('ends and restarts an engine that does not answer a cancel, and only then', async () => {
    supervise(STUBBORN)
    const link = connect()
    link.channel.send({ type: 'call', id: 1, method: 'ping', params: {} })
    await link.next()
    // The call has ended: nothing is left to answer this cancel, so the engine must survive it.
    link.channel.send({ type: 'cancel', id: 1 })
    await new Promise((resolve) => setTimeout(resolve, 3_500))
    expect(restarts).toBe(0)

    link.channel.send({ type: 'call', id: 2, method: 'hang', params: {} })
    link.channel.send({ type: 'cancel', id: 2 })
    await link.closed
    expect(restarts).toBe(1)
    const again = connect()
    again.channel.send({ type: 'call', id: 1, method: 'ping', params: {} })
    expect(await again.next()).toEqual({ type: 'done', id: 1, result: 'pong' })
  })

  it('closes a connection whose frames are none of the protocol', async () => {
    supervise(STUBBORN)
    const link = connect()
    link.channel.send({ type: 'shutdown' })
    await link.closed
    expect(restarts).toBe(0)
  })

  it('refuses a grant when the engine ends instead of waiting for ever', async () => {
    supervise(`process.send({ type: 'ready' }); process.on('message', () => process.exit(3))`)
    await expect(engine.grant({ name: 'a', path: '/a' })).rejects.toMatchObject({ code: 'DISCONNECTED' })
  })

  it('gives up on an engine that dies again and again', async () => {
    await new Promise<void>((resolve) => supervise('process.exit(1)', resolve))
    expect(restarts).toBe(5)
  })
})
