import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../../../src-shared/contract/errors'
import { realDisk, type Disk } from './disk'

/** The copy of what a file held before it was saved the last time. */
export const previousCopyOf = (path: string): string => `${path}.bak`

const temporaryOf = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)

/**
 * Replaces a file so that at every moment its name stands for a whole content, the old or the new: a temporary file is filled
 * and forced to the medium, the old content gets the name of the previous copy, and the temporary one takes its place, with the
 * permissions of the file.
 * @param fill writes the content
 * @throws AppError FILE_ACCESS; the file is then what it was
 */
export async function replaceFile(
  path: string,
  fill: (write: (bytes: Uint8Array) => Promise<void>) => Promise<void>,
  { disk = realDisk, keepPrevious = false }: { disk?: Disk; keepPrevious?: boolean } = {},
): Promise<void> {
  const temporary = temporaryOf(path)
  try {
    const file = await disk.create(temporary, path)
    try {
      await fill(file.write)
      await file.sync()
    } finally {
      await file.close()
    }
    if (keepPrevious && existsSync(path)) await disk.duplicate(path, previousCopyOf(path))
    await disk.rename(temporary, path)
  } catch (error) {
    await disk.remove(temporary).catch(() => undefined)
    throw writeFailure(error, path)
  }
  // The content is in place; that its name is forced to the medium as well is a bonus some file systems refuse.
  await disk.syncNames(path).catch(() => undefined)
}

/** Temporary files that a cut of the power left beside a file. */
export async function removeLeftovers(path: string, disk: Disk = realDisk): Promise<void> {
  const own = new RegExp(`^\\.${escaped(basename(path))}\\.[0-9a-f]{12}\\.tmp$`)
  const names = await readdir(dirname(path)).catch(() => [])
  for (const name of names.filter((other) => own.test(other)))
    await disk.remove(join(dirname(path), name)).catch(() => undefined)
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function writeFailure(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = error instanceof Error ? error.message : String(error)
  const name = basename(path)
  const before = existsSync(path) ? ` '${name}' is what it was before.` : ''
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new AppError(
      'FILE_ACCESS',
      `The disk is full: '${name}' could not be saved.${before} Free some space, or save to another disk.`,
      { reason, code },
    )
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new AppError(
      'FILE_ACCESS',
      `'${name}' may not be written there.${before} Save it in another folder.`,
      { reason, code },
    )
  return new AppError('FILE_ACCESS', `'${name}' could not be saved.${before} Save it in another folder.`, {
    reason,
    code,
  })
}
