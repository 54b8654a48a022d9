import { expect, test } from './app'

/** Three experiments of four samples; small enough to be read at once after every change. */
function smallScreen(): string {
  const genes = Array.from({ length: 12 }, (_, gene) => `g${gene + 1}`)
  const rows = ['control', 'drug_A', 'drug_B'].flatMap((experiment, group) =>
    Array.from({ length: 4 }, (_, replicate) => {
      const values = genes.map((_, gene) =>
        (5 + Math.sin(gene * 7 + replicate * 3 + group) + (gene === group ? 2 : 0)).toFixed(3),
      )
      return [`${experiment}_${replicate + 1}`, experiment, ...values].join(',')
    }),
  )
  return [['sample', 'experiment', ...genes].join(','), ...rows].join('\n')
}

test('samples are dragged from one experiment to another, and the same is done by keyboard', async ({
  app,
}) => {
  const { page, importing, experiments } = app
  await app.choose(app.start.chooseFiles, [{ name: 'small.csv', content: smallScreen() }])
  await importing.continue.click()
  await expect(experiments.row('drug_A')).toContainText('4')
  const sample = (name: string) => experiments.samples.getByRole('row', { name: new RegExp(`${name}\\b`) })

  // one sample by the mouse
  await sample('drug_A_1').dragTo(experiments.row('drug_B'))
  await expect(experiments.row('drug_B')).toContainText('5')
  await expect(experiments.row('drug_A')).toContainText('3')
  // a selected sample takes the others along, here out of the analysis
  for (const name of ['drug_B_1', 'drug_B_2']) await sample(name).getByRole('checkbox').check()
  await sample('drug_B_1').dragTo(experiments.row('Left out'))
  await expect(experiments.row('Left out')).toContainText('2')
  await expect(experiments.row('drug_B')).toContainText('3')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect(experiments.row('drug_A')).toContainText('4')
  await expect(experiments.row('drug_B')).toContainText('4')

  // by keyboard: the experiment is chosen in its table, a sample in the other, and moved by what stands in its row
  const table = page.getByRole('grid', { name: 'Experiments' })
  await table.press('Home')
  await page.keyboard.press('ArrowDown')
  await expect(table.getByRole('row', { selected: true })).toContainText('drug_A')
  await expect(experiments.samples.getByRole('row')).toHaveCount(5)
  await experiments.samples.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByLabel('Experiment of drug_A_2')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(experiments.row('drug_B')).toContainText('5')
  await expect(experiments.samples.getByRole('row')).toHaveCount(4)

  // several at once: Enter selects rows, the menu moves them
  await experiments.samples.press('Home')
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByText('2 selected')).toBeVisible()
  await page.keyboard.press('Shift+Tab')
  await expect(page.getByRole('button', { name: 'Move to…' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Left out' }).press('Enter')
  await expect(experiments.row('Left out')).toContainText('2')
  await expect(page.getByRole('menu')).toBeHidden()

  // the role, in the row of the experiment; the focus comes back to it when the change was read
  await table.press('Home')
  await page.keyboard.press('ArrowDown')
  // what was moved has not moved the rows
  await expect(table.getByRole('row', { selected: true })).toContainText('drug_A')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  const role = page.getByLabel('Role of drug_B')
  await expect(role).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(role).toHaveValue('control')
  await expect(role).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(table).toBeFocused()
  // headings sort
  await experiments.samples.press('Home')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('columnheader', { name: 'Sample', exact: true })).toHaveAttribute(
    'aria-sort',
    'ascending',
  )
})

test('every table, list and row of buttons of a step is one stop of the Tab key', async ({ app }) => {
  const { page, importing } = app
  await app.choose(app.start.chooseFiles, [{ name: 'small.csv', content: smallScreen() }])
  await expect(importing.checks).toBeVisible()
  for (const [step, ready] of [
    ['import', importing.checks],
    ['experiments', app.experiments.samples],
    ['quality', app.quality.plots],
    ['genes', app.genes.table],
  ] as const) {
    await expect(ready).toBeVisible()
    let presses = 0
    do {
      await page.keyboard.press('Tab')
      presses++
    } while (
      presses < 30 &&
      !(await importing.continue.evaluate((button) => button === document.activeElement))
    )
    expect(presses, step).toBeLessThanOrEqual(15)
    await page.keyboard.press('Enter')
  }
  await expect(app.run.title).toBeVisible()
})
