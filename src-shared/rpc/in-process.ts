import { createCloseNotice, type Channel } from './channel'
import { copyOf } from './copy'

/**
 * Two ends in one process. Frames are copied and delivered later, as on a real wire, so that neither side
 * can see the other's objects change and no caller depends on an answer within the same turn.
 */
export function createInProcessPair(): readonly [Channel, Channel] {
  const notice = createCloseNotice()
  const readers: [((frame: unknown) => void) | undefined, ((frame: unknown) => void) | undefined] = [
    undefined,
    undefined,
  ]
  const waiting: [unknown[], unknown[]] = [[], []]

  const deliver = (side: 0 | 1): void => {
    const reader = readers[side]
    if (reader) for (const frame of waiting[side].splice(0)) reader(frame)
  }
  const end = (own: 0 | 1): Channel => {
    const other = own === 0 ? 1 : 0
    return {
      send: (frame) => {
        if (notice.closed()) return
        waiting[other].push(copyOf(frame))
        void Promise.resolve().then(() => deliver(other))
      },
      onMessage: (listener) => {
        readers[own] = listener
        deliver(own)
      },
      onClose: notice.listen,
      close: notice.announce,
    }
  }
  return [end(0), end(1)]
}
