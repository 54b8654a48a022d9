import { join } from 'node:path'
import { utilityProcess, type UtilityProcess } from 'electron'
import type { ReaderReport, ReaderRequest } from '../../src-shared/contract/reader-process-messages'

export interface ReaderBroker {
  readonly receive: (request: ReaderRequest) => void
  /** readers do not outlive the engine that asked for them */
  readonly close: () => void
}

const KEPT_OUTPUT = 2000

/** Starts, feeds and ends readers on behalf of one engine process; see contract/reader-process-messages. */
export function createReaderBroker(outDir: string, report: (message: ReaderReport) => void): ReaderBroker {
  const readers = new Map<number, UtilityProcess>()
  let closed = false

  function start(id: number, heapMegabytes: number): void {
    const reader = utilityProcess.fork(join(outDir, 'reader.js'), [], {
      serviceName: 'MetaCaDI file reader',
      execArgv: [`--js-flags=--max-old-space-size=${heapMegabytes}`],
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    readers.set(id, reader)
    let printed = ''
    reader.stderr?.on('data', (chunk: Buffer) => {
      printed = (printed + chunk.toString('utf8')).slice(-KEPT_OUTPUT)
    })
    reader.on('message', (message: unknown) => {
      if (!closed) report({ type: 'reader-said', id, message })
    })
    reader.once('exit', (code) => {
      readers.delete(id)
      if (!closed) report({ type: 'reader-ended', id, code, printed })
    })
  }

  return {
    receive: (request) => {
      if (request.type === 'reader-start') start(request.id, request.heapMegabytes)
      else if (request.type === 'reader-send') readers.get(request.id)?.postMessage(request.message)
      else readers.get(request.id)?.kill()
    },
    close: () => {
      closed = true
      for (const reader of readers.values()) reader.kill()
    },
  }
}
