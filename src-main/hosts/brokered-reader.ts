import type { ReaderReport, ReaderRequest } from '../../src-shared/contract/reader-process-messages'
import type { ReaderEnd, StartReader } from '../engine/datasets/reading/reader-child'

interface Listeners {
  readonly said: ((message: unknown) => void)[]
  readonly ended: ((end: ReaderEnd) => void)[]
}

/** Readers that the desktop's main process starts for this engine; see contract/reader-process-messages. */
export function createBrokeredReaders(send: (request: ReaderRequest) => void): {
  readonly start: StartReader
  readonly receive: (report: ReaderReport) => void
} {
  const readers = new Map<number, Listeners>()
  let nextId = 1
  return {
    start: (heapMegabytes) => {
      const id = nextId++
      const listeners: Listeners = { said: [], ended: [] }
      readers.set(id, listeners)
      send({ type: 'reader-start', id, heapMegabytes })
      return {
        send: (message) => send({ type: 'reader-send', id, message }),
        onMessage: (listener) => void listeners.said.push(listener),
        onEnd: (listener) => void listeners.ended.push(listener),
        kill: () => send({ type: 'reader-kill', id }),
      }
    },
    receive: (report) => {
      const listeners = readers.get(report.id)
      if (!listeners) return
      if (report.type === 'reader-said') {
        for (const listener of listeners.said) listener(report.message)
        return
      }
      readers.delete(report.id)
      const { code, printed } = report
      for (const listener of listeners.ended) listener({ code, signal: null, printed })
    },
  }
}
