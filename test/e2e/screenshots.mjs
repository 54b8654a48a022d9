/**
 * Pictures of every screen for the documentation: `node test/e2e/screenshots.mjs [folder]`.
 * The real app on the bundled example, in both themes, at the smallest window.
 */
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from '@playwright/test'
import { CHROMIUM_ARGS, CHROMIUM_HINT, findChromium } from '../../build/chromium.mjs'
import { ensureBuilt } from '../../build/ensure-built.mjs'

const root = resolve(import.meta.dirname, '../..')
const folder = resolve(process.argv[2] ?? join(root, 'docs/screenshots'))
const executablePath = await findChromium()
if (!executablePath) throw new Error(CHROMIUM_HINT)
ensureBuilt()
mkdirSync(folder, { recursive: true })

async function serve() {
  const child = spawn(process.execPath, [join(root, 'out/main/cli.js'), 'serve', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const { address } = JSON.parse(line)
    if (address) return { address, stop: () => child.kill('SIGINT') }
  }
  throw new Error('The web host ended before it printed an address.')
}

async function walk(page, shot) {
  await page.getByRole('button', { name: 'Look at the data' }).waitFor()
  await shot('start')
  await page.getByRole('button', { name: 'Look at the data' }).click()
  await page.getByRole('heading', { name: 'Checks' }).waitFor()
  await shot('import')
  await page.getByRole('button', { name: 'Continue' }).click()
  await shot('experiments')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText(/of memory/).waitFor()
  await shot('run')
  await page.getByRole('main').getByRole('button', { name: 'Run', exact: true }).click()
  const edges = page.getByRole('grid', { name: 'Edges' })
  await edges.waitFor({ timeout: 60_000 })
  await edges.getByRole('row').nth(3).click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.getByRole('img').waitFor()
  await shot('network')
  await page.getByRole('tab', { name: 'Targets' }).first().click()
  await page.getByRole('grid', { name: 'Targets' }).getByRole('row').nth(1).click()
  await inspector.getByRole('img', { name: /Observed and predicted/ }).waitFor()
  await shot('targets')
  await page.getByRole('tab', { name: 'Report' }).click()
  await shot('report')
}

const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS })
try {
  for (const theme of ['light', 'dark']) {
    const host = await serve()
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: theme })
      await page.goto(host.address)
      await walk(page, async (name) => {
        await page.mouse.move(640, 2)
        await page.waitForTimeout(400)
        await page.screenshot({ path: join(folder, `${name}-${theme}.png`) })
      })
      await page.close()
    } finally {
      host.stop()
    }
  }
} finally {
  await browser.close()
}
