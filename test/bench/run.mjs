/**
 * npm run bench [-- --reference PATH --python PYTHON]
 *
 * Speed of the mathematics. With the Python reference at hand (PYTHON with numpy, scipy and numba) the evidence is
 * timed against it in the same run; without, that part is left out with a printed reason.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '../..')
const { values } = parseArgs({
  options: {
    reference: { type: 'string', default: resolve(root, '../shared/reference') },
    python: { type: 'string', default: process.env.PYTHON ?? 'python3' },
  },
})
const out = join(root, 'out/bench')
await build({
  root,
  configFile: false,
  logLevel: 'error',
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: out,
    target: 'node20',
    rollupOptions: {
      input: {
        bench: join(import.meta.dirname, 'bench.ts'),
        worker: join(root, 'src-main/engine/analysis/worker.ts'),
      },
      output: { entryFileNames: '[name].js' },
    },
  },
})
const bench = await import(join(out, 'bench.js'))
const row = (label, value) => console.log(`${label.padEnd(58)} ${value}`)

const folder = mkdtempSync(join(tmpdir(), 'metacadi-bench-'))
try {
  if (!existsSync(join(values.reference, 'joint_model.py')))
    console.log('evidence against the reference: left out, no reference folder (--reference PATH)')
  else {
    const sizes = [3, 10, 50]
    execFileSync(
      values.python,
      [
        join(import.meta.dirname, 'reference_time.py'),
        values.reference,
        folder,
        ...sizes.map((n) => `${n},20,20`),
      ],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    )
    for (const t of bench.benchEvidence(folder, sizes)) {
      row(
        `evidence n=${t.n}, WebAssembly : reference`,
        `${(t.wasm / t.reference).toFixed(2)}   (largest relative difference ${t.worstDifference.toExponential(1)})`,
      )
      row(`evidence n=${t.n}, plain TypeScript : reference`, (t.typescript / t.reference).toFixed(2))
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
await bench.benchRun(20, 5, 3, 2)
const one = await bench.benchRun(50, 50, 5, 1)
const two = await bench.benchRun(50, 50, 5, 2)
row('d=50 K=50 n=5: one worker : two workers, evidence', (one.scoring / two.scoring).toFixed(2))
row(
  'd=50 K=50 n=5: one worker : two workers, whole run',
  `${(one.wall / two.wall).toFixed(2)}   (${one.wall.toFixed(1)} s, ${two.wall.toFixed(1)} s)`,
)
row('d=50 K=50 n=5: same result hash', String(one.hash === two.hash))
row('new experiment, d=50, n=5', `${(await bench.benchNewExperiment(50, 5)).toFixed(0)} ms`)
const small = await bench.benchRun(50, 20, 5, 2)
const large = await bench.benchRun(200, 20, 5, 2)
row('K=20: d=200 : d=50, whole run', `${(large.wall / small.wall).toFixed(1)}   (quadratic would be 16)`)
const widest = await bench.benchRun(200, 50, 5, 2)
row(
  'd=200 K=50 n=5',
  `${widest.wall.toFixed(1)} s, peak memory ${(widest.peakMemoryBytes / 1e6).toFixed(0)} MB`,
)
