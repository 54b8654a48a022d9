import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { CANCEL_GRACE_MS } from '../../src-shared/contract/engine-process-messages'
import type { Progress } from '../../src-shared/contract/engine-info'
import type { AppError } from '../../src-shared/contract/errors'
import type { GrantedFileHandle } from '../../src-shared/contract/host'
import type { ResultView, RunSummary } from '../../src-shared/contract/result-view'
import type { NewExperimentSummary } from '../../src-shared/domain/evidence'
import type { RunSettings } from '../../src-shared/domain/run-settings'
import { unusualExperiments } from '../services/answer-parts'
import { listEdges } from '../services/edge-list'
import { countEdits, type Draft } from '../services/edits'
import { host } from '../services/host'
import { listTargets, verdicts } from '../services/target-list'
import { formatDuration, text } from '../strings'
import { asAppError, useEngine } from './engine'
import { useNotices } from './notices'
import { useProject } from './project'
import { useRoute } from './route'
import { useSelection } from './selection'

export type ExportFormat = 'edges-tsv' | 'targets-tsv' | 'result-json' | 'report-html'

export interface InterruptedRun {
  readonly datasetId: string
  readonly percent: number
  readonly settings: RunSettings
}

export interface RunningJob {
  readonly name: string
  readonly progress: Progress | null
  readonly cancelling: boolean
  /** the run that shows the instant answer while this job goes on */
  readonly runId: string | null
}

