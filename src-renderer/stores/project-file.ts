import { defineStore, storeToRefs } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { GrantedFileHandle } from '../../src-shared/contract/host'
import { PROJECT_MEDIA_TYPE, type OpenedProject } from '../../src-shared/contract/project'
import { unpackContent, type ProjectContent } from '../../src-shared/contract/project-content'
import { EMPTY_STATE } from '../../src-shared/contract/project-state'
import { host } from '../services/host'
import { startHistory } from '../services/history'
import { rememberSession, sessionOf } from '../services/session'
import { wholeProject } from '../services/whole-project'
import { text } from '../strings'
import { editedMark } from './edited-mark'
import { asAppError, useEngine } from './engine'
import { fileFacts } from './file-facts'
import { keepWork } from './keep-work'
import { useNotices } from './notices'
import { useProject } from './project'
import { recentProjects } from './recent-projects'
import { useRoute } from './route'
import { useRuns } from './runs'

/** The project as a file and as kept work: opening, saving, and keeping every change outside the file. */
export const useProjectFile = defineStore('project-file', () => {
  const engine = useEngine()
  const notices = useNotices()
  const project = useProject()
  const route = useRoute()
  const runs = useRuns()

  const { keptAs: projectId } = storeToRefs(project)
  const name = ref('')
  const facts = fileFacts()
  const { fileName, readOnly, recovery } = facts
  /** null until they were listed once */
  const { recent, recentError, loadRecent } = recentProjects()
  const mark = editedMark(project, () => runs.own)
  const { edited } = mark
  const saving = ref(false)
  /** false until the project of an earlier life of this window is back */
  const ready = ref(false)
  let openedFrom: GrantedFileHandle | null = null
  let loading = false

  const worthKeeping = computed(() => project.dataset !== null || runs.own.length > 0)
  const shownName = computed(() => fileName.value ?? (name.value || null))

  const content = (): ProjectContent =>
    wholeProject({
      name: name.value || project.dataset?.name || runs.view?.run.name || text.commands.newProject,
      history: project.history,
      runs: runs.own,
      shown: runs.view?.run.runId ?? null,
    })

  const work = keepWork({
    projectId,
    worthKeeping: () => worthKeeping.value,
    content,
    unsaved: () => edited.value,
    onKept: remember,
  })
  const { keptAt, error: keepError } = work
  project.keepNow = work.keep

  function keepSoon(): void {
    if (!loading) work.keepSoon()
  }

  function remember(): void {
    rememberSession({ projectId: projectId.value, datasetId: project.dataset?.datasetId ?? null })
  }

  watch(() => [project.history, runs.own, runs.view?.run.runId, project.dataset] as const, keepSoon)
  watch(
    () => engine.reconnections,
    // A new engine process has to hear that the project is still in use.
    keepSoon,
  )
  addEventListener('pagehide', () => {
    if (work.isPlanned() && worthKeeping.value && !loading) void work.keep()
  })

  /** Nothing of the project before is shown any more; what was kept of it stays in the list of recent ones. */
  async function leave(): Promise<void> {
    work.notSoon()
    if (edited.value || keptAt.value === null) await work.keep()
    const left = projectId.value
    reset()
    if (left !== null) await engine.call('project.close', { projectId: left }).catch(() => undefined)
  }

  function reset(): void {
    projectId.value = null
    name.value = ''
    facts.reset()
    mark.forget(false)
    work.reset()
    openedFrom = null
    rememberSession({ projectId: null, datasetId: null })
  }

  function empty(): void {
    silently(() => {
      project.load(startHistory(EMPTY_STATE))
      runs.load([])
    })
    mark.forget(false)
  }

  async function newProject(): Promise<void> {
    await leave()
    empty()
    route.go({ name: 'start' })
  }

  /**
   * What `read` brings into the window is a new project.
   * @param withItsRuns it brings its runs as well
   */
  async function beginWith(read: () => Promise<boolean>, withItsRuns = false): Promise<boolean> {
    // The work before is kept first: the reading replaces it on success.
    if (worthKeeping.value) await work.keep()
    const left = projectId.value
    loading = true
    try {
      if (!(await read())) return false
      reset()
      if (!withItsRuns) runs.load([])
      name.value = project.dataset?.name ?? runs.view?.run.name ?? ''
    } finally {
      loading = false
    }
    if (left !== null) void engine.call('project.close', { projectId: left }).catch(() => undefined)
    mark.forget(true)
    keepSoon()
    return true
  }

  function silently(change: () => void): void {
    const before = loading
    loading = true
    try {
      change()
    } finally {
      loading = before
    }
  }

  function show(opened: OpenedProject, knownDataset: string | null = null): void {
    const open = unpackContent(opened.content)
    silently(() => {
      project.load(open.history)
      runs.load(open.runs)
    })
    if (opened.unsaved) mark.forget(true)
    else mark.take()()
    projectId.value = opened.projectId
    name.value = open.name
    facts.take(opened)
    work.reset()
    void runs.refresh()
    void project.readPresent(open.name, knownDataset).then(remember)
    remember()
  }

  function goToContent(shown: string | null): void {
    const runId = shown ?? runs.own.at(-1)?.runId
    if (runId !== undefined) route.go({ name: 'results', runId, tab: 'network' })
    else route.go({ name: project.read ? 'import' : 'start' })
  }

  /** @throws AppError */
  async function open(file: GrantedFileHandle, takeOver = false): Promise<void> {
    const opened = await engine.call('project.open', { file: file.handle, takeOver })
    await leave()
    show(opened)
    openedFrom = file
    goToContent(opened.content.shown)
  }

  /** @throws AppError */
  async function resume(id: string): Promise<void> {
    const opened = await engine.call('project.resume', { projectId: id })
    if (projectId.value !== null && projectId.value !== id) await leave()
    show(opened)
    goToContent(opened.content.shown)
  }

  /** What this window had open before it was reloaded, or what its address names. */
  async function restoreSession(): Promise<void> {
    const session = sessionOf()
    const { current } = route
    const wanted = current.name === 'project' ? current.projectId : session.projectId
    try {
      if (wanted !== null) {
        const opened = await engine.call('project.resume', { projectId: wanted })
        show(opened, session.datasetId)
        if (current.name === 'project') goToContent(opened.content.shown)
      }
    } catch {
      // Closed or taken by another instance: the start page lists what there is.
      rememberSession({ projectId: null, datasetId: null })
      if (current.name === 'project') route.go({ name: 'start' })
    } finally {
      ready.value = true
    }
  }

  async function save(asOther = false): Promise<void> {
    if (!worthKeeping.value || saving.value) return
    saving.value = true
    try {
      const to = await target(asOther)
      if (to === null) return
      work.notSoon()
      let markSaved = mark.take()
      const saved = await work.inTurn(() => {
        markSaved = mark.take()
        return engine.call('project.save', { projectId: projectId.value, content: content(), to })
      })
      projectId.value = saved.projectId
      if (saved.bytes) {
        const given = await host.save(saved.fileName, saved.bytes, PROJECT_MEDIA_TYPE)
        if (given === null) return
      }
      markSaved()
      facts.saved(saved.bytes ? null : saved.fileName, saved.savedAt)
      remember()
      notices.show(
        saved.bytes ? text.project.downloaded(saved.fileName) : text.project.saved(saved.fileName),
        'ok',
      )
    } catch (failure) {
      notices.show(asAppError(failure).message, 'bad')
    } finally {
      saving.value = false
    }
  }

  async function target(asOther: boolean): Promise<'same' | 'download' | { file: string } | null> {
    if (host.kind === 'web') return 'download'
    if (!asOther && fileName.value !== null && readOnly.value === null) return 'same'
    const chosen = await host.chooseProjectTarget(content().name)
    return chosen && { file: chosen.handle }
  }

  async function takeOver(): Promise<void> {
    if (!openedFrom) return
    try {
      await open(openedFrom, true)
    } catch (failure) {
      notices.show(asAppError(failure).message, 'bad')
    }
  }

  async function forget(id: string): Promise<void> {
    try {
      await engine.call('project.forget', { projectId: id })
    } catch (failure) {
      notices.show(asAppError(failure).message, 'bad')
      return
    }
    if (recovery.value?.projectId === id) recovery.value = null
    if (projectId.value === id) {
      reset()
      empty()
    }
    await loadRecent()
  }

  return {
    projectId,
    name,
    fileName,
    readOnly,
    lockedBy: facts.lockedBy,
    problems: facts.problems,
    recovery,
    savedAt: facts.savedAt,
    shownName,
    recent,
    recentError,
    edited,
    keptAt,
    keepError,
    saving,
    ready,
    worthKeeping,
    newProject,
    beginWith,
    open,
    resume,
    restoreSession,
    save,
    takeOver,
    loadRecent,
    forget,
  }
})
