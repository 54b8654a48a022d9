import { beforeAll, describe, expect, it } from 'vitest'
import { parseMarkup, textOf } from '../../src-main/report/markup-tree'
import { reportMarkdown } from '../../src-main/report/markdown'
import { reportPage } from '../../src-main/report/page'
import { GENERATED_EVIDENCE, makeResult } from './make-result'
import { awkwardResult } from './exports/export-input'

describe('report as Markdown', () => {
  let page = ''
  let markdown = ''
  beforeAll(() => {
    page = reportPage(makeResult({ genes: 15 }), GENERATED_EVIDENCE)
    markdown = reportMarkdown(page)
  })

  it('has the headings of the page in their order', () => {
    const headings = [...page.matchAll(/<h([1-4])[^>]*>([\s\S]*?)<\/h\1>/g)].map(
      ([, level, inside]) =>
        `${'#'.repeat(Number(level))} ${textOf(parseMarkup(inside!)).replace(/\s+/g, ' ').trim()}`,
    )
    // code blocks hold the methods text, which has headings of its own
    const found = markdown
      .replace(/^```[\s\S]*?^```$/gm, '')
      .split('\n')
      .filter((line) => /^#{1,4} /.test(line))
    expect(found.map((line) => line.replace(/[\\*]/g, ''))).toEqual(
      headings.map((line) => line.replace(/[\\*]/g, '')),
    )
  })

  it('has every table with equal numbers of cells, and every figure with its words', () => {
    const lines = markdown.split('\n')
    const rulers = lines.filter((line) => /^\|(?: --- \|)+$/.test(line)).length
    expect(rulers).toBe(page.split('<table').length - 1)
    const figures = lines.filter((line) => line.startsWith('*Figure: ')).length
    expect(figures).toBe(page.split('<svg xmlns').length - 1)
    let width = 0
    for (const line of lines) {
      if (!line.startsWith('| ')) width = 0
      else {
        const cells = line.replaceAll('\\|', '').split('|').length
        if (width > 0) expect(cells).toBe(width)
        width = cells
      }
    }
  })

  it('leaves out what only a browser can use', () => {
    expect(markdown).not.toMatch(/<[a-z]|data:|Save all edges|Skip to the summary|base64/)
  })

  it('keeps hostile names as text', () => {
    const hostile = reportMarkdown(reportPage(awkwardResult(), GENERATED_EVIDENCE))
    const outsideCode = hostile.replace(/```[\s\S]*?```/g, '')
    expect(/(?<!\\)<(?:script|img|svg|b>)/.exec(outsideCode)).toBeNull()
    expect(/(?<!\\)\[[^\]]*\]\(/.exec(outsideCode)).toBeNull()
  })
})

describe('chosen sections', () => {
  it('are those of the page, with the summary and what the probabilities rest on', () => {
    const page = reportPage(makeResult(), GENERATED_EVIDENCE, { sections: ['citation', 'network'] })
    const ids = [...page.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id)
    expect(ids).toEqual(['summary', 'network', 'reliability', 'limits', 'citation'])
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(page).toContain(`id="${target}"`)
  })
})
