import { defineStore, storeToRefs } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { AppError } from '../../src-shared/contract/errors'
import type { GrantedFileHandle } from '../../src-shared/contract/host'
import {
  PROJECT_MEDIA_TYPE,
  type LockHolder,
  type OpenedProject,
  type ReadOnlyReason,
  type RecentProject,
} from '../../src-shared/contract/project'
import { packContent, unpackContent, type ProjectContent } from '../../src-shared/contract/project-content'
import { EMPTY_STATE } from '../../src-shared/contract/project-state'
import { host } from '../services/host'
import { startHistory } from '../services/history'
import { rememberSession, sessionOf } from '../services/session'
import { text } from '../strings'
import { asAppError, useEngine } from './engine'
import { useNotices } from './notices'
import { useProject } from './project'
import { useRoute } from './route'
import { useRuns } from './runs'

/** Long enough that a drag is one write, short enough that a crash costs a second of work. */
const KEEP_AFTER_MS = 700

/** The project as a file and as kept work: opening, saving, and keeping every change outside the file. */
export const useProjectFile = defineStore('project-file', () => {
  const engine = useEngine()
  const notices = useNotices()
  const project = useProject()
  const route = useRoute()
  const runs = useRuns()

  const { keptAs: projectId } = storeToRefs(project)
  const name = ref('')
  const fileName = ref<string | null>(null)
  const readOnly = ref<ReadOnlyReason | null>(null)
  const lockedBy = shallowRef<LockHolder | null>(null)
  const problems = shallowRef<readonly string[]>([])
  const recovery = shallowRef<OpenedProject['recovery']>(null)
  const recent = shallowRef<readonly RecentProject[]>([])
  /** there is work that no file holds */
  const edited = ref(false)
  const savedAt = ref<string | null>(null)
  const keptAt = ref<string | null>(null)
  const keepError = shallowRef<AppError | null>(null)
  const saving = ref(false)
  /** false until the project of an earlier life of this window is back */
  const ready = ref(false)
  let openedFrom: GrantedFileHandle | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let writing: Promise<unknown> = Promise.resolve()
  let loading = false

  const worthKeeping = computed(() => project.dataset !== null || runs.own.length > 0)
  const shownName = computed(() => fileName.value ?? (name.value || null))

  function content(): ProjectContent {
    // A deleted run is part of the project for as long as a step back can show it.
    const states = [
      ...project.history.past.map((step) => step.state),
      project.state,
      ...project.history.future.map((step) => step.state),
    ]
    const reachable = runs.own.filter((run) =>
      states.some((state) => !state.runs.deleted.includes(run.runId)),
    )
    return packContent({
      name: name.value || project.dataset?.name || runs.view?.run.name || text.commands.newProject,
      history: project.history,
      runs: reachable,
      shown: runs.view?.run.runId ?? null,
    })
  }

  /** One write after the other; what was asked for while one was under way is in the next. */
  function inTurn<R>(work: () => Promise<R>): Promise<R> {
    const next = writing.then(work, work)
    writing = next.catch(() => undefined)
    return next
  }

  async function keep(): Promise<void> {
    clearTimeout(timer)
    if (!worthKeeping.value) return
    try {
      const kept = await engine.call('project.keep', {
        projectId: projectId.value,
        content: content(),
        unsaved: edited.value,
      })
      projectId.value = kept.projectId
      keptAt.value = kept.keptAt
      keepError.value = null
      remember()
    } catch (failure) {
      const known = asAppError(failure)
      // While the engine is away the status bar says so; when it is back, this is tried again.
      if (known.code === 'DISCONNECTED' || known.code === 'CANCELLED') return
      if (!keepError.value) notices.show(text.project.notKeptText(known.message), 'bad')
      keepError.value = known
    }
  }

  project.keepNow = () => inTurn(keep)

  function keepSoon(): void {
    if (loading) return
    clearTimeout(timer)
    timer = setTimeout(() => void inTurn(keep), KEEP_AFTER_MS)
  }

  function remember(): void {
    rememberSession({ projectId: projectId.value, datasetId: project.dataset?.datasetId ?? null })
  }

  watch(
    () => [project.edits, runs.own] as const,
    () => {
      if (!loading) edited.value = true
    },
    { flush: 'sync' },
  )
  watch(() => [project.history, runs.own, runs.view?.run.runId, project.dataset] as const, keepSoon)
  watch(
    () => engine.connections,
    (count) => {
      // A new engine process has to hear that the project is still in use.
      if (count > 1) keepSoon()
    },
  )
  addEventListener('pagehide', () => {
    if (timer !== undefined && worthKeeping.value && !loading) void keep()
  })

  /** Nothing of the project before is shown any more; what was kept of it stays in the list of recent ones. */
  async function leave(): Promise<void> {
    clearTimeout(timer)
    if (edited.value || keptAt.value === null) await inTurn(keep)
    const left = projectId.value
    reset()
    if (left !== null) await engine.call('project.close', { projectId: left }).catch(() => undefined)
  }

  function reset(): void {
    projectId.value = null
    name.value = ''
    fileName.value = null
    readOnly.value = null
    lockedBy.value = null
    problems.value = []
    recovery.value = null
    edited.value = false
    savedAt.value = null
    keptAt.value = null
    keepError.value = null
    openedFrom = null
    rememberSession({ projectId: null, datasetId: null })
  }

  async function newProject(): Promise<void> {
    await leave()
    silently(() => {
      project.load(startHistory(EMPTY_STATE))
      runs.load([])
    })
    route.go({ name: 'start' })
  }

  /**
   * What `read` brings into the window is a new project.
   * @param withItsRuns it brings its runs as well
   */
  async function beginWith(read: () => Promise<boolean>, withItsRuns = false): Promise<boolean> {
    // The work before is kept first: the reading replaces it on success.
    if (worthKeeping.value) await inTurn(keep)
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
    edited.value = true
    keepSoon()
    return true
  }

  function silently(work: () => void): void {
    const before = loading
    loading = true
    try {
      work()
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
    projectId.value = opened.projectId
    name.value = open.name
    fileName.value = opened.fileName
    readOnly.value = opened.readOnly
    lockedBy.value = opened.lockedBy
    problems.value = opened.problems
    recovery.value = opened.recovery
    edited.value = opened.unsaved
    keptAt.value = null
    savedAt.value = null
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
      clearTimeout(timer)
      const before = project.edits
      const saved = await inTurn(() =>
        engine.call('project.save', { projectId: projectId.value, content: content(), to }),
      )
      projectId.value = saved.projectId
      if (saved.bytes) {
        const given = await host.save(saved.fileName, saved.bytes, PROJECT_MEDIA_TYPE)
        if (given === null) return
      } else fileName.value = saved.fileName
      if (project.edits === before) edited.value = false
      readOnly.value = null
      lockedBy.value = null
      problems.value = []
      savedAt.value = saved.savedAt
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

  async function loadRecent(): Promise<void> {
    try {
      recent.value = await engine.call('project.recent', {})
    } catch {
      // The start page says that the engine is away and asks again when it is back.
    }
  }

  async function forget(id: string): Promise<void> {
    await engine.call('project.forget', { projectId: id }).catch(() => undefined)
    if (recovery.value?.projectId === id) recovery.value = null
    if (projectId.value === id) {
      reset()
      silently(() => {
        project.load(startHistory(EMPTY_STATE))
        runs.load([])
      })
    }
    await loadRecent()
  }

  return {
    projectId,
    name,
    fileName,
    shownName,
    readOnly,
    lockedBy,
    problems,
    recovery,
    recent,
    edited,
    savedAt,
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
