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
  await page.getByLabel('Order of the genes').selectOption({ label: 'Rows: clustered' })
  await page.getByLabel('Order of the experiments').selectOption({ label: 'Columns: clustered' })
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

  // what the network makes of it: the targets are done to it, and the prediction stands beside what was seen
  await results.tab('What-if')
  await page.getByLabel('As in an experiment').selectOption('compound_H')
  const predicted = page.getByRole('grid', { name: 'Predicted shifts' })
  await expect(predicted.getByRole('columnheader', { name: 'In compound_H' })).toBeVisible()
  await results.row(predicted, 2).click()
  const sources = results.inspector.getByRole('heading', { name: 'Where its change comes from' })
  await expect(sources).toBeVisible()
  await expect(results.inspector).toContainText('Not explained by the network')
  await page.getByRole('spinbutton', { name: /^Amount for / }).fill('9')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/is taken beyond all samples/)).toBeVisible()
  await results.inspector.getByRole('heading', { level: 2 }).getByRole('button').click()
  const gene = await results.inspector.getByRole('heading', { level: 2 }).textContent()
  await results.inspector.getByRole('button', { name: 'What if it changes?' }).click()
  await expect(results.row(predicted, 1)).toContainText(gene!)
  await expect(predicted.getByRole('columnheader', { name: /^In / })).toHaveCount(0)
  await results.tab('Targets')
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
