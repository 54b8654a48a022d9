import { mkdirSync } from 'node:fs'
import { AppError } from '../../../src-shared/contract/errors'
import type {
  OpenedProject,
  ReadOnlyReason,
  RecentProject,
  SavedProject,
} from '../../../src-shared/contract/project'
import type { ProjectContent } from '../../../src-shared/contract/project-content'
import type { RunSettings } from '../../../src-shared/domain/run-settings'
import { realDisk, type Disk } from '../../io/project/disk'
import { PROJECT_VERSION } from '../../io/project/migrations'
import { parseDocument, serialiseDocument, type ProjectDocument } from '../../io/project/project-file'
import { unpackProject } from '../../io/project/read-project'
import { removeLeftovers } from '../../io/project/replace-file'
import type { FileGrants } from '../files/file-grants'
import { opaqueId } from '../opaque-id'
import type { RunStore } from '../runs/run-store'
import { sha256 } from '../sha256'
import { carryProject } from '../../report/carried-project'
import { projectForReport } from './carry-project'
import { described, fileStateOf, realPathOf } from './file-state'
import { dropSuperseded, pruneKept, recentProjects, unsavedWorkOn } from './kept-projects'
import { isDiskFull, keepFailure } from './keep-failure'
import { createKeeping } from './keep-project'
import { createOpenProjects, type OpenProject } from './open-projects'
import { createProjectWindows, type ProjectWindows } from './project-windows'
import { restoreContent } from './restore-content'
import { asDownload, placesOf, saveTo, targetOf, type SaveTarget } from './save-project'
import {
  makeFolders,
  readAbout,
  readKeptDocument,
  removeWorkspace,
  workspaceAt,
  writeAbout,
  writeKeptDocument,
  type About,
} from './workspace'

