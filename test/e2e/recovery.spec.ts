import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { drugScreen, expect, test } from './app'
import { interceptEngine, titleOf } from './engine-answers'

/** Two finished runs of four genes: nothing has to be computed here. */
const PROJECT = readFileSync(resolve(import.meta.dirname, '../fixtures/projects/version-1.metacadi'))

test.setTimeout(120_000)

test('work that was not saved is there again after host and engine were killed', async ({ app }) => {
  const { page, results, start } = app
  const undo = page.getByRole('banner').getByRole('button', { name: /^Undo/ })
  const chooser = page.waitForEvent('filechooser')
  await start.chooseFiles()
  await (
    await chooser
  ).setFiles({ name: 'study.metacadi', mimeType: 'application/octet-stream', buffer: PROJECT })
  await expect(results.edges).toBeVisible({ timeout: 20_000 })
  const edited = page.getByRole('banner').getByText('not saved')
  await expect(edited).toHaveCount(0)

  await results.row(results.edges, 2).click()
  await results.inspector.getByRole('button', { name: 'Forbid', exact: true }).click()
  await expect(edited).toBeVisible()
  // Undone, it is what the file holds again.
  await page.keyboard.press('Control+z')
  await expect(edited).toHaveCount(0)
  await page.keyboard.press('Control+y')
  const step = await undo.getAttribute('aria-label')
  const note = results.inspector.getByRole('textbox', { name: /^Note/ })
  await note.fill('seen before the crash')
  await note.blur()
  await expect(page.getByRole('contentinfo')).toContainText(/kept \d/)
  await page.waitForTimeout(1_500)

  await app.crashAndRestart()
  const row = start.recent(/study/)
  await expect(row).toContainText('not saved')
  await row.getByRole('button', { name: /study/ }).first().click()
  await expect(results.edges).toBeVisible({ timeout: 20_000 })
  await expect(edited).toBeVisible()
  await expect(undo).toHaveAccessibleName(/^Undo .*[Nn]ote/)
  await expect(results.stale()).toContainText('1 edit')
  await results.row(results.edges, 2).click()
  await expect(note).toHaveValue('seen before the crash')
  await page.keyboard.press('Escape')
  await undo.click()
  await expect(undo).toHaveAccessibleName(step!)
})

test('a run goes on from its checkpoint after a reload, the end of the engine and of the host, to the same result', async ({
  app,
}) => {
  test.skip(process.platform === 'win32', 'finds the engine with ps')
  const { page, run, results, start } = app
  const searching = page.getByRole('status').filter({ hasText: 'Searching over networks' })
  const hash = page.getByText(/^[0-9a-f]{64}$/)
  const made = results.project.getByRole('button', { name: /^Actions for/ })
  const hashOfRun = async (count: number): Promise<string | null> => {
    await expect(made).toHaveCount(count, { timeout: 40_000 })
    await results.tab('Data')
    return hash.last().textContent()
  }
  await app.choose(start.chooseFiles, [{ name: 'screen.csv', content: drugScreen() }])
  await app.importing.step('Run')
  await run.setSweeps(6_000)
  await run.start()
  await expect(searching).toBeAttached({ timeout: 30_000 })

  await page.reload()
  await expect(run.stopped).toBeVisible({ timeout: 20_000 })
  expect(await app.accessibilityViolations()).toEqual([])
  await run.resume()
  await expect(searching).toBeAttached({ timeout: 20_000 })
  await expect(run.stopped).toHaveCount(0)

  app.killEngine()
  await expect(run.stopped).toBeVisible({ timeout: 20_000 })
  // The offer takes the place of the failure.
  await expect(page.getByRole('alert')).toHaveCount(0)
  await run.resume()
  await expect(searching).toBeAttached({ timeout: 20_000 })

  await app.crashAndRestart()
  await start
    .recent(/screen/)
    .getByRole('button', { name: /screen/ })
    .first()
    .click()
  // Wherever the project is opened, the run is offered.
  await expect(app.importing.checks).toBeVisible({ timeout: 20_000 })
  await run.resume()
  const resumed = await hashOfRun(1)
  expect(resumed).toMatch(/^[0-9a-f]{64}$/)
  await page.keyboard.press('Control+Enter')
  expect(await hashOfRun(2)).toBe(resumed)
})

