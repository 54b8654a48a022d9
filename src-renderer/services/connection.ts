import type { Contract } from '../../src-shared/contract/contract'
import { ENGINE_PORT_MESSAGE, WEB_SOCKET_PATH, type DesktopHost } from '../../src-shared/contract/host'
import {
  createClient,
  createPortChannel,
  createSocketChannel,
  type Channel,
  type Client,
} from '../../src-shared/rpc'

export type { CallOptions, NameOf, ParamsInput, ProgressOf, ResultOf } from '../../src-shared/rpc'

export type ConnectionState = 'connecting' | 'open' | 'lost'

/** Results are megabytes, never gigabytes; anything larger is not from our engine. */
const MAX_FRAME_BYTES = 1024 * 1024 * 1024
const RETRY_MS = [400, 800, 1_500, 3_000, 5_000] as const

export interface Connection {
  /** The client of the newest connection; null while there is none. */
  readonly client: () => Client<Contract> | null
  readonly retryNow: () => void
}

/** Keeps one client open for as long as the window lives and tells about every change. */
export function keepConnected(onState: (state: ConnectionState) => void): Connection {
  return window.metacadi ? overPort(window.metacadi, onState) : overSocket(onState)
}

function overPort(desktop: DesktopHost, onState: (state: ConnectionState) => void): Connection {
  let client: Client<Contract> | null = null
  onState('connecting')
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const port = event.ports[0]
    if (event.source !== window || event.data !== ENGINE_PORT_MESSAGE || !port) return
    client?.close()
    const fresh = createClient<Contract>(createPortChannel(port))
    client = fresh
    fresh.onClose(() => {
      if (client !== fresh) return
      client = null
      onState('lost')
    })
    onState('open')
  })
  desktop.connectEngine()
  return { client: () => client, retryNow: () => desktop.connectEngine() }
}

function overSocket(onState: (state: ConnectionState) => void): Connection {
  let client: Client<Contract> | null = null
  let attempt = 0
  let opening = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const open = (): void => {
    if (client || opening) return
    opening = true
    clearTimeout(timer)
    const url = new URL(WEB_SOCKET_PATH, location.href)
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
    const socket = new WebSocket(url)
    const channel: Channel = createSocketChannel(socket, { maxFrameBytes: MAX_FRAME_BYTES })
    const fresh = createClient<Contract>(channel)
    socket.addEventListener('open', () => {
      attempt = 0
      opening = false
      client = fresh
      onState('open')
    })
    channel.onClose(() => {
      client = null
      opening = false
      onState('lost')
      timer = setTimeout(open, RETRY_MS[Math.min(attempt++, RETRY_MS.length - 1)])
    })
  }

  onState('connecting')
  open()
  return { client: () => client, retryNow: open }
}
