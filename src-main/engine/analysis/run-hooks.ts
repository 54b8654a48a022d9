import type { Progress } from '../../../src-shared/contract/engine-info'
import { AppError } from '../../../src-shared/contract/errors'

export interface RunHooks {
  /** worker threads; 0 or absent = one per core */
  readonly threads?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
  /** where finished parts are kept while the run goes on; removed at the end */
  readonly checkpointFile?: string
  /** continue from the checkpoint if it belongs to the same data and settings */
  readonly resume?: boolean
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('CANCELLED', 'The job was cancelled.')
}
