import { createCloseNotice, type Channel } from './channel'
import { decodeFrame, encodeFrame } from './frame-codec'

/** What the browser's WebSocket and the `ws` package share. */
export interface SocketLike {
  binaryType: string
  readonly readyState: number
  send(data: Uint8Array<ArrayBuffer>): void
  close(code?: number, reason?: string): void
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
}

export interface SocketLimits {
  /** Larger frames close the connection (code 4009). */
  readonly maxFrameBytes: number
}

const CONNECTING = 0
const OPEN = 1

// A browser may only send codes from 4000 on; these are 1003, 1007 and 1009 of RFC 6455 moved there.
const CLOSE_UNSUPPORTED = 4003
const CLOSE_MALFORMED = 4007
const CLOSE_TOO_LARGE = 4009

/** A channel over a WebSocket. Frames sent while it is connecting wait; a damaged frame ends the connection. */
export function createSocketChannel(socket: SocketLike, limits: SocketLimits): Channel {
  const notice = createCloseNotice()
  const waiting: Uint8Array<ArrayBuffer>[] = []
  socket.binaryType = 'arraybuffer'

  const shut = (code: number, reason: string): void => {
    socket.close(code, reason)
    notice.announce()
  }
  socket.addEventListener('open', () => {
    for (const bytes of waiting.splice(0)) socket.send(bytes)
  })
  socket.addEventListener('close', notice.announce)
  // An error is always followed by 'close'; without a listener the ws package would throw.
  socket.addEventListener('error', () => undefined)

  const read = (data: unknown, listener: (frame: unknown) => void): void => {
    if (notice.closed()) return
    if (!(data instanceof ArrayBuffer)) {
      shut(CLOSE_UNSUPPORTED, 'binary frames only')
      return
    }
    if (data.byteLength > limits.maxFrameBytes) {
      shut(CLOSE_TOO_LARGE, 'frame too large')
      return
    }
    let frame: unknown
    try {
      frame = decodeFrame(new Uint8Array(data))
    } catch {
      shut(CLOSE_MALFORMED, 'malformed frame')
      return
    }
    listener(frame)
  }

  return {
    send: (frame) => {
      if (notice.closed()) return
      const bytes = encodeFrame(frame)
      if (socket.readyState === OPEN) socket.send(bytes)
      else if (socket.readyState === CONNECTING) waiting.push(bytes)
    },
    onMessage: (listener) => {
      socket.addEventListener('message', (event) => read(event.data, listener))
    },
    onClose: notice.listen,
    close: () => {
      socket.close(1000)
      notice.announce()
    },
  }
}
