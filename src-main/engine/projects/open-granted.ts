import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../src-shared/contract/errors'
import type { OpenedProject } from '../../../src-shared/contract/project'
import { carriedProject } from '../../report/carried-project'
import type { GrantedFile } from '../files/file-grants'
import type { ProjectStore } from './project-store'

/** A report has at most 5 MB; what is far larger is none. */
const LARGEST_REPORT = 64 * 1024 * 1024

export interface OpenOptions {
  readonly lookOnly: boolean
  readonly takeOver: boolean
}

/** By its first bytes, whatever it is called. @throws AppError FILE_ACCESS */
export async function kindOfFile({ path, name }: GrantedFile): Promise<'project' | 'report' | 'other'> {
  const head = await firstBytes(path, name)
  if (head.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]))) return 'project'
  return /^\uFEFF?\s*<!doctype html/i.test(head.toString('utf8')) ? 'report' : 'other'
}

async function firstBytes(path: string, name: string): Promise<Buffer> {
  try {
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(200), 0, 200, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw new AppError('FILE_ACCESS', `'${name}' cannot be read. Check that it exists and can be opened.`, {
      error: error instanceof Error ? error.message : String(error),
    })
  }
}

/**
 * Opens a project file the user chose, or the project that a report carries: the same checks for both.
 * @param scratch folder for what is taken out of a report
 * @throws AppError
 */
export async function openGrantedProject(
  file: GrantedFile,
  projects: ProjectStore,
  scratch: string,
  options: OpenOptions,
): Promise<OpenedProject> {
  const { path, name, use } = file
  if ((await kindOfFile(file)) !== 'report')
    return projects.open({ path, name, isCopy: use === 'upload' }, options)
  const opened = await withCarriedProject(file, scratch, (copy) =>
    projects.open({ path: copy, name, isCopy: true }, { ...options, from: 'report' }),
  )
  if (opened) return opened
  throw new AppError(
    'DATA_FORMAT',
    `'${name}' carries no project: it is no report of MetaCaDI, or its run was too large to be carried. Open the project file or result.json instead.`,
  )
}

/**
 * Does something with the project that a report carries, as a file for that long.
 * @returns undefined when it carries none
 * @throws AppError RESOURCE_LIMIT when the file is no report by its size, DATA_FORMAT when it was cut off or changed
 */
export async function withCarriedProject<R>(
  { path, name }: GrantedFile,
  scratch: string,
  body: (copy: string) => Promise<R>,
): Promise<R | undefined> {
  if ((await stat(path)).size > LARGEST_REPORT)
    throw new AppError(
      'RESOURCE_LIMIT',
      `'${name}' is far larger than any report of MetaCaDI. It was not read.`,
    )
  const page = await readFile(path, 'utf8')
  const project = carriedProject(page)
  if (!project && isCutReport(page))
    throw new AppError(
      'DATA_FORMAT',
      `'${name}' is incomplete: it ends before the end of the report. Copy or download it again.`,
    )
  if (!project) return undefined
  await mkdir(scratch, { recursive: true, mode: 0o700 })
  const copy = join(scratch, randomBytes(12).toString('hex'))
  await writeFile(copy, project, { mode: 0o600 })
  try {
    return await body(copy)
  } catch (error) {
    throw ofReport(error, name)
  } finally {
    await rm(copy, { force: true })
  }
}

/** A page that begins as a report does and lacks its end. */
const isCutReport = (page: string): boolean =>
  page.slice(0, 100_000).includes('<meta name="generator" content="MetaCaDI') &&
  !page.trimEnd().endsWith('</html>')

/** A report has no copy that was saved before it: what is damaged in one is told with what can be done. */
function ofReport(error: unknown, name: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'DATA_FORMAT' || 'version' in error.details) return error
  return new AppError(
    'DATA_FORMAT',
    `The project in the report '${name}' is damaged or was changed. Nothing was opened. Copy or download the report again, or open the project file or result.json it was made from.`,
    { ...error.details, error: error.message },
  )
}
