/**
 * `npm run bench:import`: a table of 560,000 × 21 cells (99 MB) with genes in the rows and one with samples in the
 * rows, each read by papaparse alone (rows are cut and thrown away, the yardstick) and by `metacadi validate`, in turn
 * and in processes of their own. Prints the ratio of the medians and the peak of resident memory: of the largest
 * process (the reader) and of all processes of the command line together.
 *
 * Processor time is printed beside wall time: on a computer that is busy otherwise only the former can be compared.
 */
import { spawn } from 'node:child_process'
import {
  createWriteStream,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ensureBuilt } from '../../build/ensure-built.mjs'

const ROWS = 560_000
const VALUES = 20
const ROUNDS = 3
/** clock ticks per second of /proc, 100 on every Linux that Node supports */
const TICKS = 100

const root = resolve(import.meta.dirname, '../..')
const yardstick = [join(import.meta.dirname, 'papaparse-stream.mjs')]
const importer = [join(root, 'out/main/cli.js'), 'validate']

/** A small generator of its own: the same file on every computer. */
function numbers(count) {
  let state = 42
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return ((state / 2 ** 32) * 12).toFixed(5)
  })
}

async function write(path, header, firstCell) {
  const pool = numbers(40_000)
  const file = createWriteStream(path)
  file.write(`${header}\n`)
  for (let row = 0; row < ROWS; row += 1000) {
    let text = ''
    for (let r = row; r < row + 1000; r++) {
      const at = (r * 7919) % (pool.length - VALUES)
      text += `${firstCell(r)},${pool.slice(at, at + VALUES).join(',')}\n`
    }
    if (!file.write(text)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
}

/** Children of a process and their children, by /proc. */
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

async function measure(args) {
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
  }, 10)
  const [code] = await once(child, 'exit')
  clearInterval(timer)
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`)
  const cpu = [...seconds.values()].reduce((sum, each) => sum + each, 0)
  return { wall: (performance.now() - started) / 1000, cpu, ...peak }
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]

async function compare(name, path) {
  const base = []
  const ours = []
  for (let round = 0; round < ROUNDS; round++) {
    base.push(await measure([...yardstick, path]))
    ours.push(await measure([...importer, path]))
  }
  const of = (runs, key) => median(runs.map((run) => run[key]))
  const ratio = (key) => (of(ours, key) / of(base, key)).toFixed(2)
  const megabytes = (key) => Math.round(of(ours, key) / 2 ** 20)
  console.log(
    `${name.padEnd(18)} ${Math.round(statSync(path).size / 1e6)} MB   ` +
      `papaparse ${of(base, 'wall').toFixed(2)} s (cpu ${of(base, 'cpu').toFixed(2)})   ` +
      `importer ${of(ours, 'wall').toFixed(2)} s (cpu ${of(ours, 'cpu').toFixed(2)})   ` +
      `ratio ${ratio('wall')} (cpu ${ratio('cpu')})   ` +
      `peak ${megabytes('one')} MB reader, ${megabytes('all')} MB all processes`,
  )
}

if (!existsSync('/proc/self/statm')) {
  console.log('bench:import reads memory and processor time from /proc, which only Linux has.')
  process.exit(1)
}
ensureBuilt()
const folder = mkdtempSync(join(tmpdir(), 'metacadi-bench-'))
try {
  const half = Array.from({ length: VALUES }, (_, i) => `${i < VALUES / 2 ? 'ctrl' : 'kd'}_${i + 1}`)
  const genes = join(folder, 'genes-in-rows.csv')
  await write(genes, `gene,${half.join(',')}`, (row) => `GENE${row}`)
  await compare('genes in rows', genes)
  rmSync(genes)
  const samples = join(folder, 'samples-in-rows.csv')
  await write(samples, `environment,${half.map((_, i) => `TP${i + 53}`).join(',')}`, (row) =>
    row % 4 === 0 ? 'control' : `drug_${row % 4}`,
  )
  await compare('samples in rows', samples)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
