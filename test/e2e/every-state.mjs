/**
 * A walk through every screen and state of the app; `shot(name)` is called in each.
 * @param {import('@playwright/test').Page} page at the start page, without data
 * @param {string} table an expression table that can be analysed within seconds
 * @param {(name: string, options?: { hover?: boolean }) => Promise<void>} shot
 */
export async function walkEveryState(page, table, shot) {
  const button = (name, exact = true) => page.getByRole('button', { name, exact })
  const main = page.getByRole('main')
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  const edges = page.getByRole('grid', { name: 'Edges' })
  const tab = (name) =>
    page.getByRole('tablist', { name: 'Views of the result' }).getByRole('tab', { name }).click()
  const choose = async (press, name, content) => {
    const chooser = page.waitForEvent('filechooser')
    await press()
    await (await chooser).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) })
  }
  const menu = async (name, shotName) => {
    await page.getByRole('navigation', { name: 'Menu bar' }).getByRole('button', { name }).click()
    await page.getByRole('menuitem').first().waitFor()
    await shot(shotName, { hover: true })
    await page.keyboard.press('Escape')
  }

  await button('Look at the data').waitFor()
  await shot('start')
  await menu('File', 'menu-file')

  await choose(() => button('Choose files…').click(), 'empty.csv', '')
  await page.getByRole('alert').first().waitFor()
  await shot('import-error')
  const lines = table.trim().split('\n')
  const cells = lines[5].split(',')
  cells[3] = 'n.d.'
  const typed = [...lines.slice(0, 5), cells.join(','), ...lines.slice(6)].join('\n')
  await choose(() => button('Choose another file').click(), 'typed.csv', typed)
  await page.getByText('Blocking').first().waitFor()
  await shot('import-blocking')
  await page.goto(page.url().replace(/#.*/, '#/'))
  await page.reload()

  await button('Look at the data').click()
  await page.getByRole('heading', { name: 'Checks' }).waitFor()
  await shot('import')
  await button('Continue').click()
  await page.getByRole('grid', { name: 'Samples' }).waitFor()
  await shot('experiments')
  await page
    .getByLabel('What is known about the targets of compound_B')
    .selectOption({ label: 'Partly known' })
  const picker = page.getByRole('combobox', { name: 'Known target genes of compound_B' })
  await picker.press('Enter')
  await picker.pressSequentially('simG3')
  await page.getByRole('option', { name: 'simG3', exact: true }).click()
  await shot('experiments-known', { hover: true })
  await page.keyboard.press('Escape')
  await button('Continue').click()
  await page.getByText(/of memory/).waitFor()
  await shot('run')
  await button('Advanced').click()
  await shot('run-advanced')
  await button('Advanced').click()
  await main.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByRole('progressbar', { name: 'Progress of the run' }).waitFor()
  await shot('running')
  await edges.waitFor({ timeout: 180_000 })
  // With a learned model the first answer is the instant one, and the full search goes on.
  const searching = page.getByText('the full search is running')
  if (await searching.isVisible()) {
    await edges.getByRole('row').nth(2).click()
    await shot('instant')
    await tab('Targets')
    await page.getByRole('grid', { name: 'Targets' }).getByRole('row').nth(1).click()
    await shot('instant-targets')
    await tab('Network')
  }
  await searching.waitFor({ state: 'hidden', timeout: 180_000 })
  await shot('network-first')
  await edges.getByRole('row').nth(3).click()
  await inspector.getByRole('img').waitFor()
  await shot('network')
  await inspector.getByRole('heading', { level: 2 }).getByRole('button').first().click()
  await shot('gene-inspector')
  await edges.getByRole('row').nth(2).click()
  await button('Require').click()
  await edges.getByRole('row').nth(4).click()
  await button('Forbid').click()
  await shot('network-stale')
  await page.getByRole('application', { name: /Causal network/ }).focus()
  await page.keyboard.press('Shift+F10')
  await page.waitForTimeout(200)
  await shot('network-context')
  await page.keyboard.press('Escape')
  await button('Re-run').click()
  await page.waitForTimeout(900)
  await shot('rerunning')
  await page.getByText(/Results are from before/).waitFor({ state: 'hidden', timeout: 180_000 })
  await searching.waitFor({ state: 'hidden', timeout: 180_000 })
  await shot('network-constrained')

  await tab('Targets')
  await page.getByRole('grid', { name: 'Targets' }).getByRole('row').nth(1).click()
  await inspector.getByRole('img', { name: /Observed and predicted/ }).waitFor()
  await shot('targets')
  const none = page
    .getByRole('list', { name: 'Verdict by experiment' })
    .getByRole('button', { name: /no confident target/ })
  if (await none.count()) {
    await none.first().click()
    await inspector.getByRole('img', { name: /Observed and predicted/ }).waitFor()
    await shot('targets-none')
  }
  const disputed = page.getByRole('gridcell', { name: /methods disagree/ })
  if (await disputed.count()) {
    await disputed.first().click()
    await inspector.getByText('Methods disagree').waitFor()
    await shot('targets-disputed')
  }
  await tab('Data')
  await shot('data')
  await page.getByRole('tab', { name: 'Samples' }).click()
  await shot('table-samples')
  await button('Collapse the table').click()
  await tab('Network')
  await shot('table-collapsed')
  await button('Expand the table').click()
  await tab('Report')
  await shot('report')
  await button('Save as').click()
  await shot('report-save-as')
  await page.keyboard.press('Escape')

  await page.evaluate(
    (content) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content], 'week 2.csv', { type: 'text/csv' }))
      for (const type of ['dragenter', 'drop'])
        window.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }))
    },
    [lines[0], ...lines.filter((row) => /^(control|compound_C)\b/.test(row))].join('\n'),
  )
  await button(/A new experiment for this network/, false).waitFor()
  await shot('drop-question')
  await button(/A new experiment for this network/, false).click()
  await page.getByRole('region', { name: 'New experiment' }).waitFor()
  await shot('new-experiment')

  await menu('View', 'menu-view')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /Search genes/ }).pressSequentially('simG')
  await shot('palette')
  await page.keyboard.press('Escape')
  await menu('Help', 'menu-help')
  await page.getByRole('navigation', { name: 'Menu bar' }).getByRole('button', { name: 'Help' }).click()
  await page.getByRole('menuitem', { name: 'About' }).click()
  await page.getByRole('dialog', { name: 'MetaCaDI Desktop' }).waitFor()
  await shot('about')
  await page.keyboard.press('Escape')
  await page.keyboard.press('F1')
  await page.getByRole('dialog', { name: 'Help and shortcuts' }).waitFor()
  await shot('help')
  await page.keyboard.press('Escape')
  const warnings = page.getByRole('button', { name: /^\d+ warnings?$/ })
  if (await warnings.count()) {
    await warnings.click()
    await shot('warnings')
    await page.keyboard.press('Escape')
  }
  await page.goto(page.url().replace(/#.*/, '#/'))
  await shot('start-recent')
}
