import type { ModelInfo } from '../../src-shared/contract/engine-info'
import { cudaFiles, installCudaFiles, loadRuntime, type CudaFiles } from '../model'
import { toErrorFrame } from '../../src-shared/contract/errors'
import { createModelHolder } from './model-holder'
import { modelDir } from './paths'

export interface GpuStatus {
  /** what this build of ONNX Runtime can run on, and whether its files come with it; empty when it does not load */
  readonly providers: readonly { readonly name: string; readonly bundled: boolean }[]
  readonly cuda: CudaFiles
  /** with the provider that passed the self-test, and why the others did not */
  readonly model: ModelInfo
}

export async function gpuStatus(): Promise<GpuStatus> {
  const models = createModelHolder({ folder: modelDir(), provider: 'auto' })
  try {
    return { providers: await providersOfThisBuild(), cuda: cudaFiles(), model: await models.info() }
  } finally {
    await models.close()
  }
}

async function providersOfThisBuild(): Promise<GpuStatus['providers']> {
  try {
    return (await loadRuntime()).listSupportedBackends()
  } catch (error) {
    if (toErrorFrame(error).code === 'MODEL_UNAVAILABLE') return []
    throw error
  }
}

export { installCudaFiles }
