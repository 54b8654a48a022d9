import { basename } from 'node:path'
import { AppError } from '../../../src-shared/contract/errors'
import { PROJECT_EXTENSION } from '../../../src-shared/contract/project'
import type { Disk } from '../../io/project/disk'
import { lockFile } from '../../io/project/lock'
import type { Owner } from '../../io/project/owner'
import type { ProjectDocument } from '../../io/project/project-file'
import { removeLeftovers, replaceFile } from '../../io/project/replace-file'
import { writeProject, type ContentPlaces } from '../../io/project/write-project'
import type { FileGrants } from '../files/file-grants'
import { described, fileStateOf, realPathOf } from './file-state'
import type { OpenProject } from './open-projects'
import { writeAbout } from './workspace'

export type SaveTarget = 'same' | { readonly file: string }

/** A document, and where the files and results that it names lie. */
export interface ToSave {
  readonly document: ProjectDocument
  readonly places: ContentPlaces
}

/** Where the files and results of an open project lie. */
export const placesOf = ({ workspace, about }: OpenProject): ContentPlaces => ({
  dataFile: (sha256) => about.outside[sha256]?.path ?? workspace.dataFile(sha256),
  resultFile: workspace.resultFile,
})

/**
 * The path a project is to be saved to.
 * @throws AppError FILE_ACCESS when it may not be written, or holds what this project has never seen
 */
export async function targetOf(
  { about, readOnly }: OpenProject,
  to: SaveTarget,
  grants: FileGrants,
): Promise<string> {
  if (to === 'same') {
    if (!about.file || readOnly !== null)
      throw new AppError(
        'FILE_ACCESS',
        about.file
          ? `'${about.file.name}' is open for reading only. Save it under another name.`
          : 'This project has no file yet. Choose where to save it.',
      )
    if ((await fileStateOf(about.file)) === 'changed')
      throw new AppError(
        'FILE_ACCESS',
        `'${about.file.name}' was changed elsewhere since it was opened here, and was left as it is. Save this work under another name; then open the file to see what changed.`,
      )
    return about.file.path
  }
  const { path, use } = grants.resolve(to.file)
  if (use !== 'save')
    throw new AppError(
      'FILE_ACCESS',
      'That file was chosen to be read, not to be written. Choose where to save.',
    )
  return realPathOf(path.toLowerCase().endsWith(PROJECT_EXTENSION) ? path : `${path}${PROJECT_EXTENSION}`)
}

/** Saves to a file, which is the file of the project from then on. @throws AppError FILE_ACCESS */
export async function saveTo(
  project: OpenProject,
  { document, places }: ToSave,
  path: string,
  { own, disk }: { readonly own: Owner; readonly disk: Disk },
): Promise<void> {
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
    await replaceFile(path, (write) => writeProject(document, places, write), {
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
  project.about = {
    ...project.about,
    unsaved: false,
    readOnly: null,
    file: await described(path, basename(path)),
  }
  // It is saved, also where that cannot be noted.
  await writeAbout(workspace, project.about).catch(() => undefined)
}

/** The file as bytes, for a host that hands it to the user. */
export async function asDownload(
  project: OpenProject,
  { document, places }: ToSave,
): Promise<{ fileName: string; bytes: Uint8Array }> {
  const pieces: Uint8Array[] = []
  await writeProject(document, places, (piece) => {
    pieces.push(piece)
    return Promise.resolve()
  })
  project.about = { ...project.about, unsaved: false }
  await writeAbout(project.workspace, project.about).catch(() => undefined)
  return {
    fileName: `${fileStemOf(project.about.name)}${PROJECT_EXTENSION}`,
    bytes: new Uint8Array(Buffer.concat(pieces)),
  }
}

const fileStemOf = (name: string): string =>
  name.replace(/\.(csv|tsv|txt|tab|xlsx|h5ad|h5|mtx|gz)$/gi, '').replace(/[^\p{L}\p{N} ._()+-]/gu, '_') ||
  'project'
