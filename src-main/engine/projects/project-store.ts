import { createHash } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename } from 'node:path'
import { AppError } from '../../../src-shared/contract/errors'
import {
  PROJECT_EXTENSION,
  type LockHolder,
  type OpenedProject,
  type ReadOnlyReason,
  type RecentProject,
  type SavedProject,
} from '../../../src-shared/contract/project'
import type { ProjectContent } from '../../../src-shared/contract/project-content'
import type { RunSettings } from '../../../src-shared/domain/run-settings'
import { realDisk, type Disk } from '../../io/project/disk'
import { lockFile, ownerAlive, type Owner } from '../../io/project/lock'
import { PROJECT_VERSION } from '../../io/project/migrations'
import { parseDocument, serialiseDocument, type ProjectDocument } from '../../io/project/project-file'
import { unpackProject } from '../../io/project/read-project'
import { removeLeftovers, replaceFile } from '../../io/project/replace-file'
import { writeProject } from '../../io/project/write-project'
import type { FileGrants } from '../files/file-grants'
import { opaqueId } from '../opaque-id'
import type { RunStore } from '../runs/run-store'
import { carryProject } from '../../report/carried-project'
import { projectForReport } from './carry-project'
import { documentOf, type HeldCache } from './make-document'
import { pruneKept, recentProjects, unsavedWorkOn } from './kept-projects'
import { restoreContent } from './restore-content'
import {
  makeFolders,
  readAbout,
  readKeptDocument,
  removeWorkspace,
  unknownProject,
  workspaceAt,
  writeAbout,
  writeKeptDocument,
  type About,
  type Workspace,
} from './workspace'

