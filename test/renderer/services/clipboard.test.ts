import { describe, expect, it } from 'vitest'
import { tableOf } from '../../../src-renderer/components/table-column'
import { tableAsHtml, tableAsTsv } from '../../../src-renderer/services/clipboard'

const table = {
  columns: ['Gene', 'P'],
  rows: [
    ['=cmd()', 0.5],
    ['a\tb\nc', NaN],
    ['<b>"x"&</b>', -1],
  ],
}

describe('A copied table', () => {
  it('is text that a spreadsheet does not run, with one line per row', () => {
    expect(tableAsTsv(table)).toBe(`Gene\tP\n'=cmd()\t0.5\na b c\t\n<b>"x"&</b>\t-1`)
  })

  it('is markup in which names stay text', () => {
    const html = tableAsHtml(table)
    expect(html).toContain('<td>&lt;b&gt;&quot;x&quot;&amp;&lt;/b&gt;</td><td>-1</td>')
    expect(html).toContain("<td>'=cmd()</td>")
    expect(html.match(/<tr>/g)).toHaveLength(4)
  })

  it('has numbers with all their digits, and a plain minus', () => {
    const columns = [
      { key: 'p', label: 'P', value: () => '0.33', raw: (row: { p: number }) => row.p },
      { key: 's', label: 'Shift', value: () => '\u22120.50' },
    ]
    expect(tableOf([{ p: 1 / 3 }], columns)).toEqual({ columns: ['P', 'Shift'], rows: [[1 / 3, '-0.50']] })
  })
})
