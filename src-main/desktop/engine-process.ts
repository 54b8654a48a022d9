import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { utilityProcess, type MessagePortMain } from 'electron'
import { isReaderRequest } from '../../src-shared/contract/reader-process-messages'
import { isPrintRequest } from '../../src-shared/contract/printer-messages'
import type { EngineChild } from './engine-supervisor'
import { createPagePrinter } from './page-printer'
import { createReaderBroker } from './reader-broker'

export interface EngineProcessOptions {
  /** folder that holds `engine.js` */
  readonly outDir: string
  /** handles of granted files and running work; it outlives a restart of the engine and goes with the app */
  readonly sessionDir: string
  /** what the engine prints is kept here, for bug reports; started anew by every app start */
  readonly logFile: string
}

/** Starts engines in Electron's utility process; returns a function, one call per (re)start. */
export function engineLauncher(options: EngineProcessOptions): () => EngineChild<MessagePortMain> {
  mkdirSync(dirname(options.logFile), { recursive: true })
  const log = createWriteStream(options.logFile)
  log.on('error', () => undefined)
  return () => {
    log.write(`engine started ${new Date().toISOString()}\n`)
    const child = utilityProcess.fork(join(options.outDir, 'engine.js'), [], {
      serviceName: 'MetaCaDI engine',
      stdio: 'pipe',
      env: { ...process.env, METACADI_SESSION_DIR: options.sessionDir },
    })
    const readers = createReaderBroker(options.outDir, (report) => child.postMessage(report))
    const printer = createPagePrinter((report) => child.postMessage(report))
    child.stdout?.pipe(log, { end: false })
    child.stderr?.pipe(log, { end: false })
    return {
      postMessage: (message, ports) => child.postMessage(message, ports ? [...ports] : []),
      onMessage: (listener) =>
        void child.on('message', (message: unknown) => {
          if (isReaderRequest(message)) readers.receive(message)
          else if (isPrintRequest(message)) printer.receive(message)
          else listener(message)
        }),
      onExit: (listener) =>
        void child.once('exit', (code) => {
          log.write(`engine ended with ${code}\n`)
          readers.close()
          printer.close()
          listener()
        }),
      kill: () => void child.kill(),
    }
  }
}
