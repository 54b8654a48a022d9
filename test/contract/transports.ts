import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { MessageChannel } from 'node:worker_threads'
import { WebSocket, WebSocketServer } from 'ws'
import {
  createInProcessPair,
  createPortChannel,
  createSocketChannel,
  type Channel,
  type EmitterPort,
} from '../../src-shared/rpc'

export interface ConnectedPair {
  readonly client: Channel
  readonly server: Channel
  readonly dispose: () => Promise<void>
}

export const MAX_FRAME_BYTES = 4_000_000

/** The two ends close together; nothing has to be waited for. */
function closing(client: Channel): Promise<void> {
  client.close()
  return Promise.resolve()
}

function inProcess(): ConnectedPair {
  const [client, server] = createInProcessPair()
  return { client, server, dispose: () => closing(client) }
}

function messagePorts(): ConnectedPair {
  const { port1, port2 } = new MessageChannel()
  const [client, server] = [createPortChannel(port1), createPortChannel(port2)]
  return { client, server, dispose: () => closing(client) }
}

/** The port flavour of Electron's main process: `on`, with the value inside an event. */
function emitterPorts(): ConnectedPair {
  const { port1, port2 } = new MessageChannel()
  const emitter: EmitterPort = {
    postMessage: (message) => port2.postMessage(message),
    start: () => port2.start(),
    close: () => port2.close(),
    on: (event: 'message' | 'close', listener: (event: { readonly data: unknown }) => void) =>
      event === 'message'
        ? port2.on('message', (data: unknown) => listener({ data }))
        : port2.on('close', () => listener({ data: undefined })),
  }
  const [client, server] = [createPortChannel(port1), createPortChannel(emitter)]
  return { client, server, dispose: () => closing(client) }
}

async function webSocket(): Promise<ConnectedPair> {
  const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(sockets, 'listening')
  const { port } = sockets.address() as AddressInfo
  const accepted = once(sockets, 'connection')
  const client = createSocketChannel(new WebSocket(`ws://127.0.0.1:${port}`), {
    maxFrameBytes: MAX_FRAME_BYTES,
  })
  const [socket] = (await accepted) as [WebSocket]
  const server = createSocketChannel(socket, { maxFrameBytes: MAX_FRAME_BYTES })
  return {
    client,
    server,
    dispose: async () => {
      client.close()
      sockets.close()
      await once(sockets, 'close')
    },
  }
}

export const TRANSPORTS = {
  'in process': inProcess,
  'message ports': messagePorts,
  'emitter ports': emitterPorts,
  'web socket': webSocket,
} as const
