import { describe, expect, it } from 'vitest'
import { edgeTable, targetTable } from '../../src-main/report/data-link'
import { findingsOf } from '../../src-main/report/findings'
import type { Markup } from '../../src-main/report/markup'
import { makeResult } from './make-result'

function rowsOf(link: Markup): string[][] {
  const base64 = /href="data:text\/tab-separated-values;charset=utf-8;base64,([^"]+)"/.exec(link.markup)?.[1]
  const text = Buffer.from(base64 ?? '', 'base64').toString('utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'))
}

describe('embedded tables', () => {
  it('hold every gene of every experiment with the numbers of the result', () => {
    const result = makeResult({ genes: 9, environments: 3 })
    const [header, ...rows] = rowsOf(targetTable(result, findingsOf(result)).link)
    expect(header?.slice(0, 4)).toEqual(['experiment', 'gene', 'probability', 'rank'])
    expect(rows).toHaveLength(27)
    for (const row of rows) {
      const cell = result.environments.indexOf(row[0]!) * 9 + result.genes.indexOf(row[1]!)
      expect(Number(row[2])).toBeCloseTo(result.targets.probability[cell]!, 3)
      expect(Number(row[3])).toBe(result.targets.rank[cell])
    }
  })

  it('hold the edges from 0.01 on, with sign and constraint', () => {
    const result = makeResult({
      genes: 9,
      settings: { constraints: { required: [{ source: 'GENE1', target: 'GENE2' }] } },
    })
    const [header, ...rows] = rowsOf(edgeTable(result).link)
    expect(header).toContain('constraint')
    expect(rows).toHaveLength(result.edges.probability.filter((p) => p >= 0.01).length)
    expect(rows.find((row) => row[0] === 'GENE1' && row[1] === 'GENE2')?.at(-1)).toBe('required')
    expect(new Set(rows.map((row) => row[3]))).toEqual(new Set(['+', '-', '?']))
  })

  it('keep spreadsheets from running names as formulas and names from breaking rows', () => {
    const result = makeResult({ genes: ['=cmd()', '+1', '@x', '-TAB\tX', 'a\nb'], environments: ['=1+1'] })
    const rows = rowsOf(targetTable(result, findingsOf(result)).link)
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([10]))
    expect(
      rows
        .slice(1)
        .map((row) => row[1])
        .sort(),
    ).toEqual(["'+1", "'-TAB X", "'=cmd()", "'@x", 'a b'].sort())
    expect(rows[1]![0]).toBe("'=1+1")
  })

  it('say so when they hold only the top of each list', () => {
    const result = makeResult({ genes: 200, environments: 100 })
    const table = targetTable(result, findingsOf(result))
    expect(table.note).toBe('The file holds the 40 most probable genes of each experiment.')
    expect(rowsOf(table.link)).toHaveLength(1 + 40 * 100)
  })
})
