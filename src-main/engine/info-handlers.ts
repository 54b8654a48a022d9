import { availableParallelism, freemem, totalmem } from 'node:os'
import type { EngineInfo } from '../../src-shared/contract/engine-info'
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
  const info = async (): Promise<EngineInfo> => ({
    version: APP_VERSION,
    kernel: wasmKernelAvailable() ? 'wasm-simd' : 'typescript',
    threads: availableParallelism(),
    platform: `${process.platform}-${process.arch}`,
    node: process.versions.node,
    memoryTotalBytes: totalmem(),
    memoryFreeBytes: freemem(),
    provider: models.chosen(),
    model: await models.info(),
  })
  return {
    'engine.info': info,
    'engine.chooseProvider': ({ provider }) => {
      models.choose(provider)
      return info()
    },
    'job.list': () => jobs.list(),
  }
}
