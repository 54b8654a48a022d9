import { readFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { LockHolder } from '../../../src-shared/contract/project'

const Holder = z.object({
  user: z.string().max(200),
  computer: z.string().max(300),
  process: z.number().int(),
  /** of the program in that process */
  instance: z.string().max(100),
  since: z.string().max(100),
})
type Holder = z.infer<typeof Holder>

/** A lock of another computer that is older than this was left behind by a crash. */
const FOREIGN_LOCK_DAYS = 2

export type LockAttempt =
  | { readonly state: 'held'; readonly release: () => Promise<void> }
  | { readonly state: 'taken'; readonly by: LockHolder }
  /** the folder cannot be written: nobody here can save over the file either */
  | { readonly state: 'impossible' }

const lockFileOf = (path: string): string => join(dirname(path), `.${basename(path)}.lock`)

/** Who holds something on this computer: a process, and the start of the program in it (process numbers come again). */
export interface Owner {
  readonly computer: string
  readonly process: number
  readonly instance: string
}

/** Linux keeps the number of a killed process until its parent asks for it, which the init of a container may never do. */
function hasEnded(processNumber: number): boolean {
  try {
    const stat = readFileSync(`/proc/${processNumber}/stat`, 'utf8')
    return /^ [ZX]/.test(stat.slice(stat.lastIndexOf(')') + 1))
  } catch {
    return false
  }
}

export function ownerAlive(owner: Owner, own: Owner): boolean {
  if (owner.computer !== own.computer) return true
  if (owner.process === own.process) return owner.instance === own.instance
  try {
    process.kill(owner.process, 0)
    return !hasEnded(owner.process)
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * The right to save over a project file, held by a small file beside it that says who and since when. A lock whose process
 * has ended is taken without asking.
 */
export async function lockFile(path: string, owner: Owner, takeOver = false): Promise<LockAttempt> {
  const file = lockFileOf(path)
  const own: Holder = { user: userName(), ...owner, since: new Date().toISOString() }
  const text = JSON.stringify(own)
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await writeFile(file, text, { flag: attempt === 0 && !takeOver ? 'wx' : 'w', mode: 0o644 })
      return { state: 'held', release: () => release(file, text) }
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : ''
      if (code !== 'EEXIST') return { state: 'impossible' }
      const holder = await readHolder(file)
      if (holder && isAlive(holder, owner))
        return {
          state: 'taken',
          by: { who: `${holder.user} on ${holder.computer}`, since: holder.since },
        }
    }
  }
  return { state: 'impossible' }
}

/** Only a lock that is still ours: another instance may have taken it over. */
async function release(file: string, text: string): Promise<void> {
  const now = await readFile(file, 'utf8').catch(() => '')
  if (now === text) await rm(file, { force: true }).catch(() => undefined)
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return Holder.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined // gone meanwhile, or not ours: nobody can be named, so nobody is asked
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
