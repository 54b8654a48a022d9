import { readFileSync } from 'node:fs'
import { expect, test } from './app'

test('a project is saved, reloaded, opened again and undone, and stays equal', async ({ app }) => {
  const { page, results } = app
  const named = results.project.getByRole('button', { name: /^first look/ })
  await app.start.runExample()
  await expect(results.edges).toBeVisible({ timeout: 30_000 })
  await results.row(results.edges, 1).click()
  await page.keyboard.press('Escape')
  await results.inspector.getByRole('button', { name: 'Forbid', exact: true }).click()
  await expect(results.project).toContainText('forbidden')
  await results.inspector.getByRole('button', { name: 'Require', exact: true }).click()
  await expect(results.project).toContainText('required')

  // A run is renamed and its name is taken back and given again.
  await results.project.getByRole('button', { name: /^Actions for/ }).click()
  await page.getByRole('menuitem', { name: 'Rename…' }).click()
  await page.getByRole('textbox', { name: 'Name of the run' }).fill('first look')
  await page.keyboard.press('Enter')
  await expect(named).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Name of the run' })).toBeHidden()
  await page.keyboard.press('Control+z')
  await expect(named).toHaveCount(0)
  await page.keyboard.press('Control+y')
  await expect(named).toBeVisible()

  await expect(page.getByRole('contentinfo')).toContainText(/kept \d/)
  await page.reload()
  await expect(results.project).toContainText('required')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect(results.project).toContainText('forbidden')
  await page.keyboard.press('Control+Shift+z')
  await page.keyboard.press('Control+Shift+z')
  await expect(named).toBeVisible()

  const download = page.waitForEvent('download')
  await page.keyboard.press('Control+s')
  const saved = await download
  expect(saved.suggestedFilename()).toMatch(/\.metacadi$/)
  await expect(page.getByRole('contentinfo')).toContainText(/saved \d/)
  const path = await saved.path()

  await page.keyboard.press('Control+n')
  await expect(app.start.title).toBeVisible()
  await expect(app.start.recent(/Drug screen|screen|expression/)).toBeVisible()
  const chooser = page.waitForEvent('filechooser')
  await app.start.chooseFiles()
  await (
    await chooser
  ).setFiles({
    name: 'again.metacadi',
    mimeType: 'application/x-metacadi',
    buffer: readFileSync(path),
  })
  await expect(named).toBeVisible()
  await expect(results.project).toContainText('required')
  await expect(results.stale()).toBeVisible()
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect(results.stale()).toHaveCount(0)
  await expect(page.getByRole('banner').getByRole('button', { name: 'Run', exact: true })).toBeEnabled()
  expect(await app.accessibilityViolations()).toEqual([])
})
