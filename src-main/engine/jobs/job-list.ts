import { AppError } from '../../../src-shared/contract/errors'
import type { JobInfo, Progress } from '../../../src-shared/contract/engine-info'
import type { CallContext } from '../../../src-shared/rpc'
import { opaqueId } from '../opaque-id'
import { deferred } from './deferred'

export interface JobContext {
  readonly signal: AbortSignal
  readonly progress: (progress: Progress) => void
}

export interface JobList {
  /** Runs a job so that it is listed, its percent never falls and ends at 100, and a shutdown cancels it. */
  readonly run: <R>(
    method: string,
    call: CallContext<Progress>,
    body: (context: JobContext) => Promise<R>,
  ) => Promise<R>
  readonly list: () => JobInfo[]
  /** Cancels every job and waits until all have ended. */
  readonly shutdown: () => Promise<void>
}

interface RunningJob {
  readonly info: Omit<JobInfo, 'progress'>
  progress: Progress | null
  readonly ended: Promise<unknown>
}

/** The engine owns the list of long-running tasks; windows mirror it. */
export function createJobList(): JobList {
  const jobs = new Map<string, RunningJob>()
  const stopping = new AbortController()

  async function run<R>(
    method: string,
    call: CallContext<Progress>,
    body: (context: JobContext) => Promise<R>,
  ): Promise<R> {
    const signal = AbortSignal.any([call.signal, stopping.signal])
    const jobId = opaqueId()
    const { promise: ended, resolve: end } = deferred<undefined>()
    const job: RunningJob = {
      info: { jobId, method, startedAt: new Date().toISOString() },
      progress: null,
      ended,
    }
    jobs.set(jobId, job)
    const progress = (next: Progress): void => {
      job.progress = { ...next, percent: Math.min(100, Math.max(next.percent, job.progress?.percent ?? 0)) }
      call.progress(job.progress)
    }
    try {
      if (signal.aborted) throw new AppError('CANCELLED', 'The job was cancelled.')
      const result = await body({ signal, progress })
      progress({
        ...job.progress,
        stage: job.progress?.stage ?? 'writing',
        percent: 100,
        etaSeconds: 0,
        memoryBytes: process.memoryUsage.rss(),
      })
      return result
    } finally {
      jobs.delete(jobId)
      end(undefined)
    }
  }

  return {
    run,
    list: () => [...jobs.values()].map((job) => ({ ...job.info, progress: job.progress })),
    shutdown: async () => {
      stopping.abort()
      await Promise.all([...jobs.values()].map((job) => job.ended))
    },
  }
}