/** Runs of the engine, the result on screen, and the job that makes the next one. */
export const useRuns = defineStore('runs', () => {
  const engine = useEngine()
  const project = useProject()
  const route = useRoute()
  const notices = useNotices()
  const selection = useSelection()

  const list = shallowRef<readonly RunSummary[]>([])
  const interrupted = shallowRef<readonly InterruptedRun[]>([])
  const view = shallowRef<ResultView | null>(null)
  const opening = ref(false)
  const openError = shallowRef<AppError | null>(null)
  const job = shallowRef<RunningJob | null>(null)
  const runError = shallowRef<AppError | null>(null)
  const adapted = shallowRef<{ name: string; summary: NewExperimentSummary; file: GrantedFileHandle } | null>(
    null,
  )
  /** what each run of this window was made from; a run of an earlier window knows its settings only */
  const drafts = new Map<string, Draft>()
  let controller: AbortController | null = null

  const edges = computed(() => (view.value ? listEdges(view.value) : []))
  const targetTable = computed(() =>
    view.value
      ? {
          genes: view.value.genes,
          environments: view.value.environments,
          ...view.value.targets,
          partLogOdds: view.value.parts?.targets,
        }
      : null,
  )
  const targets = computed(() =>
    targetTable.value && view.value ? listTargets(targetTable.value, view.value.settings.fdr) : [],
  )
  const targetVerdicts = computed(() => (targetTable.value ? verdicts(targetTable.value, targets.value) : []))
  /** what is unusual for the learned model about single experiments, by their names */
  const unusual = computed(() =>
    unusualExperiments(view.value?.parts ?? null, view.value?.environments ?? []),
  )
  const madeFrom = computed<Draft | null>(() =>
    view.value
      ? (drafts.get(view.value.run.runId) ?? { settings: view.value.settings, read: project.read })
      : null,
  )
  const editCount = computed(() => (madeFrom.value ? countEdits(madeFrom.value, project.draft) : 0))

  async function refresh(): Promise<void> {
    try {
      list.value = await engine.call('run.list', {})
      interrupted.value = await engine.call('analysis.interrupted', {})
    } catch {
      // The status bar already says when the engine is away; the lists stay as they were.
    }
  }

  /** Loads a result for the results screen; the one on screen stays until the new one is there. */
  async function show(runId: string): Promise<void> {
    if (view.value?.run.runId === runId) return
    opening.value = true
    openError.value = null
    try {
      const next = await engine.call('run.view', { runId })
      if (selection.current && !sameGenes(view.value, next)) selection.clear()
      view.value = next
      adapted.value = null
      const draft = drafts.get(runId)
      if (next.run.datasetId !== null)
        await project.restore(next.run.datasetId, draft?.settings ?? next.settings)
      else project.openSettingsOnly(next.settings)
    } catch (error) {
      openError.value = asAppError(error)
    } finally {
      opening.value = false
    }
  }

  async function run(resume = false): Promise<boolean> {
    const dataset = project.dataset
    if (!dataset || job.value) return false
    const draft = project.draft
    const own = new AbortController()
    controller = own
    job.value = { name: dataset.name, progress: null, cancelling: false, runId: null }
    runError.value = null
    const started = performance.now()
    try {
      const summary = await engine.call(
        'analysis.run',
        { datasetId: dataset.datasetId, settings: draft.settings, resume },
        {
          signal: own.signal,
          onProgress: (progress) => {
            if (!job.value) return
            const early = progress.runId ?? job.value.runId
            const isNew = early !== job.value.runId
            job.value = { ...job.value, progress, runId: early }
            if (early === null || !isNew) return
            drafts.set(early, draft)
            void showEarly(early)
          },
        },
      )
      drafts.set(summary.runId, draft)
      notices.say(text.run.finished(formatDuration((performance.now() - started) / 1000)))
      if (job.value.runId === summary.runId) {
        await replace(summary.runId)
        return true
      }
      const at = route.current
      const tab = at.name === 'results' ? at.tab : 'network'
      await show(summary.runId)
      route.go({ name: 'results', runId: summary.runId, tab })
      return true
    } catch (error) {
      const failure = asAppError(error)
      if (failure.code === 'CANCELLED') notices.show(text.run.cancelled)
      else runError.value = failure
      return false
    } finally {
      controller = null
      job.value = null
      void refresh()
    }
  }

  /** The instant answer of a run that goes on; it does not call the user back from another page. */
  async function showEarly(runId: string): Promise<void> {
    // The list can wait; what was found is shown at once.
    void refresh()
    const at = route.current
    if (at.name !== 'run' && at.name !== 'results') return
    await show(runId)
    route.go({ name: 'results', runId, tab: at.name === 'results' ? at.tab : 'network' })
  }

  /** The full answer takes the place of the instant one: selection, positions and edits made meanwhile stay. */
  async function replace(runId: string): Promise<void> {
    if (view.value?.run.runId !== runId) return
    view.value = await engine.call('run.view', { runId })
    notices.say(text.answer.replaced)
  }

  /** Goes on with an interrupted run, with the settings it was started with. */
  async function resume(item: InterruptedRun): Promise<void> {
    await project.restore(item.datasetId, item.settings, true)
    route.go({ name: 'run' })
    await run(true)
  }

  function cancel(): void {
    const own = controller
    if (!own || !job.value || job.value.cancelling) return
    job.value = { ...job.value, cancelling: true }
    own.abort()
    setTimeout(() => {
      if (controller === own) host.reportUnansweredCancel()
    }, CANCEL_GRACE_MS)
  }

  /** @throws AppError */
  async function openStored(file: GrantedFileHandle): Promise<void> {
    const summary = await engine.call('run.open', { file: file.handle })
    await refresh()
    await show(summary.runId)
    route.go({ name: 'results', runId: summary.runId, tab: 'network' })
  }

  /** Targets of a new table under the network on screen. @throws AppError */
  async function adapt(file: GrantedFileHandle): Promise<void> {
    if (!view.value) return
    const { runId } = view.value.run
    const summary = await engine.call('run.adapt', { runId, read: { files: [file.handle] } })
    adapted.value = { name: file.name, summary, file }
  }

  async function save(format: ExportFormat): Promise<void> {
    if (!view.value) return
    try {
      const file = await engine.call('run.export', { runId: view.value.run.runId, format })
      const name = await host.save(file.fileName, file.bytes, file.mediaType)
      if (name !== null) notices.show(text.report.saved(name), 'ok')
    } catch (error) {
      notices.show(`${asAppError(error).message} ${text.errors.exportFailed}`, 'bad')
    }
  }

  return {
    list,
    interrupted,
    view,
    opening,
    openError,
    job,
    runError,
    adapted,
    edges,
    targetTable,
    targets,
    targetVerdicts,
    unusual,
    madeFrom,
    editCount,
    refresh,
    show,
    run,
    resume,
    cancel,
    openStored,
    adapt,
    closeAdapted: () => (adapted.value = null),
    dismissRunError: () => (runError.value = null),
    save,
  }
})

function sameGenes(a: ResultView | null, b: ResultView): boolean {
  return (
    a !== null && a.genes.length === b.genes.length && a.genes.every((gene, index) => gene === b.genes[index])
  )
}
