/**
 * `npm test`: everything that continuous integration checks, with one line per step and the numbers of all
 * tests in the last line. The output of a step is shown only when it fails; `--verbose` shows all of it.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { CHROMIUM_HINT, findOrInstallChromium } from './chromium.mjs'

const root = resolve(import.meta.dirname, '..')
const training = join(root, 'models', 'training')
const verbose = process.argv.includes('--verbose')
const scratch = mkdtempSync(join(tmpdir(), 'metacadi-test-'))
const total = { passed: 0, failed: 0, skipped: 0 }
const minutes = (count) => count * 60_000

/** Runs a command to its end; a step that hangs is ended and counts as failed. */
function run(command, args, { env = {}, limit }) {
  return new Promise((done) => {
    const started = Date.now()
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, CI: 'true', FORCE_COLOR: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    const chunks = []
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        chunks.push(chunk)
        if (verbose) process.stdout.write(chunk)
      })
    const timer = setTimeout(() => child.kill('SIGKILL'), limit)
    const finish = (code) => {
      clearTimeout(timer)
      const seconds = (Date.now() - started) / 1000
      const output = Buffer.concat(chunks).toString('utf8')
      done({
        ok: code === 0,
        output: code === null ? `${output}\nended after ${limit / 1000} s\n` : output,
        seconds,
      })
    }
    child.on('error', (error) => {
      chunks.push(Buffer.from(String(error)))
      finish(1)
    })
    child.on('close', finish)
  })
}

const npm = (script, options) =>
  run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['run', '--silent', script], options)
const node = (file, args, options) =>
  run(process.execPath, [join(root, 'node_modules', file), ...args], options)

function report(name, { ok, output, seconds }, detail = '') {
  console.log(
    `${ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(22)} ${seconds.toFixed(0).padStart(4)} s  ${detail}`.trimEnd(),
  )
  if (!ok && !verbose) console.log(output.trimEnd().replace(/^/gm, '      '))
}

/** A check that is not a test adds to the failures only. */
function reportCheck(name, result) {
  report(name, result)
  if (!result.ok) total.failed++
}

function reportTests(name, result, counts) {
  const broken = !result.ok && counts.failed === 0 ? 1 : 0
  total.passed += counts.passed
  total.failed += counts.failed + broken
  total.skipped += counts.skipped
  const detail = `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`
  report(
    name,
    { ...result, ok: result.ok && counts.failed === 0 },
    broken ? `${detail}; ended with an error` : detail,
  )
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

function vitestCounts(file) {
  const json = readJson(file)
  const skipped = (json?.numPendingTests ?? 0) + (json?.numTodoTests ?? 0)
  return { passed: json?.numPassedTests ?? 0, failed: json?.numFailedTests ?? 0, skipped }
}

function playwrightCounts(file) {
  const stats = readJson(file)?.stats
  return {
    passed: stats?.expected ?? 0,
    failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
    skipped: stats?.skipped ?? 0,
  }
}

/** A Python that has the packages of the training, or the reason why there is none. */
async function findTrainingPython() {
  const own = ['bin/python', 'Scripts/python.exe'].map((path) => join(training, '.venv', path))
  const python = process.env.METACADI_PYTHON ?? own.find((path) => existsSync(path)) ?? 'python3'
  const packages = ['jax', 'optax', 'onnx', 'onnxruntime', 'sklearn', 'scipy', 'matplotlib', 'pytest']
  const imports = `list(map(__import__,[${packages.map((name) => `'${name}'`).join(',')}]))`
  const { ok, output } = await run(python, ['-c', imports], { limit: minutes(2) })
  return ok ? { python } : { reason: output.trim().split('\n').at(-1) }
}

function pytestCounts(file) {
  const suite = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const count = (name) => Number(new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`).exec(suite)?.[1] ?? 0)
  const failed = count('failures') + count('errors')
  return { passed: count('tests') - failed - count('skipped'), failed, skipped: count('skipped') }
}

const started = Date.now()
const chromium = await findOrInstallChromium()
const browser = chromium ? { CHROMIUM: chromium } : {}

async function checkSources() {
  reportCheck('lint', await npm('lint:code', { limit: minutes(10) }))
  reportCheck('types', await npm('typecheck', { limit: minutes(6) }))
  reportCheck('format, imports, colours', await npm('lint:rest', { limit: minutes(6) }))
}

async function testInBrowser() {
  if (!chromium) {
    reportCheck('browser', { ok: false, output: CHROMIUM_HINT, seconds: 0 })
    return
  }
  const json = join(scratch, 'playwright.json')
  const env = { ...browser, PLAYWRIGHT_JSON_OUTPUT_NAME: json }
  const args = ['test', '-c', 'test/e2e/playwright.config.ts', '--reporter=line,json']
  const result = await node('@playwright/test/cli.js', args, { env, limit: minutes(10) })
  reportTests('browser', result, playwrightCounts(json))
}

const build = await npm('build', { limit: minutes(4) })
reportCheck('build', build)
if (!build.ok) {
  rmSync(scratch, { recursive: true, force: true })
  console.log('Nothing was tested: most tests run what is built. Mend the build and test again.')
  process.exit(1)
}

// Checks of the sources keep one core busy, browser tests little more than one, and both take as long.
await Promise.all([checkSources(), testInBrowser()])

const unitJson = join(scratch, 'vitest.json')
const unitArgs = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitJson}`]
const unit = await node('vitest/vitest.mjs', unitArgs, { env: browser, limit: minutes(10) })
reportTests('unit, contract, desktop', unit, vitestCounts(unitJson))

const { python, reason } = await findTrainingPython()
if (python) {
  const xml = join(scratch, 'pytest.xml')
  const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', `--junitxml=${xml}`, join(training, 'tests')]
  const env = { PYTHONDONTWRITEBYTECODE: '1' }
  reportTests('training', await run(python, args, { env, limit: minutes(10) }), pytestCounts(xml))
} else {
  console.log(
    `skip  training                      no Python with models/training/requirements.txt (${reason})`,
  )
}

rmSync(scratch, { recursive: true, force: true })
console.log(`${((Date.now() - started) / 1000).toFixed(0)} s in all`)
console.log(
  `${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`,
)
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1
