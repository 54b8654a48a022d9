import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Progress } from '../../src-shared/contract/engine-info'
import type { AppError } from '../../src-shared/contract/errors'
import type { ResultView } from '../../src-shared/contract/result-view'
import { NextQuestion } from '../../src-shared/contract/what-if'
import type { NextExperiments } from '../../src-shared/domain/next-experiment'
import { asAppError, useEngine } from './engine'

/** The question which gene to perturb next, and its answer for the result that was asked about. */
export const useNextExperiment = defineStore('next-experiment', () => {
  const engine = useEngine()
  const { level: firstLevel, samples: firstSamples } = NextQuestion.parse({})
  const level = ref(firstLevel)
  const samples = ref(firstSamples)
  const held = shallowRef<{ readonly of: string; readonly answer: NextExperiments } | null>(null)
  const progress = shallowRef<Progress | null>(null)
  const error = shallowRef<AppError | null>(null)
  const running = shallowRef<AbortController | null>(null)

  /** The instant answer and the full one of a run have the same identifier. */
  const keyOf = ({ run }: ResultView): string => `${run.runId} ${run.resultHash}`

  async function find(view: ResultView): Promise<void> {
    running.value?.abort()
    const abort = new AbortController()
    running.value = abort
    error.value = null
    progress.value = null
    try {
      const answer = await engine.call(
        'run.nextExperiments',
        { runId: view.run.runId, level: level.value, samples: samples.value },
        {
          signal: abort.signal,
          onProgress: (now) => {
            if (running.value === abort) progress.value = now
          },
        },
      )
      if (running.value === abort) held.value = { of: keyOf(view), answer }
    } catch (failure) {
      const reason = asAppError(failure)
      if (running.value === abort && reason.code !== 'CANCELLED') error.value = reason
    } finally {
      if (running.value === abort) running.value = null
    }
  }

  return {
    level,
    samples,
    running,
    progress,
    error,
    find,
    cancel: () => running.value?.abort(),
    answerFor: (view: ResultView): NextExperiments | null =>
      held.value?.of === keyOf(view) ? held.value.answer : null,
  }
})
