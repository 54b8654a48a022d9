/** Entry of the reader, the disposable process in which files from outside are parsed; see reader-messages.ts. */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { toErrorFrame } from '../../../../src-shared/contract/errors'
import { readDataset } from '../../../io/import'
import { bundledFile } from '../../bundled-file'
import { writeAnswer } from './answer-files'
import type { MemoryOrder } from './memory-guard'
import { MEMORY_MARK, type FromReader, type ReadOrder } from './reader-messages'

const ALIVE_EVERY_MS = 1000
const PROGRESS_EVERY_MS = 50

/** `process.parentPort` of an Electron utility process. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  postMessage(message: unknown): void
}

const parentPort = (process as { parentPort?: ParentPort }).parentPort

function send(message: FromReader): Promise<void> {
  return new Promise((resolve) => {
    if (parentPort) {
      parentPort.postMessage(message)
      resolve()
    } else if (process.connected) process.send?.(message, () => resolve())
    else resolve()
  })
}

async function read({ source, options, folder, memoryBytes }: ReadOrder): Promise<void> {
  guardMemory({ memoryBytes, mark: join(folder, MEMORY_MARK) })
  let fraction = 0
  let reported = 0
  const report = (): void => {
    reported = performance.now()
    void send({ type: 'progress', fraction, memoryBytes: process.memoryUsage.rss() })
  }
  const alive = setInterval(report, ALIVE_EVERY_MS)
  try {
    const onProgress = (value: number): void => {
      fraction = value
      if (performance.now() - reported >= PROGRESS_EVERY_MS) report()
    }
    await writeAnswer(folder, await readDataset(source, options, { onProgress }))
    await send({ type: 'done' })
  } catch (error) {
    await send({ type: 'failed', error: toErrorFrame(error) })
  } finally {
    clearInterval(alive)
  }
}

/** In a thread of its own, because the one that parses may not come back to its timers. */
function guardMemory(order: MemoryOrder): void {
  const guard = new Worker(bundledFile('memory-guard.js'), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
  })
  guard.unref()
}

let taken = false

/** The engine is trusted: what it sends is not checked again. */
function receive(order: unknown): void {
  if (taken) return
  taken = true
  void read(order as ReadOrder).finally(() => {
    // the engine ends the process once it has the last message; without an engine it ends itself
    if (!parentPort) process.disconnect()
  })
}

if (parentPort) parentPort.on('message', ({ data }) => receive(data))
else {
  process.on('message', receive)
  // it never outlives its engine
  process.on('disconnect', () => process.exit(0))
}
// a terminal sends Ctrl+C to the whole group; the engine decides when a reader ends
process.on('SIGINT', () => undefined)

void send({ type: 'ready' })
