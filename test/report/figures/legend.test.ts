import { describe, expect, it } from 'vitest'
import { legendOf, type LegendEntry } from '../../../src-main/report/figures/legend'

const entry = (label: string): LegendEntry => ({ label, width: 8, symbol: () => null })
const places = (markup: string): { x: number; y: number }[] =>
  [...markup.matchAll(/<text x="([\d.]+)" y="([\d.]+)"/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }))

describe('legend', () => {
  it('puts an entry that does not fit into the next row, with room for the widest common font', () => {
    const entries = ['direct target', 'downstream of the targets', 'unexplained'].map(entry)
    const wide = legendOf(entries, 0, 1000)
    const narrow = legendOf(entries, 0, 310)
    expect(new Set(places(wide.draw(0).markup).map(({ y }) => y)).size).toBe(1)
    expect(places(narrow.draw(0).markup).map(({ y }) => y)).toEqual([13, 13, 31])
    expect(narrow.height).toBe(2 * wide.height)
    // DejaVu Sans needs 6.4 pixels per character on average at 11 px
    const [first, second] = places(wide.draw(0).markup)
    expect(second!.x - first!.x).toBeGreaterThan('direct target'.length * 6.4 + 8)
  })

  it('gives a single entry that is wider than the figure a row of its own', () => {
    const legend = legendOf([entry('a'), entry('b'.repeat(200))], 10, 100)
    expect(places(legend.draw(0).markup).map(({ x }) => x)).toEqual([23, 23])
  })
})
