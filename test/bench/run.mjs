/**
 * npm run bench [-- --reference PATH --python PYTHON --rounds N]
 *
 * Speed of the mathematics. With the Python reference at hand (PYTHON with numpy, scipy and numba) the evidence is
 * timed against it in the same run; without, that part is left out with a printed reason. The two take turns for
 * several rounds and the median of the ratios is printed: single timings on a shared machine vary by a factor of two.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { importBench } from './build-entry.mjs'

const root = resolve(import.meta.dirname, '../..')
const { values } = parseArgs({
  options: {
    reference: { type: 'string', default: resolve(root, '../shared/reference') },
    python: { type: 'string', default: process.env.PYTHON ?? 'python3' },
    rounds: { type: 'string', default: '5' },
  },
})
const bench = await importBench('bench', ['worker'])
const spread = (ratios) => {
  const sorted = ratios.sort((a, b) => a - b)
  const two = (at) => sorted[at].toFixed(2)
  return `${two(sorted.length >> 1)}   (${two(0)} to ${two(sorted.length - 1)})`
}
const row = (label, value) => console.log(`${label.padEnd(58)} ${value}`)

const folder = mkdtempSync(join(tmpdir(), 'metacadi-bench-'))
try {
  if (!existsSync(join(values.reference, 'joint_model.py')))
    console.log('evidence against the reference: left out, no reference folder (--reference PATH)')
  else {
    const sizes = [3, 10, 50]
    const rounds = []
    for (let round = 0; round < Number(values.rounds); round++) {
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
      rounds.push(bench.benchEvidence(folder, sizes))
    }
    sizes.forEach((n, at) => {
      const timings = rounds.map((round) => round[at])
      const ratios = (of) => spread(timings.map((timing) => of(timing) / timing.reference))
      row(
        `evidence n=${n}, WebAssembly : reference`,
        ratios((timing) => timing.wasm),
      )
      row(
        `evidence n=${n}, plain TypeScript : reference`,
        ratios((timing) => timing.typescript),
      )
      row(
        `evidence n=${n}, largest relative difference of a score`,
        Math.max(...timings.map((timing) => timing.worstDifference)).toExponential(1),
      )
    })
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
for (const [d, K] of [
  [20, 20],
  [200, 200],
]) {
  const milliseconds = bench.benchSummary(d, K, 150, 10)
  row(
    `features of the network, d=${d} K=${K} n₀=150 n=10`,
    `${milliseconds.toFixed(2)} ms, ${(1000 / milliseconds).toFixed(0)} a second`,
  )
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
row('new experiment, d=50, n=5, closed form', `${(await bench.benchNewExperiment(50, 5)).toFixed(0)} ms`)
const model = join(root, 'models/metacadi')
if (existsSync(join(model, 'manifest.json')))
  row(
    'new experiment, d=50, n=5, network too',
    `${(await bench.benchNewExperiment(50, 5, model)).toFixed(0)} ms`,
  )
else console.log('new experiment with the network: left out, no model in models/metacadi')
const small = await bench.benchRun(50, 20, 5, 2)
const large = await bench.benchRun(200, 20, 5, 2)
row('K=20: d=200 : d=50, whole run', `${(large.wall / small.wall).toFixed(1)}   (quadratic would be 16)`)
const widest = await bench.benchRun(200, 50, 5, 2)
row(
  'd=200 K=50 n=5',
  `${widest.wall.toFixed(1)} s, peak memory ${(widest.peakMemoryBytes / 1e6).toFixed(0)} MB`,
)
