import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { RunEstimate } from '../../src-shared/contract/engine-info'
import { useBeforeRun } from './before-run'
import { useEngine } from './engine'
import { useProject } from './project'

/** Changes that follow each other this fast are asked about once. */
const STILL_MS = 150

/**
 * What a run of the open data would take, asked anew when what it depends on changes.
 * @param genes number of genes that would be kept; undefined = those that are
 */
export function useRunEstimate(genes: () => number | undefined = () => undefined): {
  /** null = it cannot be told */
  readonly estimate: ShallowRef<RunEstimate | null>
  readonly estimating: Ref<boolean>
} {
  const before = useBeforeRun()
  const engine = useEngine()
  const project = useProject()
  const estimate = shallowRef<RunEstimate | null>(null)
  const estimating = ref(false)
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () =>
      [genes(), project.dataset?.datasetId, project.settings, before.ready, engine.reconnections] as const,
    ([count]) => {
      clearTimeout(timer)
      const own = ++asked
      estimating.value = true
      timer = setTimeout(() => {
        void before.estimate(count).then((answer) => {
          if (own !== asked) return
          estimate.value = answer
          estimating.value = false
        })
      }, STILL_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return { estimate, estimating }
}
