/**
 * node test/bench/report.mjs [--genes 200 --experiments 100 --mode instant|full|closed-form]
 *
 * Size of the HTML report and the processor time to write it, for an answer on a simulated study: the largest size
 * that is promised (below 5 MB and 10 s), and the same bytes when it is written again. The study is simulated and analysed first; that is not timed.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { importBench } from './build-entry.mjs'

const root = resolve(import.meta.dirname, '../..')
const { values } = parseArgs({
  options: {
    genes: { type: 'string', default: '200' },
    experiments: { type: 'string', default: '100' },
    mode: { type: 'string', default: 'instant' },
  },
})
const folder = mkdtempSync(join(tmpdir(), 'metacadi-report-bench-'))
const metacadi = (...args) =>
  execFileSync(process.execPath, [join(root, 'build/metacadi.mjs'), ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, METACADI_DATA_DIR: join(folder, 'data') },
  })
try {
  const { genes, experiments, mode } = values
  metacadi('simulate', '--genes', genes, '--environments', experiments, '--samples', '5', '--out', folder)
  const analysed = ['--genes', genes, '--mode', mode, '--seed', '1', '--out', join(folder, 'run')]
  metacadi('analyze', join(folder, 'study.csv'), ...analysed)
  metacadi('report', join(folder, 'run'), '--out', join(folder, 'report.html'))
  metacadi('report', join(folder, 'run'), '--out', join(folder, 'again.html'))
  const whole = readFileSync(join(folder, 'report.html'))
  const same = whole.equals(readFileSync(join(folder, 'again.html')))

  const { timeReport } = await importBench('report')
  const { seconds, bytes } = await timeReport(join(folder, 'run/result.json'))
  const megabytes = (size) => `${(size / 1e6).toFixed(2)} MB`
  console.log(`report of ${genes} genes and ${experiments} experiments, ${mode}`)
  console.log(`  processor time to write   ${seconds.toFixed(2)} s`)
  console.log(`  page                      ${megabytes(bytes)}`)
  console.log(`  with what it carries      ${megabytes(whole.length)}`)
  console.log(`  written again             ${same ? 'the same bytes' : 'OTHER BYTES'}`)
  process.exitCode = seconds < 10 && whole.length < 5e6 && same ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
