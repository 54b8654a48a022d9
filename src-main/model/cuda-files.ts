import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { messageOf } from './unavailable'

/** The files of the CUDA provider that do not come with the npm package; the library looks for them beside itself. */
export const CUDA_LIBRARY = 'libonnxruntime_providers_cuda.so'
const CUDA_FILES = ['libonnxruntime_providers_shared.so', CUDA_LIBRARY] as const

export interface CudaFiles {
  /** false where ONNX Runtime for Node has no CUDA provider at all */
  readonly supported: boolean
  /** where they belong */
  readonly folder: string
  readonly missing: readonly string[]
}

export function cudaFiles(): CudaFiles {
  const folder = join(runtimeFolder(), 'bin', 'napi-v6', process.platform, process.arch)
  return {
    supported: process.platform === 'linux' && process.arch === 'x64',
    folder,
    missing: CUDA_FILES.filter((name) => !existsSync(join(folder, name))),
  }
}

/**
 * What the system says when it is asked to load a library. ONNX Runtime throws only that a provider could not be
 * loaded; the library of CUDA or cuDNN that is missing stands in this text.
 */
export function whyItDoesNotLoad(file: string): string | null {
  try {
    process.dlopen({ exports: {} }, file)
    return null
  } catch (error) {
    const text = messageOf(error)
    // It was loaded; it only is no extension of Node.
    return text.includes('self-register') ? null : text
  }
}

/** onnxruntime-node on disk; in the packaged app its libraries lie beside the archive, not in it. */
export function runtimeFolder(): string {
  const folder = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'))
  return folder.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`)
}
