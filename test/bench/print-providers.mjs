/** Runs and prints the built comparison of `providers.ts`; apart from its build, so that a built copy runs alone. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const SIZES = [20, 50, 200].flatMap((genes) => [10, 50, 200].map((experiments) => [genes, experiments]))

/**
 * @param {string} root with out/bench, models and test/fixtures
 * @param {readonly string[]} args
 */
export async function printProviders(root, args) {
  const { compareProviders } = await import(pathToFileURL(join(root, 'out/bench/providers.js')).href)
  const given = args.filter((arg) => arg !== '--json').map((size) => size.split(',').map(Number))
  const figures = await compareProviders(
    join(root, 'models/metacadi'),
    join(root, 'test/fixtures/model/parity.json.gz'),
    given.length > 0 ? given : SIZES,
  )
  if (args.includes('--json')) console.log(JSON.stringify(figures))
  else for (const provider of figures) print(provider)
}

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
