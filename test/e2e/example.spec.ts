import { expect, test } from './app'

// One journey: an analysis of its own for every look would take longer than all the looks.
test('the example is analysed from the start page, its evidence is one click away, and the network needs no mouse', async ({
  app,
}) => {
  test.setTimeout(120_000)
  const { page, results } = app
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

  // an experiment without a confident target says so
  await page
    .getByRole('list', { name: 'Verdict by experiment' })
    .getByRole('button', { name: /no confident target/ })
    .first()
    .click()
  await expect(
    page.getByText(/No gene passes 10\s% FDR. The top 10 are shown; treat them as leads\./),
  ).toBeVisible()

  // a reload in the middle of a result comes back to it, with its data
  await page.reload()
  await expect(results.heatmap).toBeVisible()
  await expect(page.getByRole('banner').getByRole('button', { name: 'Run', exact: true })).toBeEnabled()

  // the network is driven by the keyboard alone
  await results.tab('Network')
  await expect(results.edges).toBeVisible()
  await results.canvas.focus()
  await page.keyboard.press('ArrowDown')
  await expect(results.inspector).toContainText('Causes')
  const edge = results.inspector.getByText('Edge', { exact: true })
  for (let press = 0; press < 12; press++) {
    await page.keyboard.press('ArrowDown')
    if (await edge.isVisible()) break
    await page.keyboard.press('ArrowRight')
  }
  await expect(edge).toBeVisible()
  await page.keyboard.press('x')
  await expect(results.project).toContainText('forbidden')
  await page.keyboard.press('r')
  await expect(results.project).toContainText('required')
  await page.keyboard.press('Enter')
  await expect(results.inspector).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(results.project).toContainText('forbidden')
})
