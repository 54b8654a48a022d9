import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Locator } from '@playwright/test'
import { expect, test, type App } from './app'

/** Two finished runs of four genes: nothing has to be computed here. */
const PROJECT = readFileSync(resolve(import.meta.dirname, '../fixtures/projects/version-1.metacadi'))

async function openFile(app: App, name: string, buffer: Buffer): Promise<void> {
  const chooser = app.page.waitForEvent('filechooser')
  await app.start.chooseFiles()
  await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer })
  await expect(app.results.edges).toBeVisible({ timeout: 20_000 })
}

const undoButton = (app: App): Locator => app.page.getByRole('banner').getByRole('button', { name: /^Undo/ })

test.setTimeout(120_000)

test('a project is changed, reloaded, saved, opened again and undone, and stays equal', async ({ app }) => {
  const { page, results } = app
  const named = results.project.getByRole('button', { name: /^first look/ })
  await openFile(app, 'study.metacadi', PROJECT)
  await expect(undoButton(app)).toHaveAccessibleName('Undo metacadi analyze')
  await expect(results.project.getByRole('button', { name: /^Actions for/ })).toHaveCount(2)

  await results.row(results.edges, 2).click()
  await results.inspector.getByRole('button', { name: 'Forbid', exact: true }).click()
  await expect(results.stale()).toContainText('1 edit')
  const forbidden = await undoButton(app).getAttribute('aria-label')
  expect(forbidden).toMatch(/^Undo Forbid \S+ → \S+$/)

  await results.project.getByRole('button', { name: /^Actions for Run 1/ }).click()
  await page.getByRole('menuitem', { name: 'Rename…' }).click()
  await page.getByRole('textbox', { name: 'Name of the run' }).fill('first look')
  await page.keyboard.press('Enter')
  await expect(named).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Name of the run' })).toBeHidden()
  await results.project.getByRole('button', { name: /^Actions for Run 2/ }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(results.project.getByRole('button', { name: /^Actions for/ })).toHaveCount(1)
  await page.keyboard.press('Control+z')
  await expect(results.project.getByRole('button', { name: /^Actions for/ })).toHaveCount(2)
  await results.project.getByRole('button', { name: /^Run 2/ }).click()
  await expect(results.stale()).toContainText('1 edit')

  // A reload loses nothing, and neither do two steps back and forth after it.
  await expect(page.getByRole('contentinfo')).toContainText(/kept \d/)
  await page.waitForTimeout(1_000)
  await page.reload()
  await expect(named).toBeVisible()
  await expect(undoButton(app)).toHaveAccessibleName(/^Undo Rename .* to first look/)
  await page.keyboard.press('Control+z')
  await expect(undoButton(app)).toHaveAccessibleName(forbidden!)
  await page.keyboard.press('Control+z')
  await expect(results.stale()).toHaveCount(0)
  await page.keyboard.press('Control+Shift+z')
  await page.keyboard.press('Control+y')
  await expect(named).toBeVisible()

  const download = page.waitForEvent('download')
  await page.keyboard.press('Control+s')
  const saved = await download
  expect(saved.suggestedFilename()).toMatch(/\.metacadi$/)
  await expect(page.getByRole('contentinfo')).toContainText(/saved \d/)
  const bytes = readFileSync(await saved.path())

  await page.keyboard.press('Control+n')
  await expect(app.start.recent(/study/)).toBeVisible()
  expect(await app.accessibilityViolations()).toEqual([])
  await openFile(app, 'again.metacadi', bytes)
  await expect(named).toBeVisible()
  await expect(results.stale()).toContainText('1 edit')
  for (let step = 0; step < 3; step++) await undoButton(app).click()
  await expect(undoButton(app)).toBeDisabled()
  expect(await app.accessibilityViolations()).toEqual([])

  // Preferences, in the other language and back.
  await page.keyboard.press('Control+,')
  await page.getByRole('combobox', { name: 'Language' }).selectOption('de')
  await expect(page.getByRole('tab', { name: 'Netzwerk' })).toBeVisible()
  expect(await app.accessibilityViolations()).toEqual([])
})
