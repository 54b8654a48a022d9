import type { Progress } from '../../../src-shared/contract/engine-info'
import { AppError } from '../../../src-shared/contract/errors'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import type { LearnedModels } from './ask-network'

export interface RunHooks {
  /** worker threads; 0 or absent = one per core */
  readonly threads?: number
  /** on the calling thread only, for callers that are worker threads themselves */
  readonly inline?: boolean
  /** what earlier runs on this computer took over what was expected; absent = 1 */
  readonly pace?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
  /** where finished parts are kept while the run goes on; removed at the end */
  readonly checkpointFile?: string
  /** continue from the checkpoint if it belongs to the same data and settings */
  readonly resume?: boolean
  /** [1] shared; set to 1, the search ends as soon as there is a result so far, which is then the result */
  readonly endSearch?: Int32Array
  /** lends the learned model; absent = there is none */
  readonly models?: LearnedModels
  /** mode 'full': the instant answer, before the search begins */
  readonly onInstant?: (result: AnalysisResult) => Promise<void> | void
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('CANCELLED', 'The job was cancelled.')
}
