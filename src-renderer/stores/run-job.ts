import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { CANCEL_GRACE_MS } from '../../src-shared/contract/engine-process-messages'
import type { Progress } from '../../src-shared/contract/engine-info'
import type { AppError } from '../../src-shared/contract/errors'
import type { RunOrigin } from '../../src-shared/contract/project-content'
import type { RunSummary } from '../../src-shared/contract/result-view'
import { host } from '../services/host'
import { formatDuration, text } from '../strings'
import { asAppError, useEngine } from './engine'
import { useNotices } from './notices'
import { usePreferences } from './preferences'
import { useProject } from './project'

export interface RunningJob {
  readonly name: string
  readonly progress: Progress | null
  readonly cancelling: boolean
  /** the run that shows the instant answer while this job goes on */
  readonly runId: string | null
  /** the search was told to end with what it has */
  readonly finishing: boolean
}

interface RunJobEvents {
  /** the instant answer is there; the search goes on */
  readonly onEarly: (origin: RunOrigin) => void
  /** @param wasEarly the same run has shown its instant answer */
  readonly onDone: (origin: RunOrigin, summary: RunSummary, wasEarly: boolean) => Promise<void>
  /** done, cancelled or failed */
  readonly onEnd: () => void
}

export interface RunJob {
  readonly job: ShallowRef<RunningJob | null>
  readonly runError: ShallowRef<AppError | null>
  /** Only a search can be ended with what it has; before it there is nothing yet. */
  readonly canFinish: ComputedRef<boolean>
  /**
   * @param replaces the instant answer that a resumed run left
   * @returns false when nothing could be run, or the run was cancelled or failed
   */
  readonly run: (resume?: boolean, replaces?: string) => Promise<boolean>
  readonly cancel: () => void
  readonly finish: () => Promise<void>
  readonly dismissRunError: () => void
}

/** The one analysis that may be running: start, cancel, end early. */
export function useRunJob(events: RunJobEvents): RunJob {
  const engine = useEngine()
  const project = useProject()
  const preferences = usePreferences()
  const notices = useNotices()

  const job = shallowRef<RunningJob | null>(null)
  const runError = shallowRef<AppError | null>(null)
  let controller: AbortController | null = null
  let jobToken = ''

  async function run(resume = false, replaces?: string): Promise<boolean> {
    const dataset = project.dataset
    if (!dataset || job.value) return false
    const { settings, read } = project.state
    const abort = new AbortController()
    controller = abort
    // Not randomUUID: it is missing where the page came over plain HTTP from another computer.
    const token = crypto.getRandomValues(new Uint32Array(4)).join('-')
    jobToken = token
    job.value = { name: dataset.name, progress: null, cancelling: false, runId: null, finishing: false }
    runError.value = null
    const started = performance.now()
    try {
      const summary = await engine.call(
        'analysis.run',
        { datasetId: dataset.datasetId, settings, resume, replaces, token, threads: preferences.threads },
        {
          signal: abort.signal,
          onProgress: (progress) => {
            if (!job.value) return
            const early = progress.runId ?? job.value.runId
            const isNew = early !== job.value.runId
            job.value = { ...job.value, progress, runId: early }
            if (early !== null && isNew) events.onEarly({ runId: early, settings, read })
          },
        },
      )
      notices.say(text.run.finished(formatDuration((performance.now() - started) / 1000)))
      await events.onDone(
        { runId: summary.runId, settings, read },
        summary,
        job.value.runId === summary.runId,
      )
      return true
    } catch (error) {
      const failure = asAppError(error)
      if (failure.code === 'CANCELLED')
        notices.show(job.value.runId === null ? text.run.cancelled : text.run.cancelledEarly)
      else runError.value = failure
      return false
    } finally {
      controller = null
      job.value = null
      events.onEnd()
    }
  }

  function cancel(): void {
    const abort = controller
    if (!abort || !job.value || job.value.cancelling) return
    job.value = { ...job.value, cancelling: true }
    abort.abort()
    setTimeout(() => {
      if (controller === abort) host.reportUnansweredCancel()
    }, CANCEL_GRACE_MS)
  }

  const canFinish = computed(
    () => job.value?.progress?.stage === 'searching' && !job.value.cancelling && !job.value.finishing,
  )
  async function finish(): Promise<void> {
    if (!job.value || !canFinish.value) return
    job.value = { ...job.value, finishing: true }
    await engine.call('analysis.finish', { token: jobToken }).catch(() => undefined)
  }

  return {
    job,
    runError,
    canFinish,
    run,
    cancel,
    finish,
    dismissRunError: () => {
      runError.value = null
    },
  }
}
