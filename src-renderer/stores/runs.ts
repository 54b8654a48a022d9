import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { AppError } from '../../src-shared/contract/errors'
import type { ExportFormat, ExportOptionsInput } from '../../src-shared/contract/export-formats'
import type { GrantedFileHandle } from '../../src-shared/contract/host'
import type { RunOrigin } from '../../src-shared/contract/project-content'
import type { ResultView, RunSummary } from '../../src-shared/contract/result-view'
import { unusualExperiments } from '../services/answer-parts'
import { takeFirstResult } from '../services/early'
import { listEdges } from '../services/edge-list'
import { countEdits, type Draft } from '../services/edits'
import { host } from '../services/host'
import { listTargets, verdicts } from '../services/target-list'
import { formatTime, text } from '../strings'
import { asAppError, useEngine } from './engine'
import { useNotices } from './notices'
import { useProject } from './project'
import { useRoute } from './route'
import { useRunJob } from './run-job'
import { useSelection } from './selection'

/** A run of the project as lists show it. */
export interface RunEntry {
  readonly run: RunSummary
  /** the user's name for it, else its number and time */
  readonly label: string
}

/** Runs of the project, the result on screen, and the job that makes the next one. */
export const useRuns = defineStore('runs', () => {
  const engine = useEngine()
  const project = useProject()
  const route = useRoute()
  const notices = useNotices()
  const selection = useSelection()

  /** all runs the engine holds, those of other projects and windows included */
  const known = shallowRef<readonly RunSummary[]>([])
  /** the runs of this project and what each was made from, oldest first; deleted ones stay while undo can bring them back */
  const own = shallowRef<readonly RunOrigin[]>([])
  const view = shallowRef<ResultView | null>(null)
  const opening = ref(false)
  const openError = shallowRef<AppError | null>(null)

  const entries = computed((): RunEntry[] => {
    const summaries = new Map(known.value.map((run) => [run.runId, run]))
    const { names, deleted } = project.state.runs
    return own.value.flatMap(({ runId }, index) => {
      const run = summaries.get(runId)
      if (!run || deleted.includes(runId)) return []
      const name = names.find((other) => other.runId === runId)?.name
      return [{ run, label: name ?? text.results.runNamed(index + 1, formatTime(run.createdAt)) }]
    })
  })
  const list = computed(() => entries.value.map(({ run }) => run))
  const labelOf = (runId: string): string =>
    entries.value.find(({ run }) => run.runId === runId)?.label ?? text.results.runs

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
  const originOf = (runId: string): RunOrigin | undefined => own.value.find((run) => run.runId === runId)
  const madeFrom = computed<Draft | null>(() => {
    if (!view.value) return null
    const origin = originOf(view.value.run.runId)
    return {
      settings: origin?.settings ?? view.value.settings,
      read: origin?.read ?? project.read,
    }
  })
  const editCount = computed(() => (madeFrom.value ? countEdits(madeFrom.value, project.draft) : 0))

  async function refresh(): Promise<void> {
    try {
      known.value = await engine.call('run.list', {})
    } catch {
      // The status bar already says when the engine is away; the list stays as it was.
    }
  }

  /** The project has this run from now on, where it was before if it had it. */
  function add(origin: RunOrigin): void {
    own.value = originOf(origin.runId)
      ? own.value.map((run) => (run.runId === origin.runId ? origin : run))
      : [...own.value, origin]
  }

  /**
   * Loads a result for the results screen; the one on screen stays until the new one is there. A run that is not of this
   * project (an address, a stored result) begins a project of its own.
   */
  async function show(runId: string): Promise<void> {
    if (view.value?.run.runId === runId) return
    opening.value = true
    openError.value = null
    try {
      const next = (await takeFirstResult(runId)) ?? (await engine.call('run.view', { runId }))
      if (selection.current && !sameGenes(view.value, next)) selection.clear()
      view.value = next
      if (originOf(runId)) return
      own.value = []
      if (next.run.datasetId !== null) await project.restore(next.run.datasetId, next.settings)
      else project.openSettingsOnly(next.settings)
      add({ runId, settings: next.settings, read: project.read })
      void refresh()
    } catch (error) {
      openError.value = asAppError(error)
    } finally {
      opening.value = false
    }
  }

  /** The runs of a project that was opened, or none for a new one. */
  function load(runs: readonly RunOrigin[]): void {
    own.value = runs
    view.value = null
    runError.value = null
    openError.value = null
    selection.clear()
  }

  const { job, runError, run, cancel, canFinish, finish, dismissRunError } = useRunJob({
    onEarly: (origin) => {
      add(origin)
      void showEarly(origin.runId)
    },
    onDone: async (origin, summary, wasEarly) => {
      add(origin)
      known.value = [...known.value.filter(({ runId }) => runId !== summary.runId), summary]
      if (wasEarly) return replace(summary.runId)
      const at = route.current
      const tab = at.name === 'results' ? at.tab : 'network'
      await show(summary.runId)
      route.go({ name: 'results', runId: summary.runId, tab })
    },
    onEnd: () => void refresh(),
  })

  /** Goes on with the run of the present settings that was cut off; the instant answer that it left gives way to the full one. */
  function resume(): Promise<boolean> {
    const settings = JSON.stringify(project.settings)
    const left = list.value.findLast(
      (run) => run.mode === 'instant' && JSON.stringify(originOf(run.runId)?.settings) === settings,
    )
    return run(true, project.settings.mode === 'instant' ? undefined : left?.runId)
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

  /** A stored result as a project of its own. @throws AppError */
  async function openStored(file: GrantedFileHandle): Promise<void> {
    const summary = await engine.call('run.open', { file: file.handle })
    load([])
    await show(summary.runId)
    route.go({ name: 'results', runId: summary.runId, tab: 'network' })
  }

  function rename(runId: string, name: string): void {
    const wanted = name.trim().slice(0, 200)
    const others = project.state.runs.names.filter((other) => other.runId !== runId)
    const before = labelOf(runId)
    if (wanted === before) return
    project.record(wanted === '' ? text.undo.unnameRun(before) : text.undo.renameRun(before, wanted), {
      runs: {
        ...project.state.runs,
        names: wanted === '' ? others : [...others, { runId, name: wanted }],
      },
    })
  }

  /** The result itself stays in the project for as long as undo can bring it back. */
  function remove(runId: string): void {
    const { runs } = project.state
    const rest = entries.value.filter(({ run: other }) => other.runId !== runId)
    project.record(text.undo.deleteRun(labelOf(runId)), {
      runs: { ...runs, deleted: [...runs.deleted, runId] },
    })
    if (view.value?.run.runId !== runId) return
    const next = rest.at(-1)?.run.runId
    view.value = null
    if (next !== undefined) route.go({ name: 'results', runId: next, tab: 'network' })
    else route.go({ name: project.dataset ? 'run' : 'start' })
  }

  /** The settings that a run was made with, as the settings of the next one. */
  async function reuseSettings(runId: string): Promise<void> {
    const origin = originOf(runId)
    const used = origin?.settings ?? (await engine.call('run.view', { runId })).settings
    project.record(text.undo.reuseSettings(labelOf(runId)), { settings: used })
    route.go({ name: 'run' })
  }

  async function save(format: ExportFormat, options: ExportOptionsInput = {}): Promise<void> {
    if (!view.value) return
    try {
      if (format === 'report-html') await project.keepNow()
      const file = await engine.call('run.export', {
        runId: view.value.run.runId,
        format,
        options,
        projectId: project.keptAs,
      })
      const name = await host.save(file.fileName, file.bytes, file.mediaType)
      if (name !== null) notices.show(text.report.saved(name), 'ok')
    } catch (error) {
      notices.show(`${asAppError(error).message} ${text.errors.exportFailed}`, 'bad')
    }
  }

  return {
    known,
    own,
    entries,
    list,
    labelOf,
    load,
    rename,
    remove,
    reuseSettings,
    view,
    opening,
    openError,
    job,
    runError,
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
    canFinish,
    finish,
    openStored,
    dismissRunError,
    save,
  }
})

function sameGenes(a: ResultView | null, b: ResultView): boolean {
  return (
    a !== null && a.genes.length === b.genes.length && a.genes.every((gene, index) => gene === b.genes[index])
  )
}
