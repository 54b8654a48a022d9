import { drugScreen, expect, test, type App } from './app'

const MINUTE = 60_000

/** Runs the example; more sweeps than the default give a test time to look at the instant answer. */
async function runExample(app: App, sweeps: number): Promise<void> {
  await app.start.lookAtExample()
  await app.importing.step('Run')
  await app.run.setSweeps(sweeps)
  await app.run.start()
  await expect(app.results.edges).toBeVisible({ timeout: MINUTE })
}

test.describe('with a learned model', () => {
  test.use({ model: 'stand-in' })

  test('the instant answer is shown while the search goes on, and the full answer takes its place', async ({
    app,
  }) => {
    test.setTimeout(3 * MINUTE)
    const { results } = app
    await runExample(app, 12_000)
    await expect(results.searching).toBeVisible()
    await results.row(results.edges, 1).click()
    const [cause, effect] = await results.row(results.edges, 1).getByRole('gridcell').allTextContents()
    await expect(results.inspector).toContainText('No evidence views yet')
    await expect(results.inspector).toContainText('not run')

    await expect(results.searching).toBeHidden({ timeout: 2 * MINUTE })
    await expect(results.inspector.getByRole('img')).toBeVisible()
    await expect(results.inspector).toContainText('Combined')
    await expect(results.inspector.getByRole('heading', { level: 2 })).toContainText(cause!.trim())
    await expect(results.inspector.getByRole('heading', { level: 2 })).toContainText(effect!.trim())
    await expect(app.page.getByRole('button', { name: /^Show another run/ })).toContainText('Run 1')
  })

  test('where the methods disagree it is said in words, and a new experiment is answered by both', async ({
    app,
  }) => {
    test.setTimeout(2 * MINUTE)
    const { results } = app
    await app.start.runExample()
    await expect(results.edges).toBeVisible({ timeout: MINUTE })
    await expect(results.searching).toBeHidden({ timeout: MINUTE })
    await results.tab('Targets')
    await results.heatmap
      .getByRole('gridcell', { name: /methods disagree$/ })
      .first()
      .click()
    await expect(results.inspector).toContainText('Methods disagree')
    await expect(results.inspector).toContainText('differ by more than 20 : 1')
    await expect(results.targets.locator('[aria-selected=true]')).toContainText('The methods disagree here')

    // a new experiment is answered by both methods, too, without learning again
    const rows = drugScreen().trim().split('\n')
    const table = [rows[0]!, ...rows.filter((row) => /^(control|compound_C)\b/.test(row))].join('\n')
    await app.page.getByRole('button', { name: 'File' }).click()
    await app.choose(
      () => app.page.getByRole('menuitem', { name: 'Add a new experiment…' }).click(),
      [{ name: 'week 2.csv', content: table }],
    )
    const panel = app.page.getByRole('region', { name: 'New experiment' })
    await expect(panel).toContainText('both methods')
    await expect(panel).toContainText('20 of 20 genes found')
  })

  test('a search that is cancelled leaves the instant answer, is resumed, and gives its result so far', async ({
    app,
  }) => {
    test.setTimeout(2 * MINUTE)
    await runExample(app, 200_000)
    // before, while genes are scored, there is nothing yet that could go on
    const finish = app.page.getByRole('button', { name: 'Use the result so far' })
    await expect(finish).toBeEnabled({ timeout: MINUTE })
    await app.page.getByRole('banner').getByRole('button', { name: 'Cancel' }).click()
    await expect(app.page.getByText('the full search was not finished')).toBeVisible()
    await expect(app.results.edges).toBeVisible()
    await app.page.getByRole('button', { name: /^Resume at \d+/ }).click()
    await expect(app.results.searching).toBeVisible({ timeout: MINUTE })
    await finish.click()
    await expect(app.results.searching).toBeHidden({ timeout: MINUTE })
    await expect(app.page.getByText(/^Result so far: the search was ended after/)).toBeVisible()
    // The instant answer has given way: the run that went on is the one run.
    await expect(app.results.project.getByRole('button', { name: /^Actions for/ })).toHaveCount(1)
  })

  test('the instant answer alone is a method of its own', async ({ app }) => {
    await app.start.lookAtExample()
    await app.importing.step('Run')
    await app.run.method('Instant').check()
    await app.run.start()
    await expect(app.results.edges).toBeVisible({ timeout: MINUTE })
    await expect(app.page.getByText('effects and evidence come with the full search')).toBeVisible()

    // Of two runs the one is deleted, and comes back.
    await app.page.keyboard.press('Control+Enter')
    await expect(app.results.project.getByRole('button', { name: /^Run 2/ })).toBeVisible({ timeout: MINUTE })
    const runOne = app.results.project.getByRole('button', { name: /^Run 1/ })
    await runOne.press('Delete')
    await expect(runOne).toHaveCount(0)
    await app.page.keyboard.press('Control+z')
    await expect(runOne).toBeVisible()
  })
})

test.describe('without a learned model', () => {
  test('the closed form answers alone, and the program says so and why', async ({ app }) => {
    test.setTimeout(2 * MINUTE)
    await app.start.lookAtExample()
    await app.importing.step('Run')
    const notice = app.page.getByText(/The learned model could not be loaded: .+ closed form alone\./)
    await expect(notice).toBeVisible()
    await expect(app.run.method('Instant')).toBeDisabled()
    await app.run.start()
    await expect(app.results.edges).toBeVisible({ timeout: MINUTE })
    await expect(notice).toBeVisible()
    await app.results.row(app.results.edges, 1).click()
    await expect(app.results.inspector.getByRole('img')).toBeVisible()
    await app.page.getByRole('contentinfo').getByRole('button', { name: 'No learned model' }).click()
    await expect(app.page.getByRole('dialog', { name: 'MetaCaDI Desktop' })).toContainText('not available')
  })
})