test('what takes long says what it is, what fails can be tried again, and what is shown stays', async ({
  app,
}) => {
  const { page, results, start } = app
  const engine = await interceptEngine(page)
  await page.reload()
  const full = 'The disk is full. Free some space.'

  // nothing is open: each step says what it will show and how to begin
  const go = (hash: string): Promise<void> => page.evaluate((to) => void (location.hash = to), hash)
  const steps = {
    import: 'Import',
    experiments: 'Experiments',
    quality: 'Quality of the samples',
    run: 'Run',
  }
  for (const [step, title] of Object.entries(steps)) {
    await go(`#/${step}`)
    await expect(page.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible()
    await expect(page.getByRole('main').getByRole('button', { name: 'Choose files…' })).toBeVisible()
  }
  await go('#/results/nowhere/network')
  await expect(page.getByRole('heading', { name: 'This result is not open here' })).toBeVisible()
  await page.getByRole('button', { name: 'Start page' }).click()

  const chooser = page.waitForEvent('filechooser')
  await start.chooseFiles()
  await (
    await chooser
  ).setFiles({ name: 'study.metacadi', mimeType: 'application/octet-stream', buffer: PROJECT })
  await expect(results.edges).toBeVisible({ timeout: 20_000 })

  // the evidence of an edge: waits, fails, comes
  engine.hold('run.edgeEvidence')
  await results.row(results.edges, 1).click()
  await expect(results.inspector.getByRole('status').getByText('Reading the evidence')).toBeVisible()
  engine.heal()
  await expect(results.inspector.getByRole('img').first()).toBeVisible()
  engine.fail('run.edgeEvidence', 'INTERNAL', 'Gone wrong.')
  await results.row(results.edges, 2).click()
  const failed = results.inspector.getByRole('alert')
  await expect(failed).toContainText(titleOf('INTERNAL'))
  expect(await app.accessibilityViolations('contrast')).toEqual([])
  engine.heal()
  await failed.getByRole('button', { name: 'Try again' }).click()
  await expect(failed).toHaveCount(0)
  await expect(results.inspector.getByRole('img').first()).toBeVisible()

  // a run that fails leaves the last good result, greyed; work that cannot be kept says so until it can
  engine.fail('analysis.run', 'NUMERIC_FAILURE', 'The evidence is not a number.')
  engine.fail('project.keep', 'FILE_ACCESS', full)
  await results.inspector.getByRole('button', { name: 'Forbid', exact: true }).click()
  await expect(page.getByRole('alert').filter({ hasText: full })).toBeVisible()
  await results.rerun()
  const card = page.getByRole('alert').filter({ hasText: titleOf('NUMERIC_FAILURE') })
  await expect(card).toContainText('The last good result is still shown.')
  await expect(results.canvas).toBeVisible()
  await expect(results.stale()).toBeVisible()
  engine.heal()
  await card.getByRole('button', { name: 'Dismiss' }).click()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('alert').filter({ hasText: full })).toHaveCount(0)
  await expect(results.stale()).toHaveCount(0)

  // the report of before stays under a failure
  await results.tab('Report')
  await expect(page.locator('[data-report-page]')).toBeVisible({ timeout: 20_000 })
  engine.fail('run.preview', 'INTERNAL', 'Gone wrong.')
  await page.getByRole('checkbox', { name: 'Citation' }).click()
  await expect(page.getByRole('alert')).toContainText('The page from before is still shown')
  await expect(page.locator('[data-report-page]')).toBeVisible()
  engine.heal()
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('alert')).toHaveCount(0)
})
