import { drugScreen, expect, test } from './app'

const MINUTE = 60_000

test('own data: import, experiments, quality, genes, run, constraint, re-run, export', async ({ app }) => {
  test.setTimeout(4 * MINUTE)
  const { results, experiments, quality, genes, importing, run } = app
  await app.choose(app.start.chooseFiles, [{ name: 'my screen.csv', content: drugScreen() }])
  await expect(importing.checks).toBeVisible()
  await expect(importing.chip('Genes in')).toContainText('columns')
  await importing.continue.click()

  await expect(experiments.title).toBeVisible()
  await expect(experiments.row('compound_A')).toContainText('6')
  await experiments.samples.press('End')
  const last = experiments.samples.getByRole('row').last()
  const sample = (await last.getByRole('gridcell').nth(1).textContent())!.trim()
  await experiments.moveSample(sample, 'Left out')
  await expect(experiments.row('compound_P')).toContainText('5')
  await app.page.keyboard.press('Control+z')
  await expect(experiments.row('compound_P')).toContainText('6')
  await experiments.setKnown('compound_B', 'Partly known')
  await experiments.nameTarget('compound_B', 'simG3')
  await importing.continue.click()

  await expect(quality.plots).toHaveCount(1)
  await expect(quality.target('simG3')).toContainText(/moves/i)
  await quality.leaveOut(sample, 'label doubtful')
  await expect(quality.excluded).toContainText('label doubtful')
  await app.page.keyboard.press('Control+z')
  await expect(quality.excluded).toBeHidden()
  await importing.continue.click()

  await expect(genes.row('simG3')).toContainText('known target')
  await genes.keep('simg1, nonsense')
  await expect(genes.answer).toContainText('simg1 is simG1 (other spelling)')
  await expect(genes.answer).toContainText('nonsense is not in the file')
  await expect(genes.row('simG1')).toContainText('pinned')
  await genes.setNumber(12)
  await expect(genes.kept).toHaveText('12 of 20 genes kept')
  await app.page.keyboard.press('Control+z')
  await expect(genes.kept).toHaveText('20 of 20 genes kept')
  await importing.continue.click()

  await expect(run.estimate).toBeVisible()
  await run.start()
  await expect(results.edges).toBeVisible({ timeout: MINUTE })
  await expect(results.project).toContainText('simG3')

  const edge = results.row(results.edges, 1)
  const [cause, effect] = await edge.getByRole('gridcell').allTextContents()
  await edge.click()
  await results.press('Forbid')
  await expect(results.stale()).toContainText('1 edit')
  await results.rerun()
  await expect(results.stale()).toBeHidden({ timeout: MINUTE })
  await expect(results.inspector).toContainText('forbade the edge')
  await expect(app.page.getByRole('button', { name: /^Show another run/ })).toContainText('Run 2')

  await results.tab('Report')
  const tsv = await results.save('Edges (TSV)')
  expect(tsv.name).toMatch(/\.tsv$/)
  const [header, ...lines] = tsv.text
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
  const column = (name: string): number => header!.indexOf(name)
  const forbidden = lines.find(
    (line) => line[column('source')] === cause!.trim() && line[column('target')] === effect!.trim(),
  )
  expect(Number(forbidden![column('probability')])).toBe(0)
  const report = await results.save('Save HTML report')
  expect(report.text).toContain('<!doctype html>')
  expect(report.text).toContain(cause!.trim())
  const stored = await results.save('Result (JSON)')

  await app.page.getByRole('button', { name: 'File' }).click()
  await app.choose(
    () => app.page.getByRole('menuitem', { name: /^Open…/ }).click(),
    [{ name: 'result.json', content: stored.text }],
  )
  await expect(results.edges).toBeVisible()
  // A result is opened as a project of its own, with one run.
  await expect(app.page.getByRole('button', { name: /^Show another run/ })).toContainText('Run 1')
})

test('a run is cancelled within three seconds and the program stays usable', async ({ app }) => {
  await app.start.lookAtExample()
  await app.importing.step('Run')
  await app.run.setSweeps(200_000)
  await app.run.start()
  await expect(app.run.progress).toBeVisible()
  await app.page.waitForTimeout(1_500)
  const asked = Date.now()
  await app.run.cancel()
  await expect(app.run.progress).toBeHidden()
  expect(Date.now() - asked).toBeLessThan(3_000)
  await expect(app.page.getByText('The run was cancelled.').first()).toBeVisible()
  await app.page.getByRole('button', { name: 'Reset to defaults' }).click()
  await app.run.start()
  await expect(app.results.edges).toBeVisible({ timeout: MINUTE })
})

test('a new experiment dropped on a result is answered without learning again', async ({ app }) => {
  await app.start.runExample()
  await expect(app.results.edges).toBeVisible({ timeout: MINUTE })
  const rows = drugScreen().trim().split('\n')
  const table = [rows[0]!, ...rows.filter((row) => /^(control|compound_C)\b/.test(row))].join('\n')
  await app.page.evaluate((content) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([content], 'week 2.csv', { type: 'text/csv' }))
    for (const type of ['dragenter', 'drop'])
      window.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }))
  }, table)
  await app.page.getByRole('button', { name: /A new experiment for this network/ }).click()
  const panel = app.page.getByRole('region', { name: 'New experiment' })
  await expect(panel).toContainText('network not re-learned')
  await expect(panel).toContainText('20 of 20 genes found')
  await expect(panel.getByRole('grid').getByRole('row').nth(1)).toContainText(/simG1|simTF4/)
})
