import { availableParallelism, freemem, totalmem } from 'node:os'
import { wasmKernelAvailable } from '../core/evidence/wasm/wasm-kernel'
import type { HandlersOf } from './handlers'
import type { JobList } from './jobs/job-list'
import type { ModelHolder } from './model-holder'
import { APP_VERSION } from './version'

interface Parts {
  readonly jobs: JobList
  readonly models: ModelHolder
}

export function infoHandlers({ jobs, models }: Parts): HandlersOf<'engine'> & HandlersOf<'job'> {
  return {
    'engine.info': async () => ({
      version: APP_VERSION,
      kernel: wasmKernelAvailable() ? 'wasm-simd' : 'typescript',
      threads: availableParallelism(),
      platform: `${process.platform}-${process.arch}`,
      node: process.versions.node,
      memoryTotalBytes: totalmem(),
      memoryFreeBytes: freemem(),
      model: await models.info(),
    }),
    'job.list': () => jobs.list(),
  }
}
