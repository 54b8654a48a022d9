/**
 * How smoothly the network view pans and zooms at 300 genes and 1,500 edges, in Chromium without a graphics card (the
 * worst case: everything is drawn by the processor).
 *
 *   node test/bench/network-canvas.mjs [genes] [edges]
 *
 * Opens the built app on a made result of that size, moves the picture for two seconds by wheel and by drag, and counts
 * the frames that the page draws. Writes one JSON line: frames per second, the longest frame, the processor time of a frame,
 * and the time to the first picture. With a graphics card the figures are higher; measure there with HEADED=1.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from '@playwright/test'
import { CHROMIUM_ARGS, CHROMIUM_HINT, findChromium } from '../../build/chromium.mjs'
import { ensureBuilt } from '../../build/ensure-built.mjs'

const root = resolve(import.meta.dirname, '../..')
const [genes = 300, edges = 1500] = process.argv.slice(2).map(Number)
const SECONDS = 2

const executablePath = await findChromium()
if (!executablePath) throw new Error(CHROMIUM_HINT)
ensureBuilt()

/** A small table gives a result of the right form; its edges are then replaced by as many as are wanted. */
function table() {
  let state = 1
  const next = () => (state = (state * 48271) % 2147483647) / 2147483647 - 0.5
  const names = Array.from({ length: genes }, (_, j) => `G${j + 1}`)
  const rows = Array.from({ length: 10 }, (_, r) => {
    const values = []
    for (let j = 0; j < genes; j++) values.push(next() + (j > 5 ? 0.8 * values[(j * 7) % 5] : 0))
    return [r < 6 ? 'control' : 'drug', ...values.map((value) => value.toFixed(4))].join(',')
  })
  return [['experiment', ...names].join(','), ...rows].join('\n')
}

/** Puts `edges` random edges with few causes of many into the result; its hash no longer fits, which the app says. */
function withEdges(path) {
  const result = JSON.parse(readFileSync(path, 'utf8'))
  const d = result.genes.length
  const probability = new Float64Array(d * d)
  const effect = new Float64Array(d * d)
  let state = 7
  const next = () => (state = (state * 48271) % 2147483647) / 2147483647
  for (let placed = 0; placed < edges;) {
    const [i, j] = [Math.floor(d * next() ** 2), Math.floor(d * next())]
    if (i === j || probability[i * d + j] > 0) continue
    probability[i * d + j] = 0.3 + 0.7 * next()
    effect[i * d + j] = next() - 0.5
    placed++
  }
  const packed = (values) => ({ $f64: Buffer.from(values.buffer).toString('base64') })
  Object.assign(result.edges, {
    probability: packed(probability),
    logOdds: packed(probability.map((p) => Math.log((p + 1e-9) / (1 - p + 1e-9)))),
    effect: packed(effect),
    effectSd: packed(new Float64Array(d * d).fill(0.05)),
  })
  writeFileSync(path, JSON.stringify(result))
}

const folder = mkdtempSync(join(tmpdir(), 'metacadi-bench-'))
const run = (...args) =>
  new Promise((done, fail) =>
    spawn(process.execPath, [join(root, 'out/main/cli.js'), ...args], { stdio: 'ignore' }).on(
      'exit',
      (code) => (code === 0 ? done() : fail(new Error(`metacadi ${args[0]} ended with ${code}`))),
    ),
  )
const host = spawn(process.execPath, [join(root, 'out/main/cli.js'), 'serve', '--json'], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const browser = await chromium.launch({
  executablePath,
  args: CHROMIUM_ARGS,
  headless: process.env.HEADED !== '1',
})
try {
  writeFileSync(join(folder, 'table.csv'), table())
  const settings = ['--mode', 'closed-form', '--sweeps', '20', '--candidates', '3', '--max-parents', '1']
  await run('analyze', join(folder, 'table.csv'), ...settings, '--out', join(folder, 'run'))
  withEdges(join(folder, 'run', 'result.json'))
  let address
  for await (const line of createInterface({ input: host.stdout })) {
    address = JSON.parse(line).address
    if (address) break
  }
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  page.setDefaultTimeout(120_000)
  await page.goto(address)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files…' }).click()
  await (await chooser).setFiles(join(folder, 'run', 'result.json'))
  const canvas = page.getByRole('application', { name: /Causal network/ })
  const opened = Date.now()
  await canvas.waitFor()
  await page.getByText(/edges shown/).waitFor()
  const firstPicture = Date.now() - opened
  await page.waitForTimeout(2500)
  const drawn = Number(
    (await canvas.getAttribute('aria-label')).match(/and ([\d,]+) edge/)[1].replaceAll(',', ''),
  )
  const box = await canvas.boundingBox()
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]

  // Processor time of the page's own thread: what a frame costs, whatever else the machine does meanwhile.
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000
  }
  const measure = async (move) => {
    const before = await busy()
    await page.evaluate(() => {
      window.frames_ = []
      const tick = (time) => {
        window.frames_.push(time)
        window.ticking_ = requestAnimationFrame(tick)
      }
      window.ticking_ = requestAnimationFrame(tick)
    })
    const end = Date.now() + SECONDS * 1000
    for (let step = 0; Date.now() < end; step++) await move(step)
    const times = await page.evaluate(() => {
      cancelAnimationFrame(window.ticking_)
      return window.frames_
    })
    const spent = (await busy()) - before
    const gaps = times.slice(1).map((time, at) => time - times[at])
    return {
      fps: Math.round((1000 * gaps.length) / (times.at(-1) - times[0])),
      longestFrameMs: Math.round(Math.max(...gaps)),
      processorMsPerFrame: Number((spent / gaps.length).toFixed(1)),
    }
  }
  await page.mouse.move(x, y)
  const zoom = await measure(async (step) => {
    await page.mouse.wheel(0, step % 20 < 10 ? -40 : 40)
    await page.waitForTimeout(8)
  })
  await page.waitForTimeout(800)
  await page.mouse.move(box.x + 12, box.y + 12)
  await page.mouse.down()
  const pan = await measure(async (step) => {
    await page.mouse.move(
      box.x + 12 + 200 * Math.sin(step / 8) ** 2,
      box.y + 12 + 100 * Math.sin(step / 11) ** 2,
    )
    await page.waitForTimeout(8)
  })
  await page.mouse.up()
  console.log(JSON.stringify({ genes, wanted: edges, drawn, firstPictureMs: firstPicture, pan, zoom }))
} finally {
  await browser.close()
  host.kill('SIGINT')
  rmSync(folder, { recursive: true, force: true })
}
