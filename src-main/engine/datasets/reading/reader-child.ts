import { fork } from 'node:child_process'
import { bundledFile } from '../../bundled-file'
import type { ReadOrder } from './reader-messages'

/** How a reader ended; a null code means by a signal, or that the host does not tell. */
export interface ReaderEnd {
  readonly code: number | null
  readonly signal: string | null
  /** the end of what it printed to its error output */
  readonly printed: string
}

/** One reader process, whoever started it. */
export interface ReaderChild {
  readonly send: (order: ReadOrder) => void
  readonly onMessage: (listener: (message: unknown) => void) => void
  /** called once, however it ended */
  readonly onEnd: (listener: (end: ReaderEnd) => void) => void
  /** ends it at once, whatever it is doing */
  readonly kill: () => void
}

/** @param heapMegabytes limit for JavaScript objects; numbers of tables live outside of it */
export type StartReader = (heapMegabytes: number) => ReaderChild

const KEPT_OUTPUT = 2000
/**
 * Most of what a reader makes is garbage or stays to the end: a larger nursery than this costs memory and gains no time
 * (measured on half a million names).
 */
const NURSERY_MEGABYTES = 8

/** Flags of V8 for a reader. @param heapMegabytes limit for JavaScript objects */
const readerFlags = (heapMegabytes: number): string[] => [
  `--max-old-space-size=${heapMegabytes}`,
  `--max-semi-space-size=${NURSERY_MEGABYTES}`,
]

/** For hosts that are ordinary Node processes: the command line and the web host. */
export const forkReader: StartReader = (heapMegabytes) =>
  forkReaderFrom(bundledFile('reader.js'), heapMegabytes)

export function forkReaderFrom(entry: string, heapMegabytes: number): ReaderChild {
  const child = fork(entry, [], {
    execArgv: readerFlags(heapMegabytes),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let printed = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    printed = (printed + chunk.toString('utf8')).slice(-KEPT_OUTPUT)
  })
  const listeners: ((end: ReaderEnd) => void)[] = []
  let ended = false
  const end = (code: number | null, signal: string | null): void => {
    if (ended) return
    ended = true
    for (const listener of listeners) listener({ code, signal, printed })
  }
  child.on('close', end)
  child.on('error', (error) => {
    printed += error.message
    // a process that could not be started never closes
    if (child.pid === undefined) end(null, null)
  })
  return {
    send: (order) => {
      if (child.connected) child.send(order, () => undefined)
    },
    onMessage: (listener) => void child.on('message', listener),
    onEnd: (listener) => void listeners.push(listener),
    kill: () => void child.kill('SIGKILL'),
  }
}
