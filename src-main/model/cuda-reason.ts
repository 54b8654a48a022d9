const FAILURE = /\b(?:CUDA|CUBLAS|CUDNN|CURAND|CUFFT)\w* failure -?\d+: [^;\n]*/
const MISSING = /\blib(\w+)\.so(?:\.(\d+))?\S*: cannot open shared object file/
const DRIVER = 'cuda'
const NUMBERED_AS_CUDA = new Set(['cublas', 'cublasLt', 'cudart', 'nvrtc'])

/**
 * Why CUDA does not run, in words that a person can act on. ONNX Runtime wraps them in source files, template parameters
 * and the name of the computer; the reason is stored with every result, where none of that belongs.
 *
 * @param thrown what ONNX Runtime threw
 * @param notLoaded what the system says when it is asked to load the CUDA files, or null when it loads them
 */
export function cudaReason(thrown: string, notLoaded: string | null): string {
  const missing = notLoaded === null ? null : MISSING.exec(notLoaded)
  if (missing) {
    const [, library, version] = missing
    const what = productOf(library!, version)
    return `${what} is not installed or not on the library path: lib${library}.so${version === undefined ? '' : `.${version}`} is missing (docs/gpu.md).`
  }
  const failure = FAILURE.exec(thrown)?.[0].trim()
  if (failure !== undefined) return failure
  return notLoaded === null ? firstLine(thrown) : `${firstLine(thrown)} (${firstLine(notLoaded)})`
}

function productOf(library: string, version: string | undefined): string {
  if (library === DRIVER) return 'The NVIDIA driver'
  if (library.startsWith('cudnn')) return version === undefined ? 'cuDNN' : `cuDNN ${version}`
  return version !== undefined && NUMBERED_AS_CUDA.has(library) ? `CUDA ${version}` : 'A part of CUDA'
}

const firstLine = (text: string): string => text.split('\n')[0]!.trim()
