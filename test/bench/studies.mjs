/**
 * `npm run bench:studies`: simulates the validation studies of `validation.json`, analyses them all and prints the
 * tables. `npm run bench:studies -- MANIFEST [options of metacadi benchmark]` does the same for other studies with
 * known truth. Nothing here is a test: it measures, `docs/benchmark.md` says what was measured.
 */
import { execFileSync } from 'node:child_process'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const node = (...args) => execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
const metacadi = (...args) => node(join(root, 'out/main/cli.js'), ...args)

node(join(root, 'build/ensure-built.mjs'))
const given = process.argv.slice(2)
try {
  if (given.length > 0 && !given[0].startsWith('-')) metacadi('benchmark', ...given)
  else {
    const studies = join(root, 'metacadi-out', 'validation')
    metacadi('simulate', join(root, 'test/bench/validation.json'), '--out', studies)
    metacadi('benchmark', join(studies, 'manifest.json'), ...given)
  }
} catch (error) {
  // The command has said why on standard error.
  process.exitCode = error.status ?? 1
}
