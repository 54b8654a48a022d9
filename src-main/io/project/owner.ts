import { readFileSync } from 'node:fs'
import { hostname, uptime } from 'node:os'
import { z } from 'zod'

/** Who holds something: a computer, a process, and the start of the program in it. */
export const Owner = z.object({
  computer: z.string().max(300),
  process: z.number().int(),
  /** of the program in that process */
  instance: z.string().max(100),
  /** when the computer was started, in seconds since 1970 */
  bootedAt: z.number().optional(),
  /** when the process was started, in words of the system, where it says */
  startedAt: z.string().max(100).optional(),
})
export type Owner = z.infer<typeof Owner>

/** Clocks are set right by seconds while a computer runs; two starts are further apart. */
const SAME_BOOT_SECONDS = 120

const bootedAt = (): number => Math.round(Date.now() / 1000 - uptime())

interface ProcessState {
  readonly ended: boolean
  readonly startedAt: string
}

/**
 * What Linux knows about a process (proc_pid_stat(5): state is field 3, start in ticks since boot field 22); undefined elsewhere.
 * It keeps the number of a killed process until its parent asks for it, which the init of a container may never do.
 */
function stateOf(processNumber: number): ProcessState | undefined {
  try {
    const stat = readFileSync(`/proc/${processNumber}/stat`, 'utf8')
    const [state = '', ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { ended: state === 'Z' || state === 'X', startedAt: rest[18] ?? '' }
  } catch {
    return undefined
  }
}

/** This process, as others will know it. @param instance of the program in it */
export function ownerHere(instance: string): Owner {
  const startedAt = stateOf(process.pid)?.startedAt
  return {
    computer: hostname(),
    process: process.pid,
    instance,
    bootedAt: bootedAt(),
    ...(startedAt === undefined ? {} : { startedAt }),
  }
}

/**
 * Whether an owner still lives. Process numbers come again, soonest after the computer was started anew: another start of the
 * computer, or of the process, is another owner. What runs on another computer cannot be asked and counts as alive.
 */
export function ownerAlive(owner: Owner, own: Owner): boolean {
  if (owner.computer !== own.computer) return true
  if (!isSameBoot(owner)) return false
  if (owner.process === own.process)
    return owner.instance === own.instance && isSameStart(owner, own.startedAt)
  try {
    process.kill(owner.process, 0)
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  const state = stateOf(owner.process)
  if (!state) return true
  return !state.ended && isSameStart(owner, state.startedAt)
}

const isSameStart = (owner: Owner, startedAt: string | undefined): boolean =>
  owner.startedAt === undefined || owner.startedAt === startedAt

const isSameBoot = (owner: Owner): boolean =>
  owner.bootedAt === undefined || Math.abs(owner.bootedAt - bootedAt()) < SAME_BOOT_SECONDS
