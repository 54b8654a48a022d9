import { drugScreen, expect, test } from './app'

const MINUTE = 60_000

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

test('targets: heatmap, page of an experiment, copied table, a new experiment that joins the project', async ({
  app,
}) => {
  test.setTimeout(2 * MINUTE)
  const { page, results } = app
  await app.start.runExample()
  await expect(results.edges).toBeVisible({ timeout: MINUTE })
  await results.tab('Targets')

  // the heatmap is clustered, cut and copied
  await page.getByLabel('Order of the genes').selectOption({ label: 'Genes: clustered' })
  await page.getByLabel('Order of the experiments').selectOption({ label: 'Experiments: clustered' })
  await page.getByRole('textbox', { name: 'Find genes' }).fill('simTF')
  await expect(page.getByText(/^\d of 20 genes$/)).toBeVisible()
  await page.getByRole('button', { name: /^Copy or save: P\(direct target\)/ }).click()
  await page.getByRole('menuitem', { name: 'Copy table' }).click()
  await expect(page.getByText(/rows copied\./)).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied.split('\n')[0]).toContain('compound_A')

  // the page of one experiment: ranking, what changed, what each sample decides
  const verdicts = page.getByRole('list', { name: 'Verdict by experiment' })
  await verdicts.getByRole('button', { name: /compound_A/ }).click()
  const experiment = page.getByRole('region', { name: 'Experiment compound_A' })
  await expect(experiment.getByRole('heading', { name: 'Most probable direct targets' })).toBeVisible()
  await expect(experiment.getByRole('img', { name: /^Volcano plot of compound_A/ })).toBeVisible()
  await expect(experiment.getByText('nothing removed')).toBeVisible({ timeout: MINUTE })
  await expect(results.inspector).toContainText('If a sample is removed')
  expect(await app.accessibilityViolations()).toEqual([])
  await page.getByRole('button', { name: /^All experiments/ }).click()
  await page.getByRole('button', { name: 'Run the check' }).click()
  await expect(page.getByText(/^False alarms: in \d+ of 50 random draws/)).toBeVisible({ timeout: MINUTE })

  // a new experiment, without a control of its own
  const lines = drugScreen().trim().split('\n')
  const fresh = lines
    .filter((line) => line.startsWith('compound_C,'))
    .map((line) => line.replace('compound_C', 'mystery').replace(/,(-?\d+\.\d)\d*/g, ',$1'))
  await page.getByRole('button', { name: 'File', exact: true }).click()
  await app.choose(
    () => page.getByRole('menuitem', { name: 'Add a new experiment…' }).click(),
    [{ name: 'week 2.csv', content: [lines[0]!, ...fresh].join('\n') }],
  )
  const panel = page.getByRole('region', { name: 'New experiment' })
  await expect(panel).toContainText('20 of 20 genes found')
  await expect(panel.getByRole('button', { name: 'compound_C' })).toBeVisible()
  expect(await app.accessibilityViolations()).toEqual([])
  await panel.getByRole('button', { name: 'Add to project and re-learn' }).click()
  await expect(verdicts.getByRole('button', { name: /mystery/ })).toBeVisible({ timeout: MINUTE })
  await expect(page.getByRole('region', { name: 'Experiment mystery' })).toBeVisible()
})
