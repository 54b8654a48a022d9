/**
 * node test/bench/providers.mjs [--json] [GENES,EXPERIMENTS …]
 *
 * The learned model on the CPU and on an NVIDIA card, through the program's own loader: differences to the fixture of
 * the training code and to each other, and times. Without a card it says why CUDA does not run. docs/gpu.md has figures.
 */
import { join, resolve } from 'node:path'
import { importBench } from './build-entry.mjs'

const SIZES = [20, 50, 200].flatMap((genes) => [10, 50, 200].map((experiments) => [genes, experiments]))

const root = resolve(import.meta.dirname, '../..')
const args = process.argv.slice(2)
const { compareProviders } = await importBench('providers')
const given = args.filter((arg) => arg !== '--json').map((size) => size.split(',').map(Number))
const figures = await compareProviders(
  join(root, 'models/metacadi'),
  join(root, 'test/fixtures/model/parity.json.gz'),
  given.length > 0 ? given : SIZES,
)
if (args.includes('--json')) console.log(JSON.stringify(figures))
else for (const provider of figures) print(provider)

function print({ used, refused, opening, parity, tolerance, timings }) {
  console.log(`${used}: opened in ${opening.toFixed(0)} ms${refused.map((why) => `; ${why}`).join('')}`)
  console.log(
    `  largest difference to the training code ${parity.toExponential(1)} (allowed ${tolerance.toExponential(0)})`,
  )
  for (const { genes, experiments, error, ...timing } of timings) {
    const size = `  d = ${genes}, K = ${experiments}`.padEnd(20)
    if (error !== undefined) console.log(`${size} ${error}`)
    else
      console.log(
        `${size} ${timing.median.toFixed(1).padStart(8)} ms, first ${timing.first.toFixed(1)} ms; difference to the CPU`,
        `${timing.difference.toExponential(1)} of ${timing.scale.toFixed(1)}${timing.repeatable ? '' : '; NOT the same bytes twice'}`,
      )
  }
}
