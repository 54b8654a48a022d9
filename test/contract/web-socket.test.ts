import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { createSocketChannel } from '../../src-shared/rpc'
import { decodeFrame, encodeFrame } from '../../src-shared/rpc/frame-codec'

describe('a socket channel', () => {
  let sockets: WebSocketServer
  let raw: WebSocket
  let received: unknown[]
  let closedByServer: Promise<unknown[]>

  beforeEach(async () => {
    sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    received = []
    sockets.on('connection', (socket: WebSocket) => {
      createSocketChannel(socket, { maxFrameBytes: 1000 }).onMessage((frame) => received.push(frame))
    })
    await once(sockets, 'listening')
    raw = new WebSocket(`ws://127.0.0.1:${(sockets.address() as AddressInfo).port}`)
    closedByServer = once(raw, 'close')
    await once(raw, 'open')
  })
  afterEach(async () => {
    raw.terminate()
    sockets.close()
    await once(sockets, 'close')
  })

  it('ends the connection on a frame that is too large', async () => {
    raw.send(encodeFrame({ text: 'x'.repeat(2000) }))
    expect((await closedByServer)[0]).toBe(4009)
    expect(received).toEqual([])
  })

  it('ends the connection on bytes that are no complete frame', async () => {
    raw.send(encodeFrame({ list: [1, 2, 3], text: 'hello' }).subarray(0, 9))
    expect((await closedByServer)[0]).toBe(4007)
  })

  it('ends the connection on nesting that would overflow the stack', async () => {
    raw.send(new Uint8Array(900).fill(0x91))
    expect((await closedByServer)[0]).toBe(4007)
    expect(received).toEqual([])
  })

  it('ends the connection on text frames', async () => {
    raw.send('{"type":"call"}')
    expect((await closedByServer)[0]).toBe(4003)
  })

  it('does not let a key named __proto__ change the prototype of what it decodes', () => {
    const bytes = encodeFrame(JSON.parse('{"a":1,"__proto__":{"polluted":true}}'))
    const decoded = decodeFrame(bytes)
    expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype)
    expect(decoded).not.toHaveProperty('polluted')
  })
})
