import { createCloseNotice, type Channel } from './channel'

interface PortBase {
  postMessage(message: unknown): void
  start(): void
  close(): void
}

/** `MessagePort` of a browser and of `node:worker_threads`. */
export interface EventTargetPort extends PortBase {
  addEventListener(type: 'message' | 'close', listener: (event: { readonly data?: unknown }) => void): void
}

/** `MessagePortMain` of Electron's main and utility processes. */
export interface EmitterPort extends PortBase {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
}

/** A channel over one end of a message channel; typed arrays travel by structured clone. */
export function createPortChannel(port: EventTargetPort | EmitterPort): Channel {
  const notice = createCloseNotice()
  if ('addEventListener' in port) port.addEventListener('close', notice.announce)
  else port.on('close', notice.announce)
  return {
    send: (frame) => {
      if (!notice.closed()) port.postMessage(frame)
    },
    onMessage: (listener) => {
      if ('addEventListener' in port) port.addEventListener('message', (event) => listener(event.data))
      else port.on('message', (event) => listener(event.data))
      port.start()
    },
    onClose: notice.listen,
    close: () => {
      port.close()
      notice.announce()
    },
  }
}
