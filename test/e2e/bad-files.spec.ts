import { drugScreen, expect, test } from './app'

test('a repair shows what it changes, is applied, taken back, and made with all safe ones', async ({
  app,
}) => {
  const lines = drugScreen().trim().split('\n')
  const cells = lines[5]!.split(',')
  cells[3] = 'n.d.'
  lines[5] = cells.join(',')
  const gene = lines[0]!.split(',').at(-1)!
  lines[0] = lines[0]!.replace(new RegExp(`${gene}$`), '1-Sep')
  await app.choose(app.start.chooseFiles, [{ name: 'typed.csv', content: lines.join('\n') }])
  const text = app.importing.finding('n.d.')
  await expect(text).toContainText('Blocking')
  await expect(text).toContainText(/n\.d\..*row 6, column/)
  await expect(app.importing.continue).toBeDisabled()
  await text.getByRole('button', { name: 'Treat as missing' }).click()
  await expect(text).toContainText('Applied')
  await text.getByRole('button', { name: 'Undo' }).click()
  await expect(text).toContainText('Blocking')
  await app.importing.settle(/^Apply \d safe repairs?$/)
  await expect(text).toContainText('Applied')
  await expect(app.importing.finding('SEPTIN1')).toContainText('Applied')
  await expect(app.importing.continue).toBeEnabled()
  expect(await app.accessibilityViolations()).toEqual([])
  await app.page.getByRole('button', { name: 'Undo Apply all safe repairs' }).click()
  await expect(app.importing.continue).toBeDisabled()
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
