import { expect, test } from './app'

/** Journey 4 of docs/product.md, by roles and labels: an edit is knowledge, and what it changes can be taken back. */
test('an edit becomes a constraint, a contradiction is named, the re-run is compared and taken back', async ({
  app,
}) => {
  test.setTimeout(150_000)
  const { page, results } = app
  await app.start.runExample()
  await expect(results.edges).toBeVisible({ timeout: 30_000 })

  // Drawn from one gene to another, an edge is required; the drawing can be undone.
  await page.setViewportSize({ width: 1920, height: 1080 })
  const [from, to] = [await results.placeOf('simTF5'), await results.placeOf('simG12')]
  const draw = page.getByRole('button', { name: 'Draw edges' })
  await draw.click()
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2)
  await page.mouse.move(to.x, to.y, { steps: 4 })
  await page.mouse.up()
  const drawn = results.project.getByRole('button', { name: 'simTF5 → simG12 required', exact: true })
  await expect(drawn).toBeVisible()
  await draw.click()
  await page.keyboard.press('Control+z')
  await expect(drawn).toHaveCount(0)

  // What was pressed with the pointer is what the keys act on; a box takes what it touches, and drags as one.
  const undo = page.getByRole('button', { name: /^Undo/ })
  await page.mouse.click(from.x, from.y)
  await page.keyboard.press('h')
  await expect(undo).toHaveAccessibleName('Undo Hide simTF5')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Escape')
  await page.keyboard.down('Shift')
  await page.mouse.move(from.x - 45, from.y - 30)
  await page.mouse.down()
  await page.mouse.move(from.x - 10, from.y + 4, { steps: 3 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  const view = page.getByRole('tabpanel', { name: 'Network' })
  await expect(view.getByText('1 gene selected')).toBeVisible()
  await page.keyboard.press('Control+a')
  await expect(view.getByText('20 genes selected')).toBeVisible()
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x, from.y + 30, { steps: 3 })
  await page.mouse.up()
  await expect(undo).toHaveAccessibleName('Undo Move 20 genes')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Group…' }).click()
  const naming = page.getByRole('dialog', { name: 'Group 20 genes' })
  await expect(naming.getByRole('textbox', { name: 'Name of the group' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(naming).toBeHidden()
  await page.keyboard.press('Escape')

  // How the network is drawn is chosen without the pointer, too.
  const display = page.getByRole('button', { name: /^Display/ })
  await display.press('Enter')
  const layout = page.getByLabel('Layout', { exact: true })
  await expect(layout).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(layout).toBeFocused()
  await page.getByLabel('Size of a gene').selectOption({ label: 'Effects with P ≥ 0.50' })
  await expect(undo).toHaveAccessibleName('Undo Change the size of the genes')
  await page.keyboard.press('Escape')
  await expect(display).toBeFocused()
  await page.keyboard.press('Control+z')
  await page.setViewportSize({ width: 1280, height: 800 })

  // Select an edge; its evidence names experiments and alternatives.
  const row = results.row(results.edges, 1)
  const [cause, effect] = await row.getByRole('gridcell').allTextContents()
  await row.click()
  await expect(results.inspector.getByRole('list', { name: 'Experiments for and against' })).toBeVisible()
  await expect(results.inspector.getByRole('heading', { name: 'Alternatives' })).toBeVisible()
  const experiment = results.inspector.getByRole('list').getByRole('button').first()
  await experiment.click()
  await expect(experiment).toHaveAttribute('aria-pressed', 'true')

  // A statement against what the edge says, then one that contradicts it: named at once, and no run starts.
  await row.click()
  await page.keyboard.press('r')
  await page.keyboard.press('r')
  await expect(undo).toHaveAccessibleName(`Undo Remove the constraint on ${cause!} → ${effect!}`)
  await page.keyboard.press('r')
  await results.tab('Constraints')
  const list = page.getByRole('grid', { name: 'Constraints' })
  await expect(list.getByRole('row', { name: new RegExp(`${cause!} → ${effect!}`) })).toContainText(
    'Required',
  )
  await page.getByRole('button', { name: 'Add…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a statement' })
  await dialog.getByRole('combobox', { name: 'Statement' }).selectOption({ label: 'Root' })
  const genes = dialog.getByRole('combobox', { name: 'Genes' })
  await genes.press('Enter')
  await genes.pressSequentially(effect!)
  await page.getByRole('option', { name: effect!, exact: true }).click()
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  const conflict = page.getByRole('alert').filter({ hasText: 'to settle before the next run' })
  await expect(conflict).toContainText(
    `'${cause!}→${effect!} required' contradicts '${effect!} is a root'. Remove one.`,
  )
  expect(await app.accessibilityViolations()).toEqual([])
  await conflict.getByRole('button', { name: `Remove “${cause!} → ${effect!} required”` }).click()
  await expect(conflict).toHaveCount(0)
  const note = list.getByRole('textbox', { name: `Note on ${effect!} is a root` })
  await note.fill('reporter gene')
  await note.press('Enter')

  // The re-run starts by itself where this computer is quick enough; the difference is told, and the edge is lost
  // by decision.
  await page.getByRole('checkbox', { name: 'At once' }).check()
  const slow = page.getByText(/A re-run takes about/)
  if (await slow.isVisible()) await page.getByRole('button', { name: 'Re-run' }).click()
  const compare = page.getByRole('button', { name: 'Compare', exact: true })
  await expect(compare).toBeVisible({ timeout: 40_000 })
  await expect(page.getByText(/− \d+ lost/)).toBeVisible()
  await compare.click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/Run 1 .* → Run 2/)
  const changes = page.getByRole('grid', { name: 'Edges' })
  await expect(changes.getByRole('row', { name: new RegExp(`lost.*${cause!}.*${effect!}`) })).toContainText(
    'root',
  )
  await expect(page.getByRole('row', { name: new RegExp(`${effect!} is a root`) })).toContainText(/−\d/)
  await expect(page.getByText(/whose causes changed/)).toBeVisible()
  expect(await app.accessibilityViolations()).toEqual([])

  // Taken back: the first run is shown again without edits, and the second stays in the list.
  await page.getByRole('button', { name: /^Revert to Run 1/ }).click()
  await expect(results.project.getByRole('button', { name: /^Run 1/ })).toHaveAttribute(
    'aria-current',
    'true',
  )
  await expect(results.project.getByRole('button', { name: /^Run 2/ })).toBeVisible()
  await expect(results.stale()).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(results.stale()).toContainText('1 edit')
})
