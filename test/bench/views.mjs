/**
 * How long a person waits for each view, in Chromium on the built app: opening the app on the bundled example, a result by
 * a click in the app, then every view of a large result (200 genes, 100 experiments) after its click, and what the window
 * holds in memory at the end.
 *
 *   node test/bench/views.mjs [--result FILE] [--trace VIEW [--trace FILE]]
 *
 * The large result is made once (a simulated study, analysed with a short search; views do not depend on how long the
 * search was) and kept in node_modules/.cache/bench. Of each view one line: the wait from the click until what it shows is
 * drawn and the page is idle, and beside it processor time, which does not depend on what else the machine does: of the
 * page's own thread and (Linux) of the host with its engine. `--trace` writes a profile of one view, for Chromium's DevTools.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { CHROMIUM_ARGS, CHROMIUM_HINT, findChromium } from '../../build/chromium.mjs'
import { ensureBuilt } from '../../build/ensure-built.mjs'

const root = resolve(import.meta.dirname, '../..')
const cli = join(root, 'out/main/cli.js')
const CACHE = join(root, 'node_modules/.cache/bench')
const STUDY = ['--genes', '200', '--environments', '100', '--samples', '3', '--control-samples', '40']
const SEARCH = ['--genes', '200', '--candidates', '4', '--max-parents', '2', '--sweeps', '100']
/** what issue and product ask for */
const LIMITS = { startMs: 2000, viewMs: 1000, heapMb: 400 }

const { values: options } = parseArgs({
  options: { result: { type: 'string' }, trace: { type: 'string', multiple: true } },
})
const executablePath = await findChromium()
if (!executablePath) throw new Error(CHROMIUM_HINT)
ensureBuilt()

const run = (...args) =>
  new Promise((done, fail) =>
    spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'ignore', 'inherit'] }).on('exit', (code) =>
      code === 0 ? done() : fail(new Error(`metacadi ${args[0]} ended with ${code}`)),
    ),
  )

async function largeResult() {
  const kept = join(CACHE, 'views-200x100')
  const result = join(kept, 'result.json')
  if (existsSync(result)) return result
  mkdirSync(kept, { recursive: true })
  console.log('Making the large result, once …')
  await run('simulate', ...STUDY, '--out', kept)
  await run('analyze', join(kept, 'study.csv'), ...SEARCH, '--out', kept)
  return result
}

/** A web host with a data folder of its own, and the address that opens its first screen. */
async function serve(...args) {
  const folder = mkdtempSync(join(tmpdir(), 'metacadi-bench-'))
  const child = spawn(process.execPath, [cli, 'serve', ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, METACADI_DATA_DIR: folder },
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const { address } = JSON.parse(line)
    if (!address) continue
    return {
      address,
      pid: child.pid,
      stop: async () => {
        child.kill('SIGINT')
        await new Promise((done) => child.on('exit', done))
        rmSync(folder, { recursive: true, force: true })
      },
    }
  }
  throw new Error('The web host ended before it printed an address.')
}

/** Processor seconds of a process and of all it started; null where there is no /proc. */
function processorSeconds(pid) {
  if (!existsSync('/proc')) return null
  const parents = new Map()
  const spent = new Map()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
      parents.set(Number(name), Number(fields[1]))
      spent.set(Number(name), (Number(fields[11]) + Number(fields[12])) / 100)
    } catch {
      // ended meanwhile
    }
  }
  const belongs = (id) => id === pid || (parents.has(id) && belongs(parents.get(id)))
  return [...spent].filter(([id]) => belongs(id)).reduce((sum, [, seconds]) => sum + seconds, 0)
}

/** The page has drawn and has nothing left to do. */
const idle = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(done, { timeout: 5000 })))
      }),
  )

async function open(browser) {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  page.setDefaultTimeout(120_000)
  await page.addInitScript(() => localStorage.setItem('metacadi.rerun-at-once', 'no'))
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const metric = async (name) => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return metrics.find((one) => one.name === name).value
  }
  return { page, devtools, metric }
}

/** The network when its genes have places; before, the canvas is there and empty. */
const drawnNetwork = (page) =>
  page.getByRole('application', { name: /Causal network .*edge/ }).and(page.locator('[aria-busy="false"]'))

const rows = []

const [traced, traceFile = 'view.cpuprofile'] = options.trace ?? []