/** A project that a window has open. */
interface OpenProject {
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

export interface ProjectStore {
  readonly keep: (
    projectId: string | null,
    content: ProjectContent,
    unsaved: boolean,
  ) => Promise<{ projectId: string; keptAt: string }>
  readonly save: (
    projectId: string | null,
    content: ProjectContent,
    to: 'same' | 'download' | { readonly file: string },
  ) => Promise<SavedProject>
  readonly open: (
    file: { readonly path: string; readonly name: string; readonly isCopy: boolean },
    options: { readonly lookOnly: boolean; readonly takeOver: boolean; readonly from?: 'report' },
  ) => Promise<OpenedProject>
  readonly resume: (projectId: string) => Promise<OpenedProject>
  readonly close: (projectId: string) => Promise<void>
  readonly recent: () => Promise<RecentProject[]>
  readonly forget: (projectId: string) => Promise<void>
  /** An HTML report of a run with its project in it, as far as it stays below the size of a report. */
  readonly carriedBy: (
    page: Uint8Array,
    runId: string,
    settings: RunSettings,
    projectId: string | null,
  ) => Promise<Uint8Array>
  /** Gives back every lock. */
  readonly shutdown: () => Promise<void>
}

interface Parts {
  /** `<data folder>/projects` */
  readonly root: string
  readonly grants: FileGrants
  readonly runs: RunStore
  readonly appVersion: string
  readonly disk?: Disk
}

/** of an HTML report, in bytes */
const LARGEST_REPORT = 5_000_000 - 10_000

/** Projects of this program on this computer: kept while they are worked on, saved to files, found again after a crash. */
export function createProjectStore({ root, grants, runs, appVersion, disk = realDisk }: Parts): ProjectStore {
  mkdirSync(root, { recursive: true, mode: 0o700 })
  const own: Owner = { computer: hostname(), process: process.pid, instance: opaqueId() }
  const open = new Map<string, OpenProject>()
  const app = { name: 'MetaCaDI Desktop', version: appVersion }
  void pruneKept(root, (projectId, about) => open.has(projectId) || isElsewhere(about)).catch(() => undefined)

  const isElsewhere = ({ owner }: About): boolean =>
    owner !== null && owner.instance !== own.instance && ownerAlive(owner, own)

  /** The project as this process has it open, or takes it over from one that has ended. */
  async function owned(projectId: string): Promise<OpenProject> {
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
    return register(workspace, { ...about, owner: own }, null)
  }

  function register(workspace: Workspace, about: About, readOnly: ReadOnlyReason | null): OpenProject {
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

  async function begin(content: ProjectContent): Promise<OpenProject> {
    const workspace = workspaceAt(root, opaqueId())
    await makeFolders(workspace)
    return register(
      workspace,
      {
        name: content.name,
        id: opaqueId(),
        changedAt: new Date().toISOString(),
        unsaved: true,
        runs: 0,
        owner: own,
        file: null,
        outside: {},
      },
      null,
    )
  }

  /** One write of a project at a time, in the order they were asked for. */
  function inTurn<R>(project: OpenProject, work: () => Promise<R>): Promise<R> {
    const next = project.writing.catch(() => undefined).then(work)
    project.writing = next
    return next
  }

  async function keepNow(
    project: OpenProject,
    content: ProjectContent,
    unsaved: boolean,
  ): Promise<ProjectDocument> {
    const { workspace } = project
    const made = await documentOf(content, {
      workspace,
      about: project.about,
      app,
      grants,
      runs,
      held: project.held,
    })
    const text = serialiseDocument(made.document)
    const hash = createHash('sha256').update(text).digest('hex')
    if (hash !== project.keptText) {
      await writeKeptDocument(workspace, text)
      project.keptText = hash
    }
    project.about = {
      ...project.about,
      name: content.name,
      changedAt: new Date().toISOString(),
      unsaved,
      runs: content.runs.length,
      outside: { ...project.about.outside, ...made.outside },
    }
    await writeAbout(workspace, project.about)
    return made.document
  }

  async function lock(project: OpenProject, takeOver: boolean): Promise<void> {
    const { file } = project.about
    if (!file || project.release || project.readOnly) return
    const attempt = await lockFile(file.path, own, takeOver)
    if (attempt.state === 'held') project.release = attempt.release
    else if (attempt.state === 'taken') {
      project.readOnly = 'locked'
      project.lockedBy = attempt.by
    } else project.readOnly = 'folder'
  }

  async function described(path: string, name: string): Promise<About['file']> {
    const { size, mtimeMs } = await stat(path)
    return { path, name, bytes: size, modified: mtimeMs }
  }

  async function saveTo(project: OpenProject, document: ProjectDocument, path: string): Promise<void> {
    const { about, workspace } = project
    const other = about.file?.path !== path
    let release = other ? null : project.release
    if (!release) {
      const attempt = await lockFile(path, own)
      if (attempt.state === 'taken')
        throw new AppError(
          'FILE_ACCESS',
          `'${basename(path)}' is open elsewhere (${attempt.by.who}). Save under another name.`,
        )
      if (attempt.state === 'held') release = attempt.release
    }
    try {
      await replaceFile(path, (write) => writeProject(document, placesOf(project), write), {
        disk,
        keepPrevious: true,
      })
    } catch (error) {
      if (other) await release?.()
      throw error
    }
    await removeLeftovers(path, disk)
    if (other) await project.release?.()
    project.release = release
    project.readOnly = null
    project.lockedBy = null
    project.about = { ...project.about, unsaved: false, file: await described(path, basename(path)) }
    await writeAbout(workspace, project.about)
  }

  const placesOf = ({ workspace, about }: OpenProject) => ({
    dataFile: (sha256: string) => about.outside[sha256]?.path ?? workspace.dataFile(sha256),
    resultFile: workspace.resultFile,
  })

  async function answer(
    project: OpenProject,
    document: ProjectDocument,
    problems: readonly string[],
  ): Promise<OpenedProject> {
    const { workspace, about } = project
    const content = await restoreContent(document, {
      grants,
      runs,
      dataFile: placesOf(project).dataFile,
      resultFile: workspace.resultFile,
    })
    return {
      projectId: workspace.projectId,
      content,
      fileName: about.file?.name ?? null,
      unsaved: about.unsaved,
      readOnly: project.readOnly,
      lockedBy: project.lockedBy,
      problems,
      recovery:
        about.file && !about.unsaved
          ? await unsavedWorkOn(root, about.file.path, (other, its) => open.has(other) || isElsewhere(its))
          : null,
    }
  }

  return {
    keep: async (projectId, content, unsaved) => {
      const project = projectId === null ? await begin(content) : await owned(projectId)
      return inTurn(project, async () => {
        await keepNow(project, content, unsaved)
        return { projectId: project.workspace.projectId, keptAt: project.about.changedAt }
      })
    },

    save: async (projectId, content, to) => {
      const project = projectId === null ? await begin(content) : await owned(projectId)
      return inTurn(project, async () => {
        const document = await keepNow(project, content, project.about.unsaved)
        const savedAt = new Date().toISOString()
        if (to === 'download') {
          const pieces: Uint8Array[] = []
          await writeProject(document, placesOf(project), (piece) => {
            pieces.push(piece)
            return Promise.resolve()
          })
          project.about = { ...project.about, unsaved: false }
          await writeAbout(project.workspace, project.about)
          const fileName = `${fileStemOf(content.name)}${PROJECT_EXTENSION}`
          const bytes = new Uint8Array(Buffer.concat(pieces))
          return { projectId: project.workspace.projectId, fileName, savedAt, bytes }
        }
        await saveTo(project, document, targetOf(project, to, grants))
        const { workspace, about } = project
        return { projectId: workspace.projectId, fileName: about.file!.name, savedAt, bytes: null }
      })
    },

    open: async ({ path, name, isCopy }, { lookOnly, takeOver, from }) => {
      const workspace = workspaceAt(root, opaqueId())
      await makeFolders(workspace)
      try {
        const { document, version, intact, problems } = await unpackProject(path, name, workspace)
        const usable = onlyIntact(document, intact)
        const about: About = {
          name: document.content.name,
          id: document.id,
          changedAt: new Date().toISOString(),
          unsaved: from === 'report',
          runs: usable.results.length,
          owner: own,
          file: isCopy || from === 'report' ? null : await described(path, name),
          outside: {},
        }
        const reason: ReadOnlyReason | null =
          from === 'report'
            ? 'report'
            : version > PROJECT_VERSION
              ? 'newer-version'
              : problems.length > 0
                ? 'damaged'
                : null
        const project = register(workspace, about, reason)
        if (!lookOnly) await lock(project, takeOver)
        if (about.file && !project.readOnly) await removeLeftovers(path, disk)
        const text = serialiseDocument(usable)
        await writeKeptDocument(workspace, text)
        project.keptText = createHash('sha256').update(text).digest('hex')
        await writeAbout(workspace, about)
        return await answer(project, usable, problems)
      } catch (error) {
        open.delete(workspace.projectId)
        await removeWorkspace(workspace)
        throw error
      }
    },

    resume: async (projectId) => {
      const project = await owned(projectId)
      await project.writing.catch(() => undefined)
      const { document } = parseDocument(await readKeptDocument(project.workspace), project.about.name)
      await lock(project, false)
      await writeAbout(project.workspace, project.about)
      return answer(project, document, [])
    },

    close: async (projectId) => {
      const project = open.get(projectId)
      if (!project) return
      open.delete(projectId)
      await leave(project)
    },

    recent: () => recentProjects(root, (projectId, about) => open.has(projectId) || isElsewhere(about)),

    forget: async (projectId) => {
      const project = open.get(projectId)
      open.delete(projectId)
      await project?.writing.catch(() => undefined)
      await project?.release?.()
      await removeWorkspace(workspaceAt(root, projectId))
    },

    carriedBy: async (page, runId, settings, projectId) => {
      if (projectId !== null) await open.get(projectId)?.writing.catch(() => undefined)
      const limit = LARGEST_REPORT - page.length
      const project = await projectForReport(runId, settings, projectId, limit, { runs, root, app })
      if (!project) return page
      return new TextEncoder().encode(carryProject(new TextDecoder().decode(page), project))
    },

    shutdown: async () => {
      const all = [...open.values()]
      open.clear()
      await Promise.all(all.map(leave))
    },
  }

  async function leave(project: OpenProject): Promise<void> {
    await project.writing.catch(() => undefined)
    await project.release?.()
    project.release = null
    project.about = { ...project.about, owner: null }
    if (existsSync(project.workspace.folder))
      await writeAbout(project.workspace, project.about).catch(() => undefined)
  }
}

function targetOf(
  { about, readOnly }: OpenProject,
  to: 'same' | { readonly file: string },
  grants: FileGrants,
): string {
  if (to === 'same') {
    if (about.file && readOnly === null) return about.file.path
    throw new AppError(
      'FILE_ACCESS',
      about.file
        ? `'${about.file.name}' is open for reading only. Save it under another name.`
        : 'This project has no file yet. Choose where to save it.',
    )
  }
  const { path, use } = grants.resolve(to.file)
  if (use !== 'save')
    throw new AppError(
      'FILE_ACCESS',
      'That file was chosen to be read, not to be written. Choose where to save.',
    )
  return path.toLowerCase().endsWith(PROJECT_EXTENSION) ? path : `${path}${PROJECT_EXTENSION}`
}

/** What could not be unpacked is no longer promised. */
function onlyIntact(document: ProjectDocument, intact: ReadonlySet<string>): ProjectDocument {
  return {
    ...document,
    data: document.data.map((file) => ({ ...file, held: file.held && intact.has(file.sha256) })),
    results: document.results.filter(({ sha256 }) => intact.has(sha256)),
  }
}

const fileStemOf = (name: string): string =>
  name.replace(/\.(csv|tsv|txt|tab|xlsx|h5ad|h5|mtx|gz)$/gi, '').replace(/[^\p{L}\p{N} ._()+-]/gu, '_') ||
  'project'
