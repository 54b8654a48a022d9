/**
 * `npm run bench:cells`: single-cell files in AnnData's layout, made once with h5wasm and kept in the temporary folder:
 * - 5,000 cells × 3,000 genes, CSR with 1.2 million numbers;
 * - 10,000 cells × 20,000 genes, CSR with 20 million numbers;
 * each read by `metacadi validate`, which makes pseudobulk samples of experiment × replicate. Prints wall and processor time and
 * the peak of resident memory. Processor time alone can be compared on a computer that is busy otherwise.
 */
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ensureBuilt } from '../../build/ensure-built.mjs'
import { measure, median, requireProc } from './processes.mjs'

const ROUNDS = 3
const EXPERIMENTS = ['control', 'kd_A', 'kd_B', 'kd_C', 'kd_D']
const REPLICATES = 4
const CHUNK = 2 ** 16

const root = resolve(import.meta.dirname, '../..')
const folder = join(tmpdir(), 'metacadi-bench-cells')

/** A small generator of its own: the same file on every computer. */
function generator() {
  let state = 42
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
}

/** @param perCell numbers of each cell that are not zero */
async function write(path, cells, genes, perCell) {
  const { File, ready } = await import('h5wasm/node')
  await ready
  mkdirSync(folder, { recursive: true })
  const file = new File(`${path}.part`, 'w')
  const random = generator()
  const total = cells * perCell
  const data = new Float32Array(total)
  const indices = new Int32Array(total)
  const indptr = new Int32Array(cells + 1)
  const step = genes / perCell
  for (let cell = 0; cell < cells; cell++) {
    for (let at = 0; at < perCell; at++) {
      const place = cell * perCell + at
      // one in each stretch of genes: ascending and different
      indices[place] = Math.floor(at * step + random() * step)
      data[place] = 1 + Math.floor(random() ** 4 * 20)
    }
    indptr[cell + 1] = (cell + 1) * perCell
  }
  const text = (group, name, values) => group.create_dataset({ name, data: values, shape: [values.length] })
  const frame = (name, index, columns) => {
    const group = file.create_group(name)
    group.create_attribute('encoding-type', 'dataframe')
    group.create_attribute('encoding-version', '0.2.0')
    group.create_attribute('_index', '_index')
    group.create_attribute('column-order', Object.keys(columns))
    text(group, '_index', index)
    for (const [column, { codes, categories }] of Object.entries(columns)) {
      const own = group.create_group(column)
      own.create_attribute('encoding-type', 'categorical')
      own.create_attribute('encoding-version', '0.2.0')
      own.create_attribute('ordered', 0)
      own.create_dataset({ name: 'codes', data: codes })
      text(own, 'categories', categories)
    }
  }
  const numbered = (length, of) => Int8Array.from({ length }, (_, cell) => of(cell))
  frame(
    'obs',
    Array.from({ length: cells }, (_, cell) => `cell${cell}`),
    {
      perturbation: {
        codes: numbered(cells, (cell) => cell % EXPERIMENTS.length),
        categories: EXPERIMENTS,
      },
      replicate: {
        codes: numbered(cells, (cell) => Math.floor(cell / EXPERIMENTS.length) % REPLICATES),
        categories: Array.from({ length: REPLICATES }, (_, at) => `r${at + 1}`),
      },
    },
  )
  frame(
    'var',
    Array.from({ length: genes }, (_, gene) => `GENE${gene}`),
    {},
  )
  const x = file.create_group('X')
  x.create_attribute('encoding-type', 'csr_matrix')
  x.create_attribute('encoding-version', '0.1.0')
  x.create_attribute('shape', BigInt64Array.of(BigInt(cells), BigInt(genes)))
  const packed = { chunks: [CHUNK], compression: 'gzip', compression_opts: [4] }
  x.create_dataset({ name: 'data', data, shape: [total], ...packed })
  x.create_dataset({ name: 'indices', data: indices, shape: [total], ...packed })
  x.create_dataset({ name: 'indptr', data: indptr, shape: [cells + 1] })
  file.close()
  renameSync(`${path}.part`, path)
}

requireProc()
ensureBuilt()
for (const [cells, genes, perCell] of [
  [5_000, 3_000, 240],
  [10_000, 20_000, 2_000],
]) {
  const path = join(folder, `cells-${cells}-${genes}.h5ad`)
  if (!existsSync(path)) await write(path, cells, genes, perCell)
  const runs = []
  for (let round = 0; round < ROUNDS; round++)
    runs.push(await measure([join(root, 'out/main/cli.js'), 'validate', path, '--cells', 'pseudobulk']))
  const of = (key) => median(runs.map((run) => run[key]))
  console.log(
    `${cells} cells × ${genes} genes, ${((cells * perCell) / 1e6).toFixed(1)} million numbers, ` +
      `${Math.round(statSync(path).size / 1e6)} MB   ${of('wall').toFixed(2)} s (cpu ${of('cpu').toFixed(2)})   ` +
      `peak ${Math.round(of('one') / 2 ** 20)} MB reader, ${Math.round(of('all') / 2 ** 20)} MB all processes`,
  )
}
