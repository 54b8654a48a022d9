import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type BrowserContextOptions, type Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHROMIUM_ARGS, CHROMIUM_HINT, findChromium } from '../../build/chromium.mjs'
import { reportPage } from '../../src-main/report/page'
import { HOSTILE_NAMES } from './hostile-names'
import { GENERATED_EVIDENCE, makeResult } from './make-result'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const executablePath = await findChromium()
if (!executablePath) console.log(`Skipped: the report in a browser. ${CHROMIUM_HINT}`)

describe.skipIf(!executablePath)('report in a browser', () => {
  let folder: string
  let browser: Browser

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'metacadi-report-'))
    browser = await chromium.launch({ executablePath: executablePath!, args: CHROMIUM_ARGS })
    const write = (name: string, ...options: Parameters<typeof makeResult>): Promise<void> =>
      writeFile(join(folder, `${name}.html`), reportPage(makeResult(...options), GENERATED_EVIDENCE))
    await write('study', {
      genes: 30,
      environments: 14,
      withoutTarget: [2],
      warnings: ['Gene <X> is nearly constant.'],
      settings: { constraints: { required: [{ source: 'GENE1', target: 'GENE2' }] } },
    })
    await write('hostile', {
      genes: HOSTILE_NAMES,
      environments: HOSTILE_NAMES.slice(0, 8),
      name: HOSTILE_NAMES[0]!,
    })
  })
  afterAll(async () => {
    await browser.close()
    await rm(folder, { recursive: true })
  })

  interface Opened {
    readonly page: Page
    /** requests for anything but the file itself, console messages, errors and broken rules of the page's policy */
    readonly troubles: string[]
  }

  async function open(name: string, options: BrowserContextOptions = {}): Promise<Opened> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
    const page = await context.newPage()
    const troubles: string[] = []
    const url = pathToFileURL(join(folder, `${name}.html`)).href
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== url) troubles.push(`request ${request.url().slice(0, 100)}`)
    })
    page.on('console', (message) => troubles.push(`console ${message.text()}`))
    page.on('pageerror', (error) => troubles.push(`error ${error.message}`))
    page.on('dialog', (dialog) => {
      troubles.push(`dialog ${dialog.message()}`)
      void dialog.dismiss()
    })
    await page.goto(url)
    return { page, troubles }
  }

  const openDetails = (page: Page): Promise<void> =>
    page.locator('details').evaluateAll((all) => {
      for (const details of all) (details as HTMLDetailsElement).open = true
    })

  /** Pages are slow to open: each study has one, and every look that changes it puts it back. */
  const opened = new Map<string, Promise<Opened>>()
  function shared(name: string): Promise<Opened> {
    const known = opened.get(name) ?? open(name)
    opened.set(name, known)
    return known
  }

  it.each(['study', 'hostile'])('loads %s without a request, an error or a broken policy', async (name) => {
    const { page, troubles } = await shared(name)
    await page.mouse.wheel(0, 20_000)
    await openDetails(page)
    expect(troubles).toEqual([])
    expect(await page.locator('script').count()).toBe(2)
    expect(await page.locator('img, iframe, object, b, svg svg').count()).toBe(0)
    // as written, not as a browser mended it
    const written =
      readFileSync(join(folder, `${name}.html`), 'utf8').match(/<svg xmlns[\s\S]*?<\/svg>/g) ?? []
    expect(written.length).toBe(await page.locator('svg.figure').count())
    const broken = await page.evaluate(
      (figures) =>
        figures.filter((text) =>
          new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror'),
        ),
      written.filter((text) => !text.includes('</title></svg>')),
    )
    expect(broken).toEqual([])
  })

  it('runs no script that was put into its record or its text', async () => {
    const hostile = `<script>document.title='ran'</script><img src="data:," onerror="document.title='ran'">`
    const whole = readFileSync(join(folder, 'study.html'), 'utf8')
    const inText = whole.replace('</main>', () => `${hostile}</main>`)
    const inRecord = inText.replace(/(id="metacadi-record">)/, (start) => `${start}</script>${hostile}`)
    await writeFile(join(folder, 'injected.html'), inRecord)
    const { page, troubles } = await open('injected')
    expect(await page.locator('img[onerror]').count()).toBe(2)
    expect(await page.title()).toContain('causal network')
    // two scripts, two handlers and two images
    expect(troubles.filter((text) => text.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(
      4,
    )
    await page.close()
  })

  it('has no accessibility finding of axe', async () => {
    // Evaluated by the debugger, which the page's own policy does not concern.
    const { page } = await shared('study')
    await openDetails(page)
    await page.evaluate(axeSource)
    const found = await page.evaluate(async () => {
      const axe = (window as unknown as { axe: { run: (context: object) => Promise<AxeResults> } }).axe
      // Experiments and long tables are made alike: some of each say what all would.
      const exclude = [
        'article ~ article ~ article',
        'details ~ details',
        'tbody tr:nth-child(n + 6)',
        'svg.figure > :nth-child(n + 12)',
      ].map((selector) => [selector])
      const { violations } = await axe.run({ exclude })
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120) ?? ''}`)
    })
    expect(found).toEqual([])
  }, 60_000)

  it('shows the four answers on the first screen', async () => {
    const { page } = await shared('study')
    await page.evaluate(() => scrollTo(0, 0))
    for (const name of ['What was asked', 'What was found', 'How sure it is', 'What to do next']) {
      const box = await page.locator('.answer', { has: page.getByRole('heading', { name }) }).boundingBox()
      expect(box!.y + box!.height).toBeLessThan(800)
    }
  })

  it('never scrolls sideways, on a wide or a narrow screen', async () => {
    const { page } = await shared('hostile')
    for (const width of [1280, 800, 400]) {
      await page.setViewportSize({ width, height: 800 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
  })

  it('is complete without scripts', async () => {
    const { page: plain, troubles } = await open('study', { javaScriptEnabled: false })
    const { page: scripted } = await shared('study')
    expect(troubles).toEqual([])
    for (const selector of ['table', 'tbody tr', 'svg.figure', 'figcaption', 'section', 'pre', 'a.save'])
      expect(await plain.locator(selector).count()).toBe(await scripted.locator(selector).count())
    expect(await plain.getByRole('button').count()).toBe(0)
    await plain.locator('summary', { hasText: 'Every gene with probability' }).click()
    expect(await plain.locator('#all-targets tbody tr').first().isVisible()).toBe(true)
    await plain.close()
  })

  it('sorts by value, first from high to low, and tells assistive technology', async () => {
    const { page } = await shared('study')
    const table = page.locator('#overview')
    const values = (): Promise<number[]> =>
      table
        .locator('tbody tr td:nth-child(6)')
        .evaluateAll((cells) => cells.map((cell) => Number((cell as HTMLElement).dataset.v)))
    const head = table.getByRole('columnheader', { name: 'P(no target)' })
    await head.getByRole('button').click()
    const falling = await values()
    expect(falling).toEqual([...falling].sort((a, b) => b - a))
    expect(await head.getAttribute('aria-sort')).toBe('descending')
    await head.getByRole('button').press('Enter')
    expect(await values()).toEqual([...falling].reverse())
    expect(await head.getAttribute('aria-sort')).toBe('ascending')
  })

  it('filters rows and says how many are left', async () => {
    const { page } = await shared('study')
    const rows = page.locator('#overview tbody tr')
    const experiments = page.locator('#experiments')
    await experiments.getByRole('searchbox').first().fill('drug 12')
    expect(await rows.filter({ visible: true }).count()).toBe(1)
    expect(await experiments.getByRole('status').first().textContent()).toBe('1 of 14 rows')
    await experiments.getByRole('searchbox').first().fill('')
    expect(await rows.filter({ visible: true }).count()).toBe(14)
  })

  it('moves about in the network and lights up the neighbours of a gene', async () => {
    const { page } = await shared('study')
    const figure = page.locator('figure', { has: page.locator('[data-edge]') })
    const svg = figure.locator('svg.figure')
    const view = async (): Promise<number[]> => (await svg.getAttribute('viewBox'))!.split(' ').map(Number)
    const whole = await view()
    await figure.getByRole('button', { name: 'Zoom in' }).click()
    const near = await view()
    expect(near[2]).toBeCloseTo(whole[2]! / 1.4, 1)
    await svg.scrollIntoViewIfNeeded()
    const box = (await svg.boundingBox())!
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2 - 40, box.y + box.height / 2, { steps: 2 })
    await page.mouse.up()
    expect((await view())[0]).toBeGreaterThan(near[0]!)
    await figure.getByRole('button', { name: 'Whole network' }).click()
    expect(await view()).toEqual(whole)
    await svg.locator('[data-gene]').first().hover()
    const lit = await svg.locator('[data-edge].lit').count()
    expect(lit).toBeGreaterThan(0)
    expect(lit).toBeLessThan(await svg.locator('[data-edge]').count())
    await page.mouse.move(2, 2)
  })

  it('saves its tables and figures from the page itself', async () => {
    const { page, troubles } = await shared('study')
    const [edges] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Save all edges (TSV)' }).click(),
    ])
    expect(edges.suggestedFilename()).toBe('edges.tsv')
    expect(readFileSync(await edges.path(), 'utf8')).toMatch(/^source\ttarget\tprobability/)
    const [figure] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#network').getByRole('button', { name: 'Save figure (SVG)' }).first().click(),
    ])
    expect(figure.suggestedFilename()).toBe('network.svg')
    expect(readFileSync(await figure.path(), 'utf8')).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/)
    expect(troubles.filter((trouble) => !trouble.startsWith('request data:'))).toEqual([])
  })

  it('prints without its controls and with what is folded on the screen, on numbered pages', async () => {
    const { page } = await shared('study')
    await page.locator('details').evaluateAll((all) => {
      for (const details of all) (details as HTMLDetailsElement).open = false
    })
    await page.emulateMedia({ media: 'print' })
    for (const selector of ['nav', '.save-figure', '.copy-button', 'a.save', '.tools', '.zoom'])
      expect(await page.locator(selector).filter({ visible: true }).count()).toBe(0)
    expect(await page.locator('#all-targets tbody tr').last().isVisible()).toBe(true)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280)
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0
    expect(pages).toBeGreaterThan(5)
    expect(pages).toBeLessThan(40)
  })
})
