import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { constants } from 'node:fs'
import { copyFile, mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../src-shared/contract/errors'
import { writeAtomically } from '../files/write-atomically'
import { isDiskFull } from './keep-failure'

const Owner = z.object({ computer: z.string(), process: z.number(), instance: z.string() })

/** What is known about a kept project besides its content. Paths never leave this computer: this is not in the file. */
const About = z.object({
  name: z.string(),
  /** of the project, the same in every copy of it */
  id: z.string(),
  changedAt: z.string(),
  unsaved: z.boolean(),
  runs: z.number(),
  owner: Owner.nullable(),
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

export async function readAbout({ folder }: Workspace): Promise<About | undefined> {
  try {
    return About.parse(JSON.parse(await readFile(join(folder, ABOUT), 'utf8')))
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

/** Takes a file into the workspace, once. @throws AppError FILE_ACCESS */
export async function holdFile(workspace: Workspace, path: string, shownName: string): Promise<HeldFile> {
  try {
    const { size } = await stat(path)
    // A file of the workspace itself already is what its name says.
    const own = dirname(path) === join(workspace.folder, 'data')
    const sha256 = own ? basename(path) : await sha256Of(path)
    if (own) return { sha256, bytes: size, outside: null }
    const target = workspace.dataFile(sha256)
    if (existsSync(target)) return { sha256, bytes: size, outside: null }
    if (size > COPY_AT_MOST) return { sha256, bytes: size, outside: path }
    await copyWhole(path, target)
    return { sha256, bytes: size, outside: null }
  } catch (error) {
    if (isDiskFull(error)) throw error
    throw new AppError(
      'FILE_ACCESS',
      `'${shownName}' cannot be read any more, so the project cannot keep it. Open the file again.`,
      { error: error instanceof Error ? error.message : String(error) },
    )
  }
}