async function measure(name, limit, { page, devtools, metric }, host, act, shown) {
  if (name === traced) {
    await devtools.send('Profiler.enable')
    await devtools.send('Profiler.start')
  }
  await idle(page)
  const before = {
    page: await metric('TaskDuration'),
    host: processorSeconds(host.pid),
    at: performance.now(),
  }
  await act()
  await shown()
  await idle(page)
  const ms = Math.round(performance.now() - before.at)
  const hostNow = processorSeconds(host.pid)
  const pageMs = Math.round(1000 * ((await metric('TaskDuration')) - before.page))
  const hostMs = hostNow === null ? null : Math.round(1000 * (hostNow - before.host))
  if (name === traced) {
    const { profile } = await devtools.send('Profiler.stop')
    writeFileSync(traceFile, JSON.stringify(profile))
  }
  rows.push({ view: name, ms, pageMs, hostMs, limit, within: ms <= limit })
  const ofHost = hostMs === null ? '' : `   host ${String(hostMs).padStart(5)} ms`
  console.log(
    `${name.padEnd(34)} ${String(ms).padStart(6)} ms   page ${String(pageMs).padStart(5)} ms${ofHost}`,
  )
}

async function start(browser) {
  const host = await serve('--example', 'drug-screen')
  const window = await open(browser)
  const { page } = window
  const picture = drawnNetwork(page)
  await measure(
    'app opened on the example',
    LIMITS.startMs,
    window,
    host,
    () => page.goto(host.address),
    () => picture.waitFor(),
  )
  await page.close()
  await host.stop()
}

/** As a person opens a result in an app that is there already, from the moment at which the file is chosen: reading it, the first picture and all. */
async function byClick(browser) {
  const host = await serve()
  const file = options.result ?? (await largeResult())
  const window = await open(browser)
  const { page } = window
  await page.goto(host.address)
  const choose = page.getByRole('button', { name: 'Choose files…' })
  await choose.waitFor()
  await idle(page)
  const asked = page.waitForEvent('filechooser')
  await choose.click()
  const chooser = await asked
  // who looks for a file takes longer
  await page.waitForTimeout(1000)
  await measure(
    'result opened by a click',
    LIMITS.viewMs,
    window,
    host,
    () => chooser.setFiles(file),
    () => drawnNetwork(page).waitFor(),
  )
  await page.close()
  await host.stop()
}

async function views(browser) {
  const host = await serve(options.result ?? (await largeResult()))
  const window = await open(browser)
  const { page, devtools } = window
  const view = (name, act, shown) => measure(name, LIMITS.viewMs, window, host, act, shown)
  const inTabs = (list, name) =>
    page.getByRole('tablist', { name: list }).getByRole('tab', { name, exact: true })
  const grid = (name) => page.getByRole('grid', { name })
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  const network = drawnNetwork(page)
  const visible = (locator) => () => locator.first().waitFor()

  await view('result opened (network)', () => page.goto(host.address), visible(network))
  const toTab = (name, shown) =>
    view(`${name} tab`, () => inTabs('Views of the result', name).click(), visible(shown))
  await toTab('Targets', grid(/Probability of being a direct target/))
  await toTab('Data', page.getByRole('tabpanel').getByRole('heading'))
  await toTab('Constraints', page.getByRole('tabpanel').getByRole('heading'))
  await toTab('Report', page.getByRole('button', { name: 'Save HTML report' }))
  await toTab('Network', network)

  const edges = grid('Edges')
  const support = inspector.getByRole('list', { name: /experiment/i })
  await view(
    'first edge: probability, effect',
    () => edges.getByRole('row').nth(1).click(),
    visible(inspector.getByRole('heading', { name: /→/ })),
  )
  await view('first edge: experiments', () => Promise.resolve(), visible(support))
  await view('next edge with experiments', () => edges.getByRole('row').nth(3).click(), visible(support))
  await view('targets table', () => inTabs('Tables', 'Targets').click(), visible(grid('Targets')))
  await view(
    'one target: evidence',
    () => grid('Targets').getByRole('row').nth(1).click(),
    visible(inspector.getByRole('heading')),
  )
  await devtools.send('HeapProfiler.collectGarbage')
  const heap = await devtools.send('Runtime.getHeapUsage')
  const heapMb = Math.round((heap.usedSize + heap.embedderHeapUsedSize + heap.backingStorageSize) / 1e6)
  console.log(
    `memory of the window after a collection: ${heapMb} MB, of which arrays ${Math.round(heap.backingStorageSize / 1e6)} MB`,
  )
  await page.close()
  await host.stop()
  return heapMb
}

const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS })
try {
  await start(browser)
  await byClick(browser)
  const heapMb = await views(browser)
  console.log(JSON.stringify({ limits: LIMITS, rows, heapMb }))
} finally {
  await browser.close()
}
