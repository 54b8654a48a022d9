import { AppError } from '../../../src-shared/contract/errors'
import type { ProjectContent } from '../../../src-shared/contract/project-content'
import { serialiseDocument, type ProjectDocument } from '../../io/project/project-file'
import type { ContentPlaces } from '../../io/project/write-project'
import type { FileGrants } from '../files/file-grants'
import type { RunStore } from '../runs/run-store'
import { sha256 } from '../sha256'
import { isKeepFailure, keepFailure } from './keep-failure'
import { documentOf } from './make-document'
import type { OpenProject, OpenProjects } from './open-projects'
import { placesOf, type ToSave } from './save-project'
import { writeAbout, writeKeptDocument } from './workspace'

interface Parts {
  readonly projects: OpenProjects
  readonly grants: FileGrants
  readonly runs: RunStore
  readonly app: ProjectDocument['app']
}

export interface Keeping {
  /** @throws AppError FILE_ACCESS, INVALID_PARAMS */
  readonly keepNow: (
    project: OpenProject,
    content: ProjectContent,
    unsaved: boolean,
  ) => Promise<ProjectDocument>
  /** @throws AppError FILE_ACCESS, INVALID_PARAMS */
  readonly toSave: (project: OpenProject, content: ProjectContent) => Promise<ToSave>
}

/** Writes what a window shows into the workspace of its project. */
export function createKeeping({ projects, grants, runs, app }: Parts): Keeping {
  /** Writes the content beside the file: first the files and results it names, then the document. */
  async function keepNow(
    project: OpenProject,
    content: ProjectContent,
    unsaved: boolean,
  ): Promise<ProjectDocument> {
    const { workspace, about, held } = project
    if (!(await projects.isOwn(project)))
      throw new AppError(
        'FILE_ACCESS',
        `'${about.name}' was opened in another instance of MetaCaDI and changed there. What is changed here is not kept; save it to a file of its own.`,
      )
    try {
      const made = await documentOf(content, { workspace, about, app, grants, runs, held })
      const text = serialiseDocument(made.document)
      const hash = sha256(text)
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
    } catch (error) {
      throw keepFailure(error)
    }
  }

  /**
   * What is to be saved. It is kept first, so that a failed save loses nothing; where it cannot be kept (a full disk), a save to
   * another place is what helps, and takes files and results from where they lie.
   */
  async function toSave(project: OpenProject, content: ProjectContent): Promise<ToSave> {
    try {
      const document = await keepNow(project, content, project.about.unsaved)
      return { document, places: placesOf(project) }
    } catch (error) {
      if (!isKeepFailure(error)) throw error
      const { workspace, about, held } = project
      const parts = { workspace, about, app, grants, runs, held, copies: false }
      const { document, outside, resultsOutside } = await documentOf(content, parts)
      const places: ContentPlaces = {
        dataFile: (sha256) => outside[sha256]?.path ?? placesOf(project).dataFile(sha256),
        resultFile: (sha256) => resultsOutside.get(sha256) ?? workspace.resultFile(sha256),
      }
      return { document, places }
    }
  }

  return { keepNow, toSave }
}
