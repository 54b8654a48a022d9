import { shallowRef, type ShallowRef } from 'vue'
import type { Progress } from '../../src-shared/contract/engine-info'
import type { AppError } from '../../src-shared/contract/errors'
import { asAppError } from './engine'

export interface DataReading {
  /** what is being read; null = nothing */
  readonly reading: ShallowRef<{ name: string; progress: Progress | null } | null>
  readonly error: ShallowRef<AppError | null>
  /** Reads with progress; a newer reading ends the one before. @returns null when it failed or was overtaken */
  readonly readWith: <T>(
    name: string,
    work: (signal: AbortSignal, report: (progress: Progress) => void) => Promise<T>,
  ) => Promise<T | null>
  readonly cancel: () => void
}

/** One reading of data files at a time: its progress, its failure, its end. */
export function dataReading(): DataReading {
  const reading = shallowRef<{ name: string; progress: Progress | null } | null>(null)
  const error = shallowRef<AppError | null>(null)
  let controller: AbortController | null = null

  async function readWith<T>(
    name: string,
    work: (signal: AbortSignal, report: (progress: Progress) => void) => Promise<T>,
  ): Promise<T | null> {
    controller?.abort()
    const own = new AbortController()
    controller = own
    reading.value = { name, progress: null }
    error.value = null
    try {
      const result = await work(own.signal, (progress) => {
        if (controller === own) reading.value = { name, progress }
      })
      return controller === own ? result : null
    } catch (failure) {
      const known = asAppError(failure)
      if (controller === own && known.code !== 'CANCELLED') error.value = known
      return null
    } finally {
      if (controller === own) {
        controller = null
        reading.value = null
      }
    }
  }
  return { reading, error, readWith, cancel: () => controller?.abort() }
}
