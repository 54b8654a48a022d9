import { beforeEach, describe, expect, it, vi } from 'vitest'
import { decodeFrame, encodeFrame } from '../../../src-shared/rpc/frame-codec'
import type * as Early from '../../../src-renderer/services/early'

const VIEW = { run: { runId: 'r1' }, genes: ['TP53'] }
type Frame = { readonly id: number; readonly method: string; readonly params: unknown }

/** The socket of a window whose engine answers when the test says so. */
class Socket {
  static newest: Socket
  binaryType = ''
  readyState = 0
  readonly asked: Frame[] = []
  readonly #listeners = new Map<string, ((event: { data?: unknown }) => void)[]>()

  constructor() {
    Socket.newest = this
  }
  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener])
  }
  send(bytes: Uint8Array): void {
    this.asked.push(decodeFrame(bytes) as Frame)
  }
  close(): void {
    this.#tell('close')
  }
  open(): void {
    this.readyState = 1
    this.#tell('open')
  }
  answer(frame: object): void {
    this.#tell('message', encodeFrame(frame).buffer)
  }
  #tell(type: string, data?: unknown): void {
    for (const listener of this.#listeners.get(type) ?? []) listener({ data })
  }
}

/** The module as a window at this address begins with it. */
async function windowAt(hash: string): Promise<typeof Early> {
  vi.resetModules()
  vi.stubGlobal('window', {})
  vi.stubGlobal('WebSocket', Socket)
  vi.stubGlobal('location', { hash, href: `http://localhost/${hash}` })
  return import('../../../src-renderer/services/early')
}

describe('what a window asks for before the app is read', () => {
  beforeEach(() => {
    // A lost connection is tried again later, which is of no concern here.
    vi.useFakeTimers()
    return () => {
      vi.useRealTimers()
      vi.unstubAllGlobals()
    }
  })

  it('is the result that its address names, asked once and had once', async () => {
    const early = await windowAt('#/results/r1/targets')
    const states: string[] = []
    early.connectEarly()
    Socket.newest.open()
    early.connect((state) => states.push(state))
    expect(states).toEqual(['open'])
    expect(Socket.newest.asked).toMatchObject([{ method: 'run.view', params: { runId: 'r1' } }])
    let settled = false
    void early.firstAnswered().then(() => (settled = true))
    const taken = early.takeFirstResult('r1')
    await Promise.resolve()
    expect(settled).toBe(false)
    Socket.newest.answer({ type: 'done', id: 0, result: VIEW })
    expect(await taken).toEqual(VIEW)
    await early.firstAnswered()
    expect(await early.takeFirstResult('r1')).toBeNull()
  })

  it('is nothing where the address names no result, and never another result than the one to be shown', async () => {
    const start = await windowAt('#/')
    start.connectEarly()
    Socket.newest.open()
    expect(Socket.newest.asked).toEqual([])
    await start.firstAnswered()
    const other = await windowAt('#/results/r1/network')
    other.connectEarly()
    Socket.newest.open()
    expect(await other.takeFirstResult('r2')).toBeNull()
  })

  it('is left to be asked again when it failed or the connection ended', async () => {
    const failed = await windowAt('#/results/r1/network')
    failed.connectEarly()
    Socket.newest.open()
    const error = { code: 'INVALID_PARAMS', message: 'This run is no longer open.', details: {} }
    Socket.newest.answer({ type: 'fail', id: 0, error })
    expect(await failed.takeFirstResult('r1')).toBeNull()
    const lost = await windowAt('#/results/r1/network')
    lost.connectEarly()
    Socket.newest.open()
    Socket.newest.close()
    expect(await lost.takeFirstResult('r1')).toBeNull()
    await lost.firstAnswered()
  })
})
