import { randomBytes } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { LockHolder } from '../../../src-shared/contract/project'
import { Owner, ownerAlive } from './owner'

const Holder = Owner.extend({
  user: z.string().max(200),
  since: z.string().max(100),
})
type Holder = z.infer<typeof Holder>

/** A lock of another computer that is older than this was left behind by a crash. */
const FOREIGN_LOCK_DAYS = 2
/** Others may take and leave the lock meanwhile. */
const ATTEMPTS = 5

export type LockAttempt =
  | { readonly state: 'held'; readonly release: () => Promise<void> }
  | { readonly state: 'taken'; readonly by: LockHolder }
  /** the folder cannot be written: nobody here can save over the file either */
  | { readonly state: 'impossible' }

const lockFileOf = (path: string): string => join(dirname(path), `.${basename(path)}.lock`)
const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : '')

/**
 * The right to save over a project file, held by a small file beside it that says who and since when. A lock whose process
 * has ended is taken without asking. Of several that ask at the same time one gets it.
 */
export async function lockFile(path: string, owner: Owner, takeOver = false): Promise<LockAttempt> {
  const file = lockFileOf(path)
  const own: Holder = { user: userName(), ...owner, since: new Date().toISOString() }
  const text = JSON.stringify(own)
  let take = takeOver
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      if (await createWhole(file, text)) return { state: 'held', release: () => release(file, text) }
      const found = await readFile(file, 'utf8').catch(() => undefined)
      if (found === undefined) continue
      const holder = holderIn(found)
      if (!take && holder && isAlive(holder, owner))
        return { state: 'taken', by: { who: `${holder.user} on ${holder.computer}`, since: holder.since } }
      await putAside(file, found)
      take = false
    } catch {
      return { state: 'impossible' }
    }
  }
  return { state: 'impossible' }
}

/** A lock appears with its content or not at all. @returns false when there is one already */
async function createWhole(file: string, text: string): Promise<boolean> {
  const temporary = temporaryOf(file)
  try {
    await writeFile(temporary, text, { flag: 'wx', mode: 0o644 })
    await link(temporary, file)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    if (!['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'].includes(String(codeOf(error)))) throw error
    // The file system has no second names.
    return await createInPlace(file, text)
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined)
  }
}

async function createInPlace(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o644 })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** Takes a lock away that was seen to be `old`; one that somebody else put in its place meanwhile is put back. */
async function putAside(file: string, old: string): Promise<void> {
  const aside = temporaryOf(file)
  try {
    await rename(file, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  if ((await readFile(aside, 'utf8').catch(() => old)) !== old) await link(aside, file).catch(() => undefined)
  await rm(aside, { force: true })
}

const temporaryOf = (file: string): string => `${file}.${randomBytes(6).toString('hex')}`

/** Only a lock that is still ours: another instance may have taken it over. */
async function release(file: string, text: string): Promise<void> {
  const now = await readFile(file, 'utf8').catch(() => '')
  if (now === text) await rm(file, { force: true }).catch(() => undefined)
}

/** @returns undefined when nobody is named: then nobody is asked */
function holderIn(text: string): Holder | undefined {
  try {
    return Holder.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function isAlive(holder: Holder, own: Owner): boolean {
  if (holder.computer === own.computer) return ownerAlive(holder, own)
  const age = Date.now() - new Date(holder.since).getTime()
  return !(age > FOREIGN_LOCK_DAYS * 86_400_000)
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    return 'unknown'
  }
}
