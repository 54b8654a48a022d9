/**
 * What a user does in the desktop app, written once: `emulated.test.ts` runs it on the emulated `electron` module,
 * `electron.test.ts` on the real one.
 */
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect as expectPage, type Page } from '@playwright/test'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DesktopApp } from './desktop-app'

const EXAMPLE = resolve(import.meta.dirname, '../../examples/drug-screen/expression.csv')
/** Two busy cores, a cold cache: far above what a run takes, far below a test that hangs. */
const RUN_LIMIT_MS = 60_000

export const resultTabs = (page: Page): ReturnType<Page['getByRole']> =>
  page.getByRole('tab', { name: 'Network' })

export async function runExample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run it yourself' }).click()
  await expectPage(resultTabs(page)).toBeVisible({ timeout: RUN_LIMIT_MS })
}

export async function toStartPage(app: DesktopApp): Promise<void> {
  await app.page.evaluate(() => {
    location.hash = ''
  })
  await expectPage(app.page.getByRole('button', { name: 'Run it yourself' })).toBeEnabled({
    timeout: RUN_LIMIT_MS,
  })
}

/** The journeys share one app, as a user's session does; each leaves it usable for the next. */
export function itServesItsUser(start: () => Promise<DesktopApp>): () => DesktopApp {
  const folder = mkdtempSync(join(tmpdir(), 'metacadi-journeys-'))
  let app: DesktopApp

  beforeAll(async () => {
    app = await start()
  }, 120_000)
  afterAll(async () => {
    await app?.quit()
    rmSync(folder, { recursive: true, force: true })
  })

  it('opens on the start page with a connected engine', async () => {
    await expectPage(app.page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectPage(app.page.getByRole('button', { name: 'Run it yourself' })).toBeEnabled({
      timeout: 20_000,
    })
  })

  it('runs the example through to a result with edges and targets', async () => {
    await runExample(app.page)
    await expectPage(app.page.getByRole('row')).not.toHaveCount(0)
    await app.page.getByRole('tab', { name: 'Targets' }).first().click()
    await expectPage(app.page.getByText('compound_A').first()).toBeVisible()
  }, 90_000)

  it('saves a table where the user chose, replacing what was there', async () => {
    const file = join(folder, 'edges.tsv')
    await app.answerDialog({ canceled: false, filePath: file })
    await app.clickMenu('export-edges')
    await expect.poll(() => read(file), { timeout: 20_000 }).toMatch(/^source\ttarget\t/)
    expect(read(file).split('\n').length).toBeGreaterThan(20 * 19)
  }, 30_000)

  it('prints the report by itself, without another browser on the computer', async () => {
    const file = join(folder, 'report.pdf')
    await app.answerDialog({ canceled: false, filePath: file })
    await app.page.getByRole('tab', { name: 'Report' }).first().click()
    // Leaves out what takes long to work out.
    await app.page.getByRole('checkbox', { name: 'Check on these data' }).uncheck()
    await app.page.getByRole('button', { name: 'Save as' }).click()
    await app.page.getByRole('menuitem', { name: 'Report (PDF)' }).click()
    await expect.poll(() => read(file).slice(0, 5), { timeout: 90_000 }).toBe('%PDF-')
    expect(readFileSync(file).toString('latin1')).toMatch(/\/Type \/Pages?\b/)
  }, 120_000)

  it('saves nothing when the user changes their mind', async () => {
    const before = readdirSync(folder)
    await app.answerDialog({ canceled: true, filePath: join(folder, 'unwanted.tsv') })
    await app.clickMenu('export-targets')
    await app.page.waitForTimeout(500)
    await expectPage(app.page.getByRole('alert')).toHaveCount(0)
    expect(readdirSync(folder)).toEqual(before)
  })

  it('reads a file that was chosen in the system dialog', async () => {
    await toStartPage(app)
    const file = join(folder, 'my screen.csv')
    copyFileSync(EXAMPLE, file)
    await app.answerDialog({ canceled: false, filePaths: [file] })
    await app.page.getByRole('button', { name: 'Choose files…' }).click()
    await expectPage(app.page.getByText('my screen', { exact: false }).first()).toBeVisible({
      timeout: 20_000,
    })
    await expectPage(app.page.getByText('simTF1').first()).toBeVisible()
  }, 60_000)

  it('goes on after the engine was killed: it is started again and the next run succeeds', async () => {
    await app.killEngine()
    const lost = app.page.getByText('Engine not connected')
    await expectPage(lost).toBeVisible()
    await expectPage(lost).toHaveCount(0, { timeout: 20_000 })
    await toStartPage(app)
    await runExample(app.page)
  }, 120_000)

  return () => app
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
