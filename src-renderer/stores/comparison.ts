import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { AppError } from '../../src-shared/contract/errors'
import type { ResultView } from '../../src-shared/contract/result-view'
import type { ConstraintCosts } from '../../src-shared/domain/constraint-cost'
import { diffEdges, diffSettings, diffTargets } from '../services/run-diff'
import { text } from '../strings'
import { asAppError, useEngine } from './engine'
import { useProject } from './project'
import { useRoute } from './route'
import { useRuns } from './runs'

/** Two runs side by side: what was gained, lost and changed, and what the constraints between them cost. */
export const useComparison = defineStore('comparison', () => {
  const engine = useEngine()
  const project = useProject()
  const runs = useRuns()
  const route = useRoute()

  const views = shallowRef<{ before: ResultView; after: ResultView } | null>(null)
  const error = shallowRef<AppError | null>(null)
  const costs = shallowRef<ConstraintCosts | null>(null)
  const costsError = shallowRef<AppError | null>(null)
  const loading = ref(false)
  let asked = ''

  const edges = computed(() => (views.value ? diffEdges(views.value.before, views.value.after) : []))
  const targets = computed(() => (views.value ? diffTargets(views.value.before, views.value.after) : []))
  const settings = computed(() => (views.value ? diffSettings(views.value.before, views.value.after) : []))
  const isOf = (before: string, after: string): boolean =>
    views.value?.before.run.runId === before && views.value.after.run.runId === after

  const viewOf = async (runId: string): Promise<ResultView> =>
    runs.view?.run.runId === runId ? runs.view : engine.call('run.view', { runId })

  async function load(before: string, after: string): Promise<void> {
    const own = `${before} ${after}`
    if (isOf(before, after) || (asked === own && !error.value)) return
    asked = own
    loading.value = true
    error.value = null
    costs.value = null
    costsError.value = null
    try {
      const [first, second] = [await viewOf(before), await viewOf(after)]
      if (asked === own) views.value = { before: first, after: second }
    } catch (failure) {
      if (asked === own) error.value = asAppError(failure)
    } finally {
      if (asked === own) loading.value = false
    }
  }
  /** Costs take longer than the rest and come after it. */
  async function loadCosts(): Promise<void> {
    const now = views.value
    if (!now || costs.value) return
    costsError.value = null
    const params = { before: now.before.run.runId, after: now.after.run.runId }
    try {
      const answer = await engine.call('run.constraintCosts', params)
      if (isOf(params.before, params.after)) costs.value = answer
    } catch (failure) {
      if (isOf(params.before, params.after)) costsError.value = asAppError(failure)
    }
  }

  /** The run stays; the comparison is put away. */
  function keep(runId: string): void {
    route.go({ name: 'results', runId, tab: 'network' })
  }
  /** Back to the earlier run and to what it was made from, as one undoable step. The later run stays in the list. */
  async function revert(runId: string): Promise<void> {
    const origin = runs.own.find((run) => run.runId === runId)
    await runs.show(runId)
    const used = origin?.settings ?? runs.view?.settings
    if (used)
      await project.discardTo(
        { settings: used, read: origin?.read ?? project.read },
        text.undo.revert(runs.labelOf(runId)),
      )
    const at = route.current
    route.go({ name: 'results', runId, tab: at.name === 'results' ? at.tab : 'network' })
  }

  return {
    views,
    error,
    costs,
    costsError,
    loading,
    edges,
    targets,
    settings,
    isOf,
    load,
    loadCosts,
    keep,
    revert,
  }
})
