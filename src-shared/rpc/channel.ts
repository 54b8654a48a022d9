/**
 * A two-way stream of frames between one client and one server. What carries it (ports, a socket, nothing
 * at all) is the adapter's business; what arrives is untrusted until the reader has checked its shape.
 */
export interface Channel {
  /** Frames sent after the channel closed are dropped. @throws when the frame holds something that cannot travel */
  send(frame: unknown): void
  /** One reader per channel; frames start to flow when it is set. */
  onMessage(listener: (frame: unknown) => void): void
  /** Called once, whichever side closed; at once when the channel is closed already. */
  onClose(listener: () => void): void
  close(): void
}

/** The close half that every adapter needs: remembers that it happened, tells each listener once. */
export interface CloseNotice {
  readonly closed: () => boolean
  readonly listen: (listener: () => void) => void
  readonly announce: () => void
}

export function createCloseNotice(): CloseNotice {
  let isClosed = false
  let listeners: (() => void)[] = []
  return {
    closed: () => isClosed,
    listen: (listener) => {
      if (isClosed) listener()
      else listeners.push(listener)
    },
    announce: () => {
      if (isClosed) return
      isClosed = true
      const toTell = listeners
      listeners = []
      for (const listener of toTell) listener()
    },
  }
}
