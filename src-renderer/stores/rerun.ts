import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useBeforeRun } from './before-run'
import { useComparison } from './comparison'
import { useProject } from './project'
import { useRoute } from './route'
import { useRuns } from './runs'

/** A re-run that is expected to be quicker than this needs no button. */
const AT_ONCE_SECONDS = 3
/** Further edits within this time go into the same run. */
const SETTLE_MS = 1_500
const KEPT = 'metacadi.rerun-at-once'

/** Results that are older than the edits: how long a new run would take, making it, and what it changed. */
export const useRerun = defineStore('rerun', () => {
  const beforeRun = useBeforeRun()
  const project = useProject()
  const runs = useRuns()
  const route = useRoute()
  const comparison = useComparison()

  /** seconds that a run of the present draft is expected to take; null while it is not known */
  const estimate = ref<number | null>(null)
  const atOnce = ref(localStorage.getItem(KEPT) !== 'no')
  /** the last re-run and the run it replaced on the screen */
  const compared = shallowRef<{ before: string; after: string } | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0

  const stale = computed(() => runs.editCount > 0)
  const quick = computed(() => estimate.value !== null && estimate.value < AT_ONCE_SECONDS)
  const possible = computed(() => project.canRun && runs.job === null)

  async function run(): Promise<void> {
    clearTimeout(timer)
    const before = runs.view?.run.runId
    if (before === undefined || !(await runs.run())) return
    const after = runs.view?.run.runId
    if (after === undefined || after === before) return
    compared.value = { before, after }
    void comparison.load(before, after)
  }
  function setAtOnce(on: boolean): void {
    atOnce.value = on
    localStorage.setItem(KEPT, on ? 'yes' : 'no')
    clearTimeout(timer)
    if (on) timer = setTimeout(settled, SETTLE_MS)
  }
  function dismiss(): void {
    compared.value = null
  }

  watch(
    () => [stale.value, project.settings, project.read, possible.value] as const,
    async ([isStale]) => {
      const own = ++asked
      estimate.value = null
      if (!isStale || !possible.value) return
      // Without an estimate there is the button.
      const expected = await beforeRun.estimate()
      if (own === asked) estimate.value = expected?.seconds ?? null
    },
  )
  /** Only an edit made here and now starts a run; undo, redo and opening a project do not. */
  watch(
    () => project.history,
    (now, before) => {
      clearTimeout(timer)
      const isEdit = now.past.length > before.past.length && now.past.at(-1)?.state === before.present
      if (isEdit && now.present.settings !== before.present.settings) timer = setTimeout(settled, SETTLE_MS)
    },
  )
  function settled(): void {
    if (!stale.value || !atOnce.value || route.current.name !== 'results') return
    if (possible.value && quick.value) void run()
  }
  watch(
    () => runs.view?.run.runId,
    (shown) => {
      if (compared.value && shown !== compared.value.after) compared.value = null
    },
  )

  return { estimate, atOnce, compared, stale, quick, possible, run, setAtOnce, dismiss }
})
