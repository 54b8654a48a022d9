import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { constants } from 'node:fs'
import { copyFile, mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../src-shared/contract/errors'
import { Owner } from '../../io/project/owner'
import { parseDocument } from '../../io/project/project-file'
import { writeAtomically } from '../files/write-atomically'
import { isDiskFull } from './keep-failure'

/** What is known about a kept project besides its content. Paths never leave this computer: this is not in the file. */
const About = z.object({
  name: z.string(),
  /** of the project, the same in every copy of it */
  id: z.string(),
  changedAt: z.string(),
  unsaved: z.boolean(),
  runs: z.number(),
  owner: Owner.nullable(),
  /** what makes it read-only towards its file whenever it is opened again */
  readOnly: z.enum(['newer-version', 'damaged']).nullable().default(null),
  file: z.object({ path: z.string(), name: z.string(), bytes: z.number(), modified: z.number() }).nullable(),
  /** large input files are not copied: where they lie */
  outside: z.record(z.string(), z.object({ path: z.string(), bytes: z.number() })),
})
export type About = z.infer<typeof About>

/** Larger files stay where they are until the project is saved. */
const COPY_AT_MOST = 256 * 1024 * 1024

const DOCUMENT = 'project.json'
const ABOUT = 'about.json'
const ID = /^[\w-]{20,40}$/

/**
 * Where a project is kept between saves: its document, and the files and results it names by their SHA-256. The folder lies in
 * the data folder of the program and outlives window, engine and host.
 */
export interface Workspace {
  readonly projectId: string
  readonly folder: string
  readonly dataFile: (sha256: string) => string
  readonly resultFile: (sha256: string) => string
}

export function workspaceAt(root: string, projectId: string): Workspace {
  if (!ID.test(projectId)) throw unknownProject()
  const folder = join(root, projectId)
  return {
    projectId,
    folder,
    dataFile: (sha256) => join(folder, 'data', sha256),
    resultFile: (sha256) => join(folder, 'results', `${sha256}.json`),
  }
}

export const unknownProject = (): AppError =>
  new AppError('INVALID_PARAMS', 'This project is not kept here any more. Open its file again.')

export async function makeFolders({ folder }: Workspace): Promise<void> {
  for (const part of ['data', 'results']) await mkdir(join(folder, part), { recursive: true, mode: 0o700 })
}

/** @returns undefined when nothing is kept there */
export async function readAbout(workspace: Workspace): Promise<About | undefined> {
  try {
    return About.parse(JSON.parse(await readFile(join(workspace.folder, ABOUT), 'utf8')))
  } catch {
    return aboutFromDocument(workspace)
  }
}

/** What is said about a project may be lost, or of another version of the program; the work itself counts. */
async function aboutFromDocument(workspace: Workspace): Promise<About | undefined> {
  try {
    const { document } = parseDocument(await readKeptDocument(workspace), '')
    return {
      name: document.content.name,
      id: document.id,
      changedAt: (await stat(join(workspace.folder, DOCUMENT))).mtime.toISOString(),
      unsaved: true,
      runs: document.results.length,
      owner: null,
      readOnly: null,
      file: null,
      outside: {},
    }
  } catch {
    return undefined
  }
}

export const writeAbout = ({ folder }: Workspace, about: About): Promise<void> =>
  writeAtomically(join(folder, ABOUT), JSON.stringify(about))

export const readKeptDocument = ({ folder }: Workspace): Promise<string> =>
  readFile(join(folder, DOCUMENT), 'utf8')

export const writeKeptDocument = ({ folder }: Workspace, text: string): Promise<void> =>
  writeAtomically(join(folder, DOCUMENT), text)

export async function listWorkspaces(root: string): Promise<Workspace[]> {
  const names = await readdir(root).catch(() => [])
  return names.filter((name) => ID.test(name)).map((name) => workspaceAt(root, name))
}

const LEFT_BEHIND_MS = 86_400_000

/** Nothing was ever kept in it: its making was cut off, and not just now. */
export async function isLeftBehind(workspace: Workspace): Promise<boolean> {
  const { folder } = workspace
  if (existsSync(join(folder, ABOUT)) || existsSync(join(folder, DOCUMENT))) return false
  const found = await stat(folder).catch(() => undefined)
  return found !== undefined && Date.now() - found.mtimeMs > LEFT_BEHIND_MS
}

/** Temporary files of a process that was killed; the project is not open anywhere else. */
export async function removeCutWrites({ folder }: Workspace): Promise<void> {
  for (const part of ['.', 'data', 'results'])
    for (const name of await readdir(join(folder, part)).catch(() => []))
      if (name.endsWith('.tmp')) await rm(join(folder, part, name), { force: true })
}

export const removeWorkspace = ({ folder }: Workspace): Promise<void> =>
  rm(folder, { recursive: true, force: true })

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer)
  return hash.digest('hex')
}

/** A copy has its name only when all of it is there: a name stands for a whole content, also after a crash or on a full disk. */
export async function copyWhole(from: string, to: string): Promise<void> {
  const temporary = `${to}.tmp`
  try {
    await copyFile(from, temporary, constants.COPYFILE_FICLONE)
    const file = await open(temporary, 'r+')
    await file.sync().finally(() => file.close())
    await rename(temporary, to)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

export interface HeldFile {
  readonly sha256: string
  readonly bytes: number
  /** where it lies when it is too large to copy */
  readonly outside: string | null
}

/**
 * Takes a file into the workspace, once.
 * @param copies false: it stays where it lies
 * @throws AppError FILE_ACCESS
 */
export async function holdFile(
  workspace: Workspace,
  path: string,
  shownName: string,
  copies = true,
): Promise<HeldFile> {
  const own = dirname(path) === join(workspace.folder, 'data')
  try {
    const { size: bytes } = await stat(path)
    // A file of the workspace itself already is what its name says.
    const sha256 = own ? basename(path) : await sha256Of(path)
    const target = workspace.dataFile(sha256)
    if (own || existsSync(target)) return { sha256, bytes, outside: null }
    if (bytes > COPY_AT_MOST || !copies) return { sha256, bytes, outside: path }
    await copyWhole(path, target)
    return { sha256, bytes, outside: null }
  } catch (error) {
    // What cannot be written is another matter than what cannot be read.
    if (existsSync(path) && !own && isWriteFailure(error, workspace)) throw error
    throw new AppError(
      'FILE_ACCESS',
      `'${shownName}' cannot be read any more, so the project cannot keep it. Open the file again.`,
      { error: error instanceof Error ? error.message : String(error) },
    )
  }
}

/** On a full disk, or on a path of the workspace. */
const isWriteFailure = (error: unknown, { folder }: Workspace): boolean =>
  isDiskFull(error) || (error instanceof Error && error.message.includes(folder))
