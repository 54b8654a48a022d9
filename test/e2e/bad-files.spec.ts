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

/** What a person drops by mistake while a project is open, and what the error has to name. */
const MISTAKES = [
  { name: 'empty.csv', bytes: '', says: /empty\.csv/ },
  { name: 'photo.csv', bytes: '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\x01\0', says: /photo\.csv/ },
  { name: 'cells.h5ad', bytes: '\x89HDF\r\n\x1a\n\0\0\0\0\0\b\b\0', says: /cells\.h5ad/ },
  {
    name: 'locked.xlsx',
    bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + '\0'.repeat(1016),
    says: /locked\.xlsx/,
  },
  { name: 'broken.metacadi', bytes: 'PK\x03\x04 no project', says: /broken\.metacadi/ },
] as const

test('a broken, empty, encrypted or foreign file dropped on any step loses nothing of the open project', async ({
  app,
}) => {
  const { page, importing } = app
  await app.choose(app.start.chooseFiles, [{ name: 'screen.csv', content: drugScreen() }])
  await importing.override('Scale', 'log(1 + x)')
  await expect(importing.chip('Scale')).toContainText('set by you')
  const steps = ['Import', 'Experiments', 'QC', 'Genes', 'Run'] as const
  for (const [at, { name, bytes, says }] of MISTAKES.entries()) {
    await importing.step(steps[at]!)
    await page.evaluate(
      ([fileName, content]) => {
        const transfer = new DataTransfer()
        transfer.items.add(new File([Uint8Array.from(content, (char) => char.charCodeAt(0))], fileName))
        for (const type of ['dragenter', 'drop'])
          window.dispatchEvent(
            new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }),
          )
      },
      [name, bytes] as const,
    )
    const error = page.getByRole('alert')
    await expect(error, name).toContainText(says)
    await expect(error, name).toContainText(
      /Data, settings and results are as they were|last table that could/,
    )
    await error.getByRole('button', { name: 'Dismiss' }).click()
    await expect(error).toBeHidden()
    await importing.step('Import')
    await expect(importing.chip('Scale'), name).toContainText('set by you')
  }
  await page.getByRole('button', { name: 'Undo Change Scale' }).click()
  await expect(importing.chip('Scale')).not.toContainText('set by you')
  await importing.step('Experiments')
  await expect(app.experiments.row('compound_A')).toContainText('6')
})
