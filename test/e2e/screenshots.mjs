/**
 * Pictures of the real app on the bundled example.
 *
 *   node test/e2e/screenshots.mjs [folder]         the pictures of the documentation: main screens at the smallest
 *                                                  window in both themes, the result at 1920 × 1080, and in `states`
 *                                                  what is empty, unfinished, out of date or failed
 *   node test/e2e/screenshots.mjs --all folder     every screen and state × two sizes × two themes, to be looked at
 * `METACADI_MODEL_DIR` names the learned model, as everywhere.
 *
 * Either ends with the console messages the pages gave, which must be none.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { CHROMIUM_ARGS, CHROMIUM_HINT, findChromium } from '../../build/chromium.mjs'
import { ensureBuilt } from '../../build/ensure-built.mjs'
import { walkEveryState } from './every-state.mjs'

const root = resolve(import.meta.dirname, '../..')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { all: { type: 'boolean' }, theme: { type: 'string' }, size: { type: 'string' } },
})
const folder = resolve(positionals[0] ?? join(root, 'docs/screenshots'))
const SIZES = { small: { width: 1280, height: 800 }, large: { width: 1920, height: 1080 } }
/** Main screens: in the documentation at the smallest window, those marked also at the large one. */
const DOCUMENTED = {
  start: ['small'],
  import: ['small'],
  experiments: ['small'],
  quality: ['small'],
  genes: ['small'],
  run: ['small'],
  network: ['small', 'large'],
  constraints: ['small'],
  compare: ['small', 'large'],
  targets: ['small', 'large'],
  'what-if': ['small'],
  next: ['small'],
  report: ['small'],
}
/** What is empty, unfinished, out of date or failed: in the documentation at the smallest window. */
const STATES = new Set([
  'experiments-empty',
  'result-missing',
  'import-error',
  'import-blocking',
  'run-blocked',
  'instant',
  'stopped',
  'result-so-far',
  'network-empty',
  'network-stale',
  'constraints-empty',
  'targets-none',
  'what-if-empty',
  'engine-lost',
])

const executablePath = await findChromium()
if (!executablePath) throw new Error(CHROMIUM_HINT)
ensureBuilt()
mkdirSync(values.all ? folder : join(folder, 'states'), { recursive: true })
const example = readFileSync(join(root, 'examples/drug-screen/expression.csv'), 'utf8')

/** A host with a data folder of its own: nothing recent, nothing kept. */
async function serve() {
  const data = mkdtempSync(join(tmpdir(), 'metacadi-pictures-'))
  const child = spawn(process.execPath, [join(root, 'out/main/cli.js'), 'serve', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, METACADI_DATA_DIR: data },
  })
  child.once('exit', () => rmSync(data, { recursive: true, force: true }))
  for await (const line of createInterface({ input: child.stdout })) {
    const { address } = JSON.parse(line)
    if (address) return { address, stop: () => child.kill('SIGINT') }
  }
  throw new Error('The web host ended before it printed an address.')
}

const problems = new Set()
async function pictures(browser, size, themes) {
  const host = await serve()
  let stopped = false
  try {
    const page = await browser.newPage({ viewport: SIZES[size], colorScheme: themes[0] })
    page.setDefaultTimeout(60_000)
    page.on('console', (message) => {
      // A window whose engine is gone tries to reach it, and the browser says each time that it could not.
      if (!stopped) problems.add(`${message.type()}: ${message.text()}`)
    })
    page.on('pageerror', (error) => problems.add(`uncaught: ${error.message}`))
    // The pictures show the button; runs that start by themselves would hurry them.
    await page.addInitScript(() => localStorage.setItem('metacadi.rerun-at-once', 'no'))
    await page.goto(host.address)
    const shoot = async (name, { hover = false } = {}) => {
      const isState = STATES.has(name)
      const documented = isState ? size === 'small' : DOCUMENTED[name]?.includes(size)
      if (!values.all && !documented) return
      if (!hover) await page.mouse.move(640, 2)
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme })
        await page.waitForTimeout(300)
        // On a busy machine colours are still on their way; what waits for the engine moves until it is there.
        await page.evaluate(async () => {
          const passing = document
            .getAnimations()
            .filter(({ effect }) => effect?.getTiming().iterations !== Infinity)
          await Promise.allSettled(passing.map(({ finished }) => finished))
        })
        const suffix = values.all ? `-${size}-${theme}` : size === 'large' ? `-1920-${theme}` : `-${theme}`
        const path = join(folder, isState && !values.all ? 'states' : '', `${name}${suffix}.png`)
        await page.screenshot({ path })
      }
    }
    await walkEveryState(page, example, shoot, {
      withStoppedRun: values.all || size === 'small',
      stopHost: () => {
        stopped = true
        host.stop()
      },
    })
    await page.close()
  } finally {
    host.stop()
  }
}

const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS })
try {
  for (const size of values.size ? [values.size] : Object.keys(SIZES))
    await pictures(browser, size, values.theme ? [values.theme] : ['light', 'dark'])
} finally {
  await browser.close()
}
for (const problem of problems) console.error(problem)
process.exitCode = problems.size > 0 ? 1 : 0
