import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { AppError } from '../../../src-shared/contract/errors'
import type { LockHolder, ReadOnlyReason } from '../../../src-shared/contract/project'
import { lockFile, ownerAlive, type Owner } from '../../io/project/lock'
import { opaqueId } from '../opaque-id'
import type { IsOpen } from './kept-projects'
import type { HeldCache } from './make-document'
import {
  makeFolders,
  readAbout,
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
  readonly find: (projectId: string) => OpenProject | undefined
  /**
   * The project as this process has it open, or takes it over from one that has ended.
   * @throws AppError INVALID_PARAMS, FILE_ACCESS when another instance has it
   */
  readonly owned: (projectId: string) => Promise<OpenProject>
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

/** The projects that windows of this process have open, with their locks. */
export function createOpenProjects(root: string): OpenProjects {
  const own: Owner = { computer: hostname(), process: process.pid, instance: opaqueId() }
  const open = new Map<string, OpenProject>()

  const isElsewhere = ({ owner }: About): boolean =>
    owner !== null && owner.instance !== own.instance && ownerAlive(owner, own)

  function register(workspace: Workspace, about: About, readOnly: ReadOnlyReason | null = null): OpenProject {
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

  async function leave(project: OpenProject): Promise<void> {
    await project.writing.catch(() => undefined)
    await project.release?.()
    project.release = null
    project.about = { ...project.about, owner: null }
    if (existsSync(project.workspace.folder))
      await writeAbout(project.workspace, project.about).catch(() => undefined)
  }

  return {
    own,
    isOpen: (projectId, about) => open.has(projectId) || isElsewhere(about),
    find: (projectId) => open.get(projectId),
    register,

    owned: async (projectId) => {
      const known = open.get(projectId)
      if (known) return known
      const workspace = workspaceAt(root, projectId)
      const about = await readAbout(workspace)
      if (!about) throw unknownProject()
      if (isElsewhere(about))
        throw new AppError(
          'FILE_ACCESS',
          `'${about.name}' is open in another instance of MetaCaDI on this computer. Close it there first.`,
        )
      return register(workspace, { ...about, owner: own })
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
