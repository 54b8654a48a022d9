import { defineStore } from 'pinia'
import { computed } from 'vue'
import { text } from '../strings'
import { useInterruptedRuns } from './interrupted-runs'
import { useProject } from './project'
import { useRuns } from './runs'

/** The step from an instant answer to the full one: resumed where it stopped, else begun. */
export const useFullSearch = defineStore('full-search', () => {
  const project = useProject()
  const runs = useRuns()
  const interrupted = useInterruptedRuns()
  const wantsInstant = computed(() => project.settings.mode === 'instant')
  /** what is left of a search of the same data that was stopped */
  const resumable = computed(() => (wantsInstant.value ? null : interrupted.ofProject))
  const running = computed(() => runs.job !== null && runs.job.runId === runs.view?.run.runId)
  /** false also for a result whose table is not open */
  const possible = computed(() => project.canRun && runs.job === null)
  const label = computed(() =>
    resumable.value ? text.answer.resumeAt(resumable.value.percent) : text.answer.runFull,
  )

  function start(): void {
    if (resumable.value) {
      void interrupted.resume(resumable.value)
      return
    }
    if (wantsInstant.value) project.setSetting('mode', 'full', text.modes.legend)
    void runs.run()
  }
  return { resumable, running, possible, label, start }
})
