/**
 * Random damage to valid files of every format. None may crash, keep the engine waiting, or give numbers that are not
 * in the file. Reading happens in a child process, as in the program, which ends it when it does not come back: a
 * few damaged HDF5 files send the HDF5 library into a loop without end.
 *
 * A few hundred mutations run with every test run; `METACADI_MUTATIONS=10000 npx vitest run test/io/import/mutations.test.ts`
 * runs more, and `METACADI_MUTATION_SEED` chooses others.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRng } from '../../../src-main/core/random/rng'
import { mutate } from './mutate'
import type { Reading } from './mutation-reader'
import { lines } from './support'

const FIXTURES = resolve(import.meta.dirname, '../../fixtures/import')
const COUNT = Number(process.env.METACADI_MUTATIONS ?? 240)
const SEED = Number(process.env.METACADI_MUTATION_SEED ?? 2)
/** a file of a few kilobytes that takes longer is stuck; the program waits longer, see readingLimits */
const STUCK_MS = 5000
/** of all mutations; more would be a defect of the readers and not of the HDF5 library */
const MOST_STUCK = 0.01

interface Valid {
  readonly name: string
  /** files by name; one of them is damaged */
  readonly files: Readonly<Record<string, Uint8Array>>
  /**
   * what a result is held against: `sealed` = the format has checksums, so it is refused or unchanged; `text` = every
   * number must stand in the damaged text; `binary` = no more may differ than the touched bytes can explain
   */
  readonly oracle: 'sealed' | 'text' | 'binary'
}

const TABLE = lines(
  'gene\tctrl_1\tctrl_2\tctrl_3\tdrug_1\tdrug_2\tdrug_3',
  ...['TP53', 'MYC', 'JUN', 'FOS', 'EGR1', 'ATF3'].map(
    (gene, row) =>
      `${gene}\t${[1, 2, 3, 4, 5, 6].map((sample) => 1.25 * sample + row * 10 - 7.5).join('\t')}`,
  ),
)

function validFiles(): Valid[] {
  const fixture = (name: string): Uint8Array => readFileSync(join(FIXTURES, name))
  const one = (name: string, oracle: Valid['oracle']): Valid => ({
    name,
    files: { [name]: fixture(name) },
    oracle,
  })
  const folder = (name: string, oracle: Valid['oracle']): Valid => ({
    name,
    oracle,
    files: Object.fromEntries(
      readdirSync(join(FIXTURES, name)).map((each) => [each, fixture(join(name, each))]),
    ),
  })
  const text = (name: string, content: string): Valid => ({
    name,
    files: { [name]: Buffer.from(content) },
    oracle: 'text',
  })
  return [
    text('table.tsv', TABLE),
    text('table.csv', TABLE.replaceAll('\t', ',')),
    { name: 'table.tsv.gz', files: { 'table.tsv.gz': gzipSync(TABLE) }, oracle: 'sealed' },
    one('featurecounts.txt', 'text'),
    one('series.txt', 'text'),
    one('ncbi-counts.tsv.gz', 'sealed'),
    one('plain.xlsx', 'sealed'),
    one('streamed.xlsx', 'sealed'),
    one('dense.h5ad', 'binary'),
    one('csr.h5ad', 'binary'),
    one('csc.h5ad', 'binary'),
    one('int64.h5ad', 'binary'),
    one('old-0.7.h5ad', 'binary'),
    one('tenx-v3.h5', 'binary'),
    folder('tenx-v3', 'sealed'),
    folder('tenx-v2', 'text'),
  ]
}

const BUNDLE = resolve(import.meta.dirname, '../../../node_modules/.cache/mutation-reader')
let scratch: string
let child: ChildProcess | null = null

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'metacadi-mutations-'))
  await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: join(import.meta.dirname, 'mutation-reader.ts'), outDir: BUNDLE, emptyOutDir: true },
  })
}, 120_000)
afterAll(() => {
  child?.kill('SIGKILL')
  rmSync(scratch, { recursive: true, force: true })
})