interface FileToOpen {
  readonly path: string
  readonly name: string
  /** a copy made by the host: what was opened is not where it could be saved */
  readonly isCopy: boolean
}
interface OpenOptions {
  readonly lookOnly: boolean
  readonly takeOver: boolean
  readonly from?: 'report'
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
    to: SaveTarget | 'download',
  ) => Promise<SavedProject>
  readonly open: (file: FileToOpen, options: OpenOptions) => Promise<OpenedProject>
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
  /** which window has which project */
  readonly windows: ProjectWindows
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
  const projects = createOpenProjects(root)
  const { own, isOpen } = projects
  const app = { name: 'MetaCaDI Desktop', version: appVersion }
  const windows = createProjectWindows(projects.close)
  void pruneKept(root, isOpen).catch(() => undefined)

  const { keepNow, toSave } = createKeeping({ projects, grants, runs, app })

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
      recovery: about.file && !about.unsaved ? await unsavedWorkOn(root, about.file.path, isOpen) : null,
    }
  }

  async function openFile(
    { path, name, isCopy }: FileToOpen,
    { lookOnly, takeOver, from }: OpenOptions,
  ): Promise<OpenedProject> {
    const workspace = workspaceAt(root, opaqueId())
    await makeFolders(workspace)
    try {
      const file = isCopy || from === 'report' ? null : await described(await realPathOf(path), name)
      const { document, version, intact, problems } = await unpackProject(path, name, workspace)
      const usable = onlyIntact(document, intact)
      const readOnly = whyReadOnly(from, version, problems)
      const about: About = {
        name: document.content.name,
        id: document.id,
        changedAt: new Date().toISOString(),
        unsaved: from === 'report',
        runs: usable.results.length,
        owner: own,
        readOnly: readOnly === 'newer-version' || readOnly === 'damaged' ? readOnly : null,
        file,
        outside: {},
      }
      const project = projects.register(workspace, about, readOnly)
      if (!lookOnly) await projects.lock(project, takeOver)
      if (about.file && !project.readOnly) await removeLeftovers(about.file.path, disk)
      const text = serialiseDocument(usable)
      await writeKeptDocument(workspace, text)
      project.keptText = sha256(text)
      await writeAbout(workspace, about)
      if (!lookOnly && !about.unsaved && problems.length === 0)
        await dropSuperseded(root, workspace.projectId, isOpen)
      return await answer(project, usable, problems)
    } catch (error) {
      await projects.drop(workspace.projectId)
      await removeWorkspace(workspace)
      throw isDiskFull(error) ? keepFailure(error) : error
    }
  }

  /** What is kept of a project, as it is; what became of its file meanwhile is told. */
  async function showKept(project: OpenProject, problems: readonly string[] = []): Promise<OpenedProject> {
    const { about, workspace } = project
    const { document } = parseDocument(await readKeptDocument(workspace), about.name)
    const file = about.file && (await fileStateOf(about.file))
    if (file === 'changed') project.readOnly ??= 'changed'
    // Nothing else holds it any more: it stays until it is saved again.
    if (file === 'gone') project.about = { ...about, unsaved: true }
    if (file !== 'gone') await projects.lock(project, false)
    // On a full disk the work can still be looked at and saved elsewhere.
    await writeAbout(workspace, project.about).catch(() => undefined)
    return answer(project, document, [
      ...problems,
      ...(file === 'gone' ? [goneText(about.file?.name ?? about.name)] : []),
    ])
  }

  return {
    keep: async (projectId, content, unsaved) => {
      const project = await (projectId === null ? projects.begin(content.name) : projects.owned(projectId))
      return projects.inTurn(project, async () => {
        // Given back while its window was away, or lost with an engine that crashed, it is held again.
        await projects.lock(project, false)
        await keepNow(project, content, unsaved)
        return { projectId: project.workspace.projectId, keptAt: project.about.changedAt }
      })
    },

    save: async (projectId, content, to) => {
      const open = projectId === null ? null : await projects.owned(projectId)
      // What another instance goes on with stays as it is: this becomes a project of its own.
      const isOwn = open !== null && (to === 'same' || (await projects.isOwn(open)))
      const project = isOwn ? open : await projects.begin(content.name)
      return projects.inTurn(project, async () => {
        const made = await toSave(project, content)
        const savedAt = new Date().toISOString()
        const known = { projectId: project.workspace.projectId, savedAt }
        if (to === 'download') return { ...known, ...(await asDownload(project, made)) }
        await saveTo(project, made, await targetOf(project, to, grants), { own, disk })
        return { ...known, fileName: project.about.file!.name, bytes: null }
      })
    },

    open: openFile,

    resume: async (projectId) => {
      const project = await projects.owned(projectId)
      await project.writing.catch(() => undefined)
      const { file, unsaved } = project.about
      if (!file || unsaved || (await fileStateOf(file)) !== 'changed') return showKept(project)
      // The file holds all that is kept, and more: it is what the user means.
      await projects.close(projectId)
      try {
        const opened = await openFile({ ...file, isCopy: false }, { lookOnly: false, takeOver: false })
        await removeWorkspace(project.workspace)
        return opened
      } catch (error) {
        return showKept(await projects.owned(projectId), [
          error instanceof AppError ? error.message : String(error),
        ])
      }
    },

    close: projects.close,

    recent: () => recentProjects(root, (id, about) => windows.isShown(id) || projects.isElsewhere(about)),

    forget: async (projectId) => {
      const workspace = workspaceAt(root, projectId)
      const about = await readAbout(workspace)
      if (about && projects.isElsewhere(about))
        throw new AppError(
          'FILE_ACCESS',
          `'${about.name}' is open in another instance of MetaCaDI. Close it there first.`,
        )
      await projects.drop(projectId)
      await removeWorkspace(workspace)
    },

    windows,

    carriedBy: async (page, runId, settings, projectId) => {
      if (projectId !== null) await projects.find(projectId)?.writing.catch(() => undefined)
      const limit = LARGEST_REPORT - page.length
      const project = await projectForReport(runId, settings, projectId, limit, { runs, root, app })
      return new TextEncoder().encode(carryProject(new TextDecoder().decode(page), project))
    },

    shutdown: projects.closeAll,
  }
}

const goneText = (name: string): string =>
  `'${name}' is no longer where it was saved. What is shown is the copy that was kept; Save writes the file again.`

function whyReadOnly(
  from: 'report' | undefined,
  version: number,
  problems: readonly string[],
): ReadOnlyReason | null {
  if (version > PROJECT_VERSION) return 'newer-version'
  if (from === 'report') return 'report'
  return problems.length > 0 ? 'damaged' : null
}

/** What could not be unpacked is no longer promised. */
function onlyIntact(document: ProjectDocument, intact: ReadonlySet<string>): ProjectDocument {
  return {
    ...document,
    data: document.data.map((file) => ({ ...file, held: file.held && intact.has(file.sha256) })),
    results: document.results.filter(({ sha256 }) => intact.has(sha256)),
  }
}
