/** Processor time and resident memory of a process and its children, from /proc, which only Linux has. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync } from 'node:fs'

/** clock ticks per second of /proc, 100 on every Linux that Node supports */
const TICKS = 100
const LOOK_EVERY_MS = 10

export function requireProc() {
  if (existsSync('/proc/self/statm')) return
  console.log('This benchmark reads memory and processor time from /proc, which only Linux has.')
  process.exit(1)
}

/** Children of a process and their children. */
function family(pid) {
  const found = [pid]
  try {
    for (const task of readdirSync(`/proc/${pid}/task`))
      for (const child of readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' '))
        if (child.trim() !== '') found.push(...family(Number(child)))
  } catch {
    // it has just ended
  }
  return found
}

function look(pid) {
  try {
    const [, rest] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
    const fields = rest.split(' ')
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1])
    return { bytes: pages * 4096, seconds: (Number(fields[11]) + Number(fields[12])) / TICKS }
  } catch {
    return { bytes: 0, seconds: 0 }
  }
}

/**
 * Runs Node once.
 * @returns seconds of wall and processor time; `one` and `all`: peak of resident bytes of the largest process and of all
 */
export async function measure(args) {
  const started = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const peak = { one: 0, all: 0 }
  const seconds = new Map()
  const timer = setInterval(() => {
    let all = 0
    for (const pid of family(child.pid)) {
      const now = look(pid)
      all += now.bytes
      peak.one = Math.max(peak.one, now.bytes)
      seconds.set(pid, Math.max(seconds.get(pid) ?? 0, now.seconds))
    }
    peak.all = Math.max(peak.all, all)
  }, LOOK_EVERY_MS)
  const [code] = await once(child, 'exit')
  clearInterval(timer)
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`)
  const cpu = [...seconds.values()].reduce((sum, each) => sum + each, 0)
  return { wall: (performance.now() - started) / 1000, cpu, ...peak }
}

export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]
