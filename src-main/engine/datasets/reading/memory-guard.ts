/**
 * Thread of the reader that ends the whole process when its memory grows beyond the limit. It counts what the
 * operating system counts: objects, numbers, WebAssembly. A file that claims to be enormous, or a defect of a parser,
 * then costs this one process and not the computer.
 */
import { writeFileSync } from 'node:fs'
import { workerData } from 'node:worker_threads'

export interface MemoryOrder {
  readonly memoryBytes: number
  /** file that tells the engine why the process is gone */
  readonly mark: string
}

const LOOK_EVERY_MS = 25

const { memoryBytes, mark } = workerData as MemoryOrder

setInterval(() => {
  const used = process.memoryUsage.rss()
  if (used <= memoryBytes) return
  writeFileSync(mark, String(used))
  process.kill(process.pid, 'SIGKILL')
}, LOOK_EVERY_MS)
