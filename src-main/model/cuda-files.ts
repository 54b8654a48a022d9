import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'

/** The files of the CUDA provider that do not come with the npm package; the library looks for them beside itself. */
const CUDA_FILES = ['libonnxruntime_providers_shared.so', 'libonnxruntime_providers_cuda.so'] as const

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

/** onnxruntime-node on disk; in the packaged app its libraries lie beside the archive, not in it. */
export function runtimeFolder(): string {
  const folder = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'))
  return folder.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`)
}
