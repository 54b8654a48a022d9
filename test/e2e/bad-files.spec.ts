import { drugScreen, expect, test } from './app'

test('text where numbers belong blocks the import until it is settled', async ({ app }) => {
  const lines = drugScreen().trim().split('\n')
  const cells = lines[5]!.split(',')
  cells[3] = 'n.d.'
  lines[5] = cells.join(',')
  await app.choose(app.start.chooseFiles, [{ name: 'typed.csv', content: lines.join('\n') }])
  await expect(app.importing.finding('n.d.')).toContainText('Blocking')
  await expect(app.importing.continue).toBeDisabled()
  await app.importing.finding('n.d.').getByRole('button').first().click()
  await expect(app.importing.finding(/missing/i).first()).toBeVisible()
})

test('a file that is no table is refused in words, and another can be chosen', async ({ app }) => {
  await app.choose(app.start.chooseFiles, [{ name: 'empty.csv', content: '' }])
  await expect(app.importing.error).toContainText('empty.csv')
  await expect(app.importing.error).toContainText('Nothing was imported.')
  await app.choose(
    () => app.importing.error.getByRole('button', { name: 'Choose another file' }).click(),
    [{ name: 'good.csv', content: drugScreen() }],
  )
  await expect(app.importing.checks).toBeVisible()
  await expect(app.importing.error).toBeHidden()
})

test('a damaged result file leaves everything as it was', async ({ app }) => {
  await app.choose(app.start.chooseFiles, [
    { name: 'result.json', content: '{"format":"metacadi-result","version":1' },
  ])
  await expect(app.page.getByRole('alert')).toContainText(/result\.json/)
  await expect(app.start.title).toBeVisible()
})

test('a detected choice is overridden in one click and undone again', async ({ app }) => {
  await app.choose(app.start.chooseFiles, [{ name: 'screen.csv', content: drugScreen() }])
  await expect(app.importing.chip('Scale')).toContainText('as it is')
  await app.importing.override('Genes in', 'columns')
  await expect(app.importing.chip('Genes in')).toContainText('set by you')
  await app.page.getByRole('button', { name: /^Undo/ }).click()
  await expect(app.importing.chip('Genes in')).not.toContainText('set by you')
})
