import { existsSync } from 'node:fs'
import { AppError } from '../../../src-shared/contract/errors'
import type { LockHolder, ReadOnlyReason } from '../../../src-shared/contract/project'
import { lockFile } from '../../io/project/lock'
import { ownerAlive, ownerHere, type Owner } from '../../io/project/owner'
import { opaqueId } from '../opaque-id'
import type { IsOpen } from './kept-projects'
import type { HeldCache } from './make-document'
import {
  makeFolders,
  readAbout,
  removeCutWrites,
  unknownProject,
  workspaceAt,
  writeAbout,
  type About,
  type Workspace,
} from './workspace'

/** A project that a window has open. */
export interface OpenProject {
  readonly workspace: Workspace
  about: About
  readOnly: ReadOnlyReason | null
  lockedBy: LockHolder | null
  release: (() => Promise<void>) | null
  readonly held: HeldCache
  /** hash of the document that is kept */
  keptText: string
  /** what is being written; the next waits for it */
  writing: Promise<unknown>
}

export interface OpenProjects {
  /** who this process is to locks and kept projects */
  readonly own: Owner
  /** in this process, or in another that lives */
  readonly isOpen: IsOpen
  /** in another process that lives */
  readonly isElsewhere: (about: About) => boolean
  readonly find: (projectId: string) => OpenProject | undefined
  /**
   * The project as this process has it open, or takes it over from one that has ended.
   * @throws AppError INVALID_PARAMS, FILE_ACCESS when another instance has it
   */
  readonly owned: (projectId: string) => Promise<OpenProject>
  /** false when another computer has taken it over and changed it since */
  readonly isOwn: (project: OpenProject) => Promise<boolean>
  readonly register: (workspace: Workspace, about: About, readOnly?: ReadOnlyReason | null) => OpenProject
  /** a project that is new, under a name */
  readonly begin: (name: string) => Promise<OpenProject>
  /** Asks for the right to save over the file; without it the project is read-only. */
  readonly lock: (project: OpenProject, takeOver: boolean) => Promise<void>
  /** One write of a project at a time, in the order they were asked for. */
  readonly inTurn: <R>(project: OpenProject, work: () => Promise<R>) => Promise<R>
  /** The window is done with it: the lock is given back, what was kept stays. */
  readonly close: (projectId: string) => Promise<void>
  /** As `close`, without a word in what is kept: it is about to be removed. */
  readonly drop: (projectId: string) => Promise<void>
  readonly closeAll: () => Promise<void>
}

/**
 * The data folder may be shared by computers, and a computer may get another name. What another one has and was not changed for
 * this long can be taken; should it be changed there after all, it is noticed before anything is written.
 */
const ELSEWHERE_FREE_AFTER_MS = 10 * 60_000

/** The projects that windows of this process have open, with their locks. */
export function createOpenProjects(root: string): OpenProjects {
  const own = ownerHere(opaqueId())
  const open = new Map<string, OpenProject>()
  const opening = new Map<string, Promise<OpenProject>>()
  const closing = new Map<string, Promise<void>>()

  function isElsewhere({ owner, changedAt }: About): boolean {
    if (owner === null || owner.instance === own.instance) return false
    if (owner.computer === own.computer) return ownerAlive(owner, own)
    return Date.now() - new Date(changedAt).getTime() < ELSEWHERE_FREE_AFTER_MS
  }

  function register(
    workspace: Workspace,
    about: About,
    readOnly: ReadOnlyReason | null = about.readOnly,
  ): OpenProject {
    const project: OpenProject = {
      workspace,
      about,
      readOnly,
      lockedBy: null,
      release: null,
      held: { files: new Map(), results: new Map() },
      keptText: '',
      writing: Promise.resolve(),
    }
    open.set(workspace.projectId, project)
    return project
  }

  async function openKept(projectId: string): Promise<OpenProject> {
    const workspace = workspaceAt(root, projectId)
    const about = await readAbout(workspace)
    if (!about) throw unknownProject()
    if (isElsewhere(about))
      throw new AppError(
        'FILE_ACCESS',
        `'${about.name}' is open in another instance of MetaCaDI on ${about.owner?.computer ?? 'this computer'}. Close it there first.`,
      )
    await removeCutWrites(workspace)
    const project = register(workspace, { ...about, owner: own })
    // On a full disk the work can still be looked at and saved elsewhere.
    await writeAbout(workspace, project.about).catch(() => undefined)
    return project
  }

  /** Nobody opens it again before it is given back. */
  function leave(project: OpenProject): Promise<void> {
    const { projectId } = project.workspace
    const left = giveBack(project).finally(() => closing.delete(projectId))
    closing.set(projectId, left)
    return left
  }

  async function giveBack(project: OpenProject): Promise<void> {
    await project.writing.catch(() => undefined)
    await project.release?.()
    project.release = null
    project.about = { ...project.about, owner: null }
    if (existsSync(project.workspace.folder))
      await writeAbout(project.workspace, project.about).catch(() => undefined)
  }

  return {
    own,
    isElsewhere,
    isOpen: (projectId, about) => open.has(projectId) || isElsewhere(about),
    find: (projectId) => open.get(projectId),
    register,

    owned: async (projectId) => {
      await closing.get(projectId)
      const known = open.get(projectId)
      if (known) return known
      const under = opening.get(projectId) ?? openKept(projectId).finally(() => opening.delete(projectId))
      opening.set(projectId, under)
      return under
    },

    isOwn: async ({ workspace, about }) => {
      const now = await readAbout(workspace)
      return !now || now.owner?.instance === own.instance || now.changedAt === about.changedAt
    },

    begin: async (name) => {
      const workspace = workspaceAt(root, opaqueId())
      await makeFolders(workspace)
      return register(workspace, {
        name,
        id: opaqueId(),
        changedAt: new Date().toISOString(),
        unsaved: true,
        runs: 0,
        owner: own,
        readOnly: null,
        file: null,
        outside: {},
      })
    },

    lock: async (project, takeOver) => {
      const { file } = project.about
      if (!file || project.release || project.readOnly) return
      const attempt = await lockFile(file.path, own, takeOver)
      if (attempt.state === 'held') project.release = attempt.release
      else if (attempt.state === 'taken') {
        project.readOnly = 'locked'
        project.lockedBy = attempt.by
      } else project.readOnly = 'folder'
    },

    inTurn: (project, work) => {
      const next = project.writing.catch(() => undefined).then(work)
      project.writing = next
      return next
    },

    close: async (projectId) => {
      const project = open.get(projectId)
      if (!project) return
      open.delete(projectId)
      await leave(project)
    },

    drop: async (projectId) => {
      const project = open.get(projectId)
      open.delete(projectId)
      await project?.writing.catch(() => undefined)
      await project?.release?.()
    },

    closeAll: async () => {
      const all = [...open.values()]
      open.clear()
      await Promise.all(all.map(leave))
    },
  }
}
