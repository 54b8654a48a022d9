import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { RunSettings } from '../../src-shared/domain/run-settings'
import { countEdits } from '../services/edits'
import { text } from '../strings'
import { asAppError, useEngine } from './engine'
import { useNotices } from './notices'
import { useProject } from './project'
import { useProjectFile } from './project-file'
import { useRoute } from './route'
import { useRuns } from './runs'

export interface InterruptedRun {
  readonly datasetId: string
  readonly percent: number
  readonly settings: RunSettings
}

/** Runs that were cut off by a cancel, a reload or the end of engine or host, and can go on from their checkpoint. */
export const useInterruptedRuns = defineStore('interrupted-runs', () => {
  const engine = useEngine()
  const project = useProject()
  const projectFile = useProjectFile()
  const runs = useRuns()
  const route = useRoute()
  const notices = useNotices()

  const list = shallowRef<readonly InterruptedRun[]>([])
  const datasetId = computed(() => project.dataset?.datasetId)
  /** the newest one with the open data, while no run is under way */
  const ofProject = computed(() =>
    runs.job ? null : (list.value.find((item) => item.datasetId === datasetId.value) ?? null),
  )
  let asked = 0

  async function refresh(): Promise<void> {
    const own = ++asked
    try {
      const found = await engine.call('analysis.interrupted', { datasetId: datasetId.value })
      if (own !== asked) return
      list.value = found
      // What can go on has an offer of its own; the failure that cut it off is no longer the news.
      if (ofProject.value && runs.runError?.code === 'DISCONNECTED') runs.dismissRunError()
    } catch {
      // The status bar says when the engine is away; it is asked again when it is back.
    }
  }
  watch(
    () => [datasetId.value, engine.reconnections, runs.job === null] as const,
    () => void refresh(),
    { immediate: true },
  )

  /** Goes on with the settings it was started with, which are a step when they are not those of the draft. */
  async function resume(item: InterruptedRun): Promise<void> {
    if (item.datasetId !== datasetId.value) {
      const opened = await projectFile.beginWith(() => project.openRead(item.datasetId, item.settings))
      if (!opened) return
    } else if (countEdits({ settings: item.settings, read: project.read }, project.draft) > 0)
      project.record(text.undo.stoppedRun, { settings: item.settings })
    route.go({ name: 'run' })
    await runs.resume()
  }

  async function discard(item: InterruptedRun): Promise<void> {
    try {
      await engine.call('analysis.discard', { datasetId: item.datasetId, settings: item.settings })
    } catch (error) {
      notices.show(asAppError(error).message, 'bad')
    }
    await refresh()
  }

  return { list, ofProject, refresh, resume, discard }
})
