/**
 * `npm run bench:import`: a table of 560,000 × 21 cells (99 MB) with genes in the rows and one with samples in the
 * rows, each read by papaparse alone (rows are cut and thrown away, the yardstick) and by `metacadi validate`, in turn
 * and in processes of their own. Prints the ratio of the medians and the peak of resident memory: of the largest
 * process (the reader) and of all processes of the command line together.
 *
 * Processor time is printed beside wall time: on a computer that is busy otherwise only the former can be compared.
 */
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ensureBuilt } from '../../build/ensure-built.mjs'
import { measure, median, requireProc } from './processes.mjs'

const ROWS = 560_000
const VALUES = 20
const ROUNDS = 3

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

requireProc()
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
