import { readFileSync } from 'node:fs'
import type { Download, Page } from '@playwright/test'
import { expect, test } from './app'

/** What the clipboard holds, read back as a program that pastes would. */
const clipboard = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(async () => {
    const found: Record<string, string> = {}
    for (const item of await navigator.clipboard.read())
      for (const type of item.types) {
        const blob = await item.getType(type)
        const bytes = new Uint8Array(await blob.arrayBuffer())
        found[type] = type.startsWith('image/png')
          ? Array.from(bytes.subarray(0, 24), (byte) => byte.toString(16).padStart(2, '0')).join('')
          : new TextDecoder().decode(bytes)
      }
    return found
  })

/** It is being written at this moment. */
const NOTHING_YET: Record<string, string> = {}

const saved = async (page: Page, press: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> => {
  const waiting: Promise<Download> = page.waitForEvent('download')
  await press()
  const file = await waiting
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
}

test.setTimeout(120_000)

test('tables, figures and the citation are copied, and every figure is saved in the width of a journal', async ({
  app,
}) => {
  const { page, start } = app
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await start.runExample()
  await page.getByRole('tab', { name: 'Targets' }).first().click()
  const menu = page.getByRole('button', { name: /^Copy or save: P\(direct target\)/ })
  const choose = async (item: string): Promise<void> => {
    await menu.click()
    await page.getByRole('menuitem', { name: item }).click()
  }

  // The full answer replaces the instant one while this goes on: what is compared is of one answer.
  await expect(page.getByRole('button', { name: 'Cancel' })).toHaveCount(0, { timeout: 60_000 })
  await choose('Copy table')
  await expect(page.getByText(/rows? copied/)).toBeVisible()
  const table = await clipboard(page)
  expect(Object.keys(table).sort()).toEqual(['text/html', 'text/plain'])
  const rows = table['text/plain']!.split('\n').map((line) => line.split('\t'))
  const cells = await page.evaluate(
    (markup) =>
      [...new DOMParser().parseFromString(markup, 'text/html').querySelectorAll('tr')].map((row) =>
        [...row.cells].map((cell) => cell.textContent),
      ),
    table['text/html']!,
  )
  expect(cells).toEqual(rows)
  expect(rows.length).toBeGreaterThan(10)

  await choose('Copy figure (SVG)')
  await expect
    .poll(async () => (await clipboard(page).catch(() => NOTHING_YET))['text/plain'] ?? '')
    .toMatch(/^<\?xml[^>]*>\n<svg /)
  await choose('Copy figure (PNG)')
  await expect
    .poll(async () => (await clipboard(page).catch(() => NOTHING_YET))['image/png'] ?? '')
    .toMatch(/^89504e470d0a1a0a/)

  const dialog = page.getByRole('dialog', { name: 'Save a figure' })
  const save = (): Promise<void> => dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await choose('Save figure')
  await expect(dialog.getByRole('img', { name: 'Targets by experiment' })).toBeVisible()
  await dialog.getByRole('radio', { name: '183 mm' }).check()
  await dialog.getByRole('radio', { name: '600 dpi' }).check()
  await expect(dialog.getByRole('status')).toContainText(/\d+ × \d+ mm, [\d,]+ × [\d,]+ pixels/)
  const shown = (await dialog.getByRole('status').textContent())!
  const png = await saved(page, save)
  expect(png.name).toMatch(/-heatmap\.png$/)
  const pixels = [png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]
  expect(shown.replaceAll(',', '')).toContain(`${pixels[0]} × ${pixels[1]} pixels`)
  // 600 dpi are 23622 pixels per metre
  expect(png.bytes.subarray(37, 41).toString('latin1')).toBe('pHYs')
  expect(png.bytes.readUInt32BE(41)).toBe(23_622)

  // Any figure from the report, also those that no view shows.
  await page.getByRole('tab', { name: 'Report' }).first().click()
  await page.getByRole('button', { name: 'Save figure' }).click()
  await dialog
    .getByRole('combobox', { name: 'Figure', exact: true })
    .selectOption('Predicted and observed shifts')
  await dialog.getByRole('combobox', { name: 'Experiment' }).selectOption('compound_B')
  await dialog.getByRole('radio', { name: 'SVG' }).check()
  await expect(dialog.getByRole('img', { name: 'Predicted and observed shifts' })).toBeVisible()
  const svg = await saved(page, save)
  expect(svg.name).toMatch(/-predicted-observed-2\.svg$/)
  expect(svg.bytes.toString()).toContain('compound_B')

  await page.getByRole('button', { name: 'Copy citation' }).click()
  await expect
    .poll(async () => (await clipboard(page).catch(() => NOTHING_YET))['text/plain'] ?? '')
    .toMatch(/@\w+\{[\s\S]*2510\.22298/)
  expect(app.problems).toEqual([])
})
