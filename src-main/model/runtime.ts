import { isMainThread } from 'node:worker_threads'
import type * as onnxRuntime from 'onnxruntime-node'
import { messageOf, unavailable } from './unavailable'

export type Runtime = typeof onnxRuntime
export type Session = Awaited<ReturnType<Runtime['InferenceSession']['create']>>

/**
 * ONNX Runtime, loaded when it is first needed: a 45 MB library that closed-form runs do without.
 * Only on the main thread: ending a worker thread while a session runs in it aborts the whole process.
 * @throws AppError MODEL_UNAVAILABLE when the library does not load here
 */
export async function loadRuntime(): Promise<Runtime> {
  if (!isMainThread) throw new Error('ONNX Runtime is used on the main thread only.')
  // Without it, cuBLAS rounds the factors of float32 products to 10 bits on recent cards.
  process.env.NVIDIA_TF32_OVERRIDE ??= '0'
  try {
    const runtime = await import('onnxruntime-node')
    // What goes wrong is thrown, recorded and shown; the library would also print it.
    runtime.env.logLevel = 'fatal'
    return runtime
  } catch (error) {
    throw unavailable(
      'runtime',
      `The learned model cannot run on this computer: ONNX Runtime does not load on ${process.platform}-${process.arch}.`,
      { error: messageOf(error) },
    )
  }
}
