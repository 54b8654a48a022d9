import type { Locator } from '@playwright/test'
import { drugScreen, expect, test, type App } from './app'

const MINUTE = 60_000
/** The machine may be busy with other tests; nothing here waits longer than it must. */
const PATIENCE = 2 * MINUTE

/** Tab until the element has the focus, as a person does who sees where it is. */
async function tabTo({ page }: App, wanted: Locator, most = 90): Promise<void> {
  await expect(wanted).toBeVisible({ timeout: PATIENCE })
  for (let press = 0; press < most; press++) {
    await page.keyboard.press('Tab')
    if (await wanted.evaluate((element) => element.contains(document.activeElement))) return
  }
  throw new Error(`Tab does not reach ${String(wanted)}.`)
}
async function press(app: App, wanted: Locator): Promise<void> {
  await tabTo(app, wanted)
  await app.page.keyboard.press('Enter')
}
/** A command by the palette. */
async function command({ page }: App, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  const search = page.getByRole('combobox', { name: /Search genes/ })
  await expect(search).toBeFocused()
  await page.keyboard.type(name)
  await expect(page.getByRole('option', { name }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(search).toBeHidden()
}
/** F6 from panel to panel until the focus is in the one that is wanted. */
async function panelOf({ page }: App, wanted: Locator): Promise<void> {
  for (let step = 0; step < 8; step++) {
    if (await wanted.evaluate((element) => element.contains(document.activeElement))) return
    await page.keyboard.press('F6')
  }
  throw new Error(`F6 does not reach ${String(wanted)}.`)
}

/** Journeys 1, 3 and 4 of docs/product.md; the mouse is never touched. */
test('the first result, an edit and a new experiment need no mouse', async ({ app }) => {
  test.setTimeout(6 * MINUTE)
  const { page, results } = app
  const button = (name: string | RegExp): Locator => page.getByRole('button', { name })

  // 1: the example runs, and the evidence of a gene is looked at
  await press(app, button('Run it yourself'))
  await expect(results.edges).toBeVisible({ timeout: PATIENCE })
  await panelOf(app, page.getByRole('tabpanel', { name: 'Network' }))
  await tabTo(app, results.canvas)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(results.inspector).toBeFocused()

  // 4: an edge is chosen in the table and forbidden, the run repeated, and the difference kept
  await panelOf(app, page.getByRole('region', { name: 'Table' }))
  await tabTo(app, results.edges)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await press(app, results.inspector.getByRole('button', { name: 'Forbid', exact: true }))
  await expect(results.stale()).toContainText('1 edit')
  await page.keyboard.press('Control+Enter')
  const compare = page.getByRole('button', { name: 'Compare', exact: true })
  await press(app, compare)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/Run 1 .* → Run 2/)
  await press(app, button(/^Keep Run 2/))
  await expect(results.edges).toBeVisible()

  // 3: a new experiment, judged under the network as it is
  await command(app, 'Show targets')
  const lines = drugScreen().trim().split('\n')
  await app.choose(
    () => command(app, 'Add a new experiment'),
    [
      {
        name: 'week 2.csv',
        content: [lines[0]!, ...lines.filter((line) => line.startsWith('compound_C,'))].join('\n'),
      },
    ],
  )
  const panel = page.getByRole('region', { name: 'New experiment' })
  await expect(panel).toContainText('20 of 20 genes found')
  await press(app, panel.getByRole('button', { name: /^Close/ }))
  await expect(panel).toBeHidden()

  // what an entry of a menu opened gives the focus back to the menu, though the entry is gone
  const help = page.getByRole('navigation', { name: 'Menu bar' }).getByRole('button', { name: 'Help' })
  await press(app, help)
  await expect(page.getByRole('menuitem', { name: /^Help and shortcuts/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Help and shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(help).toBeFocused()
  // a finished search leaves the focus on what started it, and initials find a command
  await command(app, 'Show next')
  const find = button('Find out')
  await press(app, find)
  await expect(page.getByRole('grid', { name: 'Genes to perturb next' })).toBeVisible({ timeout: PATIENCE })
  await expect(find).toBeFocused()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('swi')
  await expect(page.getByRole('option', { name: 'Show what-if' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(find).toBeFocused()
})

/** Journey 2: from a file of one's own over every step to the result. The dialog of the browser takes the file. */
test("a table of one's own goes from the file to the result without a mouse", async ({ app }) => {
  test.setTimeout(4 * MINUTE)
  const { page, results } = app
  const button = (name: string | RegExp): Locator => page.getByRole('button', { name, exact: true })
  const onward = button('Continue')
  const lines = drugScreen().trim().split('\n')
  const cells = lines[5]!.split(',')
  cells[3] = 'n.d.'

  await expect(button('Run it yourself').first()).toBeVisible({ timeout: PATIENCE })
  await app.choose(
    () => press(app, button('Choose files…')),
    [{ name: 'screen.csv', content: [...lines.slice(0, 5), cells.join(','), ...lines.slice(6)].join('\n') }],
  )

  // Import: what blocks is settled
  await expect(app.importing.finding('n.d.')).toContainText('Blocking', { timeout: PATIENCE })
  await press(app, button(/^Apply \d safe repairs?$/))
  await expect(onward).toBeEnabled({ timeout: MINUTE })
  await press(app, onward)

  // Experiments, QC and Genes: nothing is changed
  await expect(app.experiments.title).toBeVisible({ timeout: PATIENCE })
  await press(app, onward)
  await expect(app.quality.plots.first()).toBeVisible({ timeout: PATIENCE })
  await press(app, onward)
  await expect(app.genes.table).toBeVisible({ timeout: PATIENCE })
  await press(app, onward)

  // Run
  await expect(app.run.estimate).toBeVisible({ timeout: PATIENCE })
  await press(app, page.getByRole('main').getByRole('button', { name: /^(Run|Re-run)$/ }))
  await expect(results.edges).toBeVisible({ timeout: PATIENCE })
  await panelOf(app, page.getByRole('region', { name: 'Table' }))
  await tabTo(app, results.edges)
  await page.keyboard.press('ArrowDown')
  await expect(results.inspector.getByRole('heading', { level: 2 })).toContainText('sim')
})