function start(): Promise<ChildProcess> {
  return new Promise((done, failed) => {
    const started = fork(join(BUNDLE, 'mutation-reader.js'), { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    started.once('message', () => done(started))
    started.once('error', failed)
  })
}

type Outcome = Reading | { readonly kind: 'stuck' | 'died' }

/** Reads in the child; one that does not answer, or is gone, is replaced. */
async function read(files: Readonly<Record<string, Uint8Array>>): Promise<Outcome> {
  const sources = Object.entries(files).map(([name, bytes]) => {
    const path = join(scratch, name)
    writeFileSync(path, bytes)
    return { name, path }
  })
  const reader = (child ??= await start())
  const outcome = await new Promise<Outcome>((done) => {
    const timer = setTimeout(() => done({ kind: 'stuck' }), STUCK_MS)
    const finish = (reading: Outcome): void => {
      clearTimeout(timer)
      reader.removeAllListeners()
      done(reading)
    }
    reader.once('message', (reading: Reading) => finish(reading))
    reader.once('exit', () => finish({ kind: 'died' }))
    reader.send(sources)
  })
  if (outcome.kind === 'stuck' || outcome.kind === 'died') {
    reader.kill('SIGKILL')
    child = null
  }
  return outcome
}

/** gene and sample → value, whatever their order */
function cellsOf(outcome: Outcome): Map<string, number> {
  const cells = new Map<string, number>()
  if (outcome.kind !== 'read') return cells
  const { genes, samples, values } = outcome
  samples.forEach((sample, row) =>
    genes.forEach((gene, column) =>
      cells.set(`${gene}\u0000${sample}`, Number(values[row * genes.length + column])),
    ),
  )
  return cells
}

/** Numbers that stand anywhere in the damaged text, as a second way to read it that knows nothing of tables. */
function numbersIn(files: Readonly<Record<string, Uint8Array>>): Set<number> {
  const numbers = new Set<number>([0])
  for (const bytes of Object.values(files))
    for (const decoded of [Buffer.from(bytes).toString('utf8'), Buffer.from(bytes).toString('latin1')])
      for (const cell of decoded.split(/[\s,;|"]+/)) {
        const value = Number(cell.replace(/^'/, ''))
        if (cell !== '' && Number.isFinite(value)) numbers.add(value)
      }
  return numbers
}

const FINE: readonly string[] = ['refused', 'asked', 'same', 'changed', 'stuck']

/** One of FINE, or what is wrong. */
function judge(
  valid: Valid,
  original: Map<string, number>,
  outcome: Outcome,
  files: Valid['files'],
  touched: number,
): string {
  if (outcome.kind === 'crashed') return `crashed: ${outcome.text}`
  if (outcome.kind !== 'read') return outcome.kind
  const { genes, samples } = outcome
  const values = outcome.values.map(Number)
  if (values.length !== genes.length * samples.length) return 'a matrix of another size than its names'
  if (new Set(genes).size !== genes.length || new Set(samples).size !== samples.length) return 'names twice'
  if (!values.every(Number.isFinite)) return 'a value that is not finite'
  const cells = cellsOf(outcome)
  let different = 0
  for (const [key, value] of cells) if (!Object.is(original.get(key), value)) different++
  if (different === 0 && cells.size === original.size) return 'same'
  if (valid.oracle === 'sealed') return `a checksum was passed over: ${different} numbers differ`
  if (valid.oracle === 'text') {
    const known = numbersIn(files)
    const stranger = [...values].find((value) => !known.has(value))
    return stranger === undefined ? 'changed' : `${stranger} does not stand in the file`
  }
  // a byte of a name or of an offset moves a gene or a cell; more than that no byte can do without being noticed
  const most = touched * 2 * (genes.length + samples.length)
  return different <= most ? 'changed' : `${different} numbers differ after ${touched} bytes`
}

describe('damaged files', () => {
  test(
    `${COUNT} random mutations of valid files are refused, asked about, or read as they stand`,
    async () => {
      const valids = validFiles()
      const originals = new Map<string, Map<string, number>>()
      for (const valid of valids) originals.set(valid.name, cellsOf(await read(valid.files)))
      const tally: Record<string, Record<string, number>> = {}
      const wrong: string[] = []
      let stuck = 0
      for (let index = 0; index < COUNT; index++) {
        const rng = createRng(SEED, index)
        const valid = valids[index % valids.length]!
        const names = Object.keys(valid.files)
        const damaged = names[rng.int(names.length)]!
        const { bytes, words, touched } = mutate(valid.files[damaged]!, rng)
        const files = { ...valid.files, [damaged]: bytes }
        const verdict = judge(valid, originals.get(valid.name)!, await read(files), files, touched)
        if (verdict === 'stuck') stuck++
        const counts = (tally[valid.name] ??= {})
        if (FINE.includes(verdict)) counts[verdict] = (counts[verdict] ?? 0) + 1
        else wrong.push(`${index} ${valid.name}/${damaged}: ${verdict} (${words})`)
      }
      if (COUNT > 500) console.log(JSON.stringify(tally, null, 1), wrong.length, wrong.join('\n'))
      expect(wrong).toEqual([])
      expect(stuck).toBeLessThanOrEqual(Math.max(2, MOST_STUCK * COUNT))
    },
    120_000 + COUNT * 200,
  )
})
