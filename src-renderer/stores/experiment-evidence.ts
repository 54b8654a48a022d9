import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { ExperimentDifferential } from '../../src-shared/contract/differential-view'
import type { AppError } from '../../src-shared/contract/errors'
import type { ResultView } from '../../src-shared/contract/result-view'
import type { ExperimentEvidence, HonestyCheck } from '../../src-shared/domain/experiment-evidence'
import { asAppError, useEngine } from './engine'

export type Asked<E> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly answer: E }
  | { readonly state: 'failed'; readonly error: AppError }

/** Looks kept of each kind: the oldest are asked for again. */
const KEPT = 60

/**
 * Closer looks at experiments and the honesty check, asked for once per result. The key holds the result's hash: the
 * instant answer and the full one of a run have the same identifier.
 */
export const useExperimentEvidence = defineStore('experiment-evidence', () => {
  const engine = useEngine()
  const looks = shallowReactive(new Map<string, Asked<ExperimentEvidence>>())
  const changes = shallowReactive(new Map<string, Asked<ExperimentDifferential>>())
  const checks = shallowReactive(new Map<string, Asked<HonestyCheck>>())

  async function ask<E>(kept: Map<string, Asked<E>>, key: string, call: () => Promise<E>): Promise<void> {
    const now = kept.get(key)
    if (now && now.state !== 'failed') return
    kept.set(key, { state: 'loading' })
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break
      kept.delete(oldest)
    }
    try {
      kept.set(key, { state: 'ready', answer: await call() })
    } catch (error) {
      kept.set(key, { state: 'failed', error: asAppError(error) })
    }
  }

  const keyOf = ({ run }: ResultView, environment: string): string =>
    `${run.runId}\u0000${run.resultHash}\u0000${environment}`

  return {
    look: (view: ResultView, environment: string): Promise<void> =>
      ask(looks, keyOf(view, environment), () =>
        engine.call('experiment.evidence', { runId: view.run.runId, environment }),
      ),
    seen: (view: ResultView, environment: string) => looks.get(keyOf(view, environment)) ?? null,
    lookAtChanges: (view: ResultView, environment: string): Promise<void> =>
      ask(changes, keyOf(view, environment), () =>
        engine.call('run.differential', { runId: view.run.runId, environment }),
      ),
    changesSeen: (view: ResultView, environment: string) => changes.get(keyOf(view, environment)) ?? null,
    check: (view: ResultView): Promise<void> =>
      ask(checks, keyOf(view, ''), () => engine.call('honesty.check', { runId: view.run.runId })),
    checked: (view: ResultView) => checks.get(keyOf(view, '')) ?? null,
  }
})
