import { expect, test } from './app'

test('the example is analysed from the start page and its evidence is one click away', async ({ app }) => {
  const { results } = app
  await app.start.runExample()
  await expect(results.edges).toBeVisible({ timeout: 30_000 })

  await results.row(results.edges, 1).click()
  await expect(results.inspector).toContainText('Evidence')
  await expect(results.inspector.getByRole('img', { name: /fitted mechanism/ })).toBeVisible()

  await results.tab('Targets')
  const hit = results.heatmap.getByRole('gridcell', { name: /, Target$/ }).first()
  const label = await hit.getAttribute('aria-label')
  await hit.click()
  const [gene, experiment] = /^(\S+) in (.+):/.exec(label!)!.slice(1)
  await expect(results.inspector).toContainText(`Gene in ${experiment!}`)
  await expect(results.inspector.getByRole('heading', { name: gene! })).toBeVisible()
  await expect(results.inspector.getByRole('img', { name: /Observed and predicted/ })).toBeVisible()
  await expect(results.targets.locator('[aria-selected=true]')).toContainText(gene!)
})

test('an experiment without a confident target says so', async ({ app }) => {
  await app.start.runExample()
  await expect(app.results.edges).toBeVisible({ timeout: 30_000 })
  await app.results.tab('Targets')
  await app.page
    .getByRole('list', { name: 'Verdict by experiment' })
    .getByRole('button', { name: /no confident target/ })
    .first()
    .click()
  await expect(
    app.page.getByText(/No gene passes 10\s% FDR. The top 10 are shown; treat them as leads\./),
  ).toBeVisible()
})

test('a reload in the middle of a result comes back to it, with its data', async ({ app }) => {
  await app.start.runExample()
  await expect(app.results.edges).toBeVisible({ timeout: 30_000 })
  await app.results.tab('Targets')
  await app.page.reload()
  await expect(app.results.heatmap).toBeVisible()
  await expect(app.page.getByRole('banner').getByRole('button', { name: 'Run', exact: true })).toBeEnabled()
})

test('the network is driven by the keyboard alone', async ({ app }) => {
  await app.start.runExample()
  await expect(app.results.edges).toBeVisible({ timeout: 30_000 })
  await app.results.canvas.focus()
  await app.page.keyboard.press('ArrowDown')
  await expect(app.results.inspector).toContainText('Causes')
  for (let press = 0; press < 12; press++) {
    await app.page.keyboard.press('ArrowDown')
    if (await app.results.inspector.getByText('Edge', { exact: true }).isVisible()) break
    await app.page.keyboard.press('ArrowRight')
  }
  await expect(app.results.inspector.getByText('Edge', { exact: true })).toBeVisible()
  await app.page.keyboard.press('x')
  await expect(app.results.project).toContainText('forbidden')
  await app.page.keyboard.press('r')
  await expect(app.results.project).toContainText('required')
  await app.page.keyboard.press('Enter')
  await expect(app.results.inspector).toBeFocused()
  await app.page.keyboard.press('Control+z')
  await expect(app.results.project).toContainText('forbidden')
})
