import { expect, test, type App } from './app'

test.use({ model: 'stand-in' })

/** Every screen, in the state a person meets it in. */
async function visitAll(app: App, check: (screen: string) => Promise<void>): Promise<void> {
  await expect(app.page.getByRole('button', { name: 'Run it yourself' })).toBeVisible()
  await check('start')
  await app.start.lookAtExample()
  await expect(app.importing.checks).toBeVisible()
  await check('import')
  await app.importing.continue.click()
  await app.experiments.setKnown('compound_B', 'Partly known')
  await app.experiments.nameTarget('compound_B', 'simG3')
  await check('experiments')
  await app.importing.continue.click()
  await expect(app.quality.plots).toBeVisible()
  await check('quality')
  await app.importing.continue.click()
  await expect(app.genes.row('simG3')).toBeVisible()
  await check('genes')
  await app.importing.continue.click()
  await app.page.getByRole('button', { name: 'Advanced' }).click()
  await expect(app.run.estimate).toBeVisible()
  await check('run')
  await app.run.start()
  await expect(app.results.edges).toBeVisible({ timeout: 60_000 })
  await expect(app.results.searching).toBeHidden({ timeout: 60_000 })
  await app.results.row(app.results.edges, 1).click()
  await app.results.press('Require')
  await expect(app.results.inspector.getByRole('img')).toBeVisible()
  await check('network')
  await app.results.tab('Targets')
  await app.results.row(app.results.targets, 1).click()
  await expect(app.results.inspector.getByRole('img')).toBeVisible()
  await check('targets')
  await app.page
    .getByRole('list', { name: 'Verdict by experiment' })
    .getByRole('button', { name: /compound_A/ })
    .click()
  await expect(app.page.getByText('nothing removed')).toBeVisible({ timeout: 30_000 })
  await check('experiment')
  await app.results.tab('Constraints')
  await check('constraints')
  await app.results.tab('What-if')
  await check('what-if, nothing asked')
  await app.page.getByLabel('As in an experiment').selectOption('compound_A')
  await expect(app.page.getByRole('grid', { name: 'Predicted shifts' })).toBeVisible()
  await check('what-if')
  await app.results.tab('Next experiment')
  await app.results.press('Find out')
  await expect(app.page.getByRole('grid', { name: 'Genes to perturb next' })).toBeVisible({ timeout: 60_000 })
  await check('next experiment')
  await app.results.tab('Data')
  await check('data')
  await app.results.tab('Report')
  await check('report')
  await app.page.keyboard.press('Control+k')
  await check('search')
  await app.page.keyboard.press('Escape')
  await app.page.keyboard.press('Control+,')
  await expect(app.page.getByRole('dialog', { name: 'Preferences' })).toBeVisible()
  await check('preferences')
  await app.page.keyboard.press('Escape')
  await app.page.keyboard.press('F1')
  await expect(app.page.getByRole('dialog', { name: 'Help and shortcuts' })).toBeVisible()
  await check('help')
  await app.page.keyboard.press('Escape')
  await app.page
    .getByRole('contentinfo')
    .getByRole('button', { name: /^Model/ })
    .click()
  await expect(app.page.getByRole('dialog', { name: 'MetaCaDI Desktop' })).toBeVisible()
  await check('about')
}

// One walk for all looks: reaching every screen takes longer than looking at it.
test('no screen breaks a rule of WCAG 2.2 AA, in light or dark, or is larger than the smallest window', async ({
  app,
}) => {
  test.setTimeout(240_000)
  const { page } = app
  await page.setViewportSize({ width: 1280, height: 800 })
  const found: string[] = []
  await visitAll(app, async (screen) => {
    for (const violation of await app.accessibilityViolations()) found.push(`${screen}: ${violation}`)
    await page.emulateMedia({ colorScheme: 'dark' })
    for (const violation of await app.accessibilityViolations('contrast'))
      found.push(`${screen}, dark: ${violation}`)
    await page.emulateMedia({ colorScheme: 'light' })
    const overflow = await page.evaluate(() => ({
      x: document.documentElement.scrollWidth - innerWidth,
      y: document.documentElement.scrollHeight - innerHeight,
    }))
    if (overflow.x !== 0 || overflow.y !== 0)
      found.push(`${screen}: larger than the window by ${overflow.x} × ${overflow.y}`)
  })
  expect(found).toEqual([])
})
