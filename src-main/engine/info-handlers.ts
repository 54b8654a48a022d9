import { availableParallelism, freemem, totalmem } from 'node:os'
import { wasmKernelAvailable } from '../core/evidence/wasm/wasm-kernel'
import type { HandlersOf } from './handlers'
import type { JobList } from './jobs/job-list'
import { APP_VERSION } from './version'

export function infoHandlers(jobs: JobList): HandlersOf<'engine'> & HandlersOf<'job'> {
  return {
    'engine.info': () => ({
      version: APP_VERSION,
      kernel: wasmKernelAvailable() ? 'wasm-simd' : 'typescript',
      threads: availableParallelism(),
      platform: `${process.platform}-${process.arch}`,
      node: process.versions.node,
      memoryTotalBytes: totalmem(),
      memoryFreeBytes: freemem(),
    }),
    'job.list': () => jobs.list(),
  }
}
