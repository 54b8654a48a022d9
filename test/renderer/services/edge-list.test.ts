import { describe, expect, it } from 'vitest'
import type { ResultView } from '../../../src-shared/contract/result-view'
import {
  constraintOf,
  listEdges,
  shownEdges,
  signOf,
  withConstraint,
} from '../../../src-renderer/services/edge-list'

const GENES = ['A', 'B', 'C']
const matrix = (entries: Record<string, number>): Float64Array => {
  const values = new Float64Array(9)
  for (const [edge, value] of Object.entries(entries))
    values[GENES.indexOf(edge[0]!) * 3 + GENES.indexOf(edge[1]!)] = value
  return values
}
const view = {
  genes: GENES,
  edges: {
    probability: matrix({ AB: 0.9, BC: 0.4, CA: 0.004, AC: 0 }),
    logOdds: matrix({ AB: 2.2, BC: -0.4, CA: -5.5 }),
    effect: matrix({ AB: 1, BC: -1 }),
    effectSd: matrix({ AB: 0.2, BC: 0.9 }),
    chainDifference: matrix({ AB: 0.01 }),
  },
  constraintMarks: ['', '', 'forbidden', '', '', '', '', '', ''],
} as unknown as ResultView

describe('The list of edges', () => {
  it('holds the most probable pair first and leaves out pairs that nobody believes in', () => {
    expect(listEdges(view).map((row) => `${row.source}${row.target}`)).toEqual(['AB', 'BC', 'AC'])
  })
  it('keeps a forbidden pair although its probability is zero', () => {
    expect(listEdges(view).at(-1)).toMatchObject({
      source: 'A',
      target: 'C',
      probability: 0,
      mark: 'forbidden',
    })
  })
  it('names a sign only when the 95 % interval leaves out zero', () => {
    expect([signOf(1, 0.5), signOf(-1, 0.5), signOf(1, 0.6), signOf(Number.NaN, 1)]).toEqual([
      'activates',
      'inhibits',
      'unknown',
      'unknown',
    ])
  })
  it('is cut at the threshold and at the cap, whichever comes first', () => {
    const rows = listEdges(view)
    expect(shownEdges(rows, 0.3)).toHaveLength(2)
    expect(shownEdges(rows, 0.3, 1)).toHaveLength(1)
    expect(shownEdges(rows, 0.95)).toHaveLength(0)
  })
})

describe('A constraint on an edge', () => {
  const none = { required: [], forbidden: [], tiers: [['A']] }
  const edge = { source: 'A', target: 'B' }
  it('replaces what was said about the edge before, and leaves tiers alone', () => {
    const forbidden = withConstraint(withConstraint(none, edge, 'required'), edge, 'forbidden')
    expect(forbidden).toEqual({ required: [], forbidden: [edge], tiers: [['A']] })
    expect(constraintOf(forbidden, edge)).toBe('forbidden')
    expect(constraintOf(forbidden, { source: 'B', target: 'A' })).toBe('')
  })
  it('can be taken back', () => {
    expect(withConstraint(withConstraint(none, edge, 'required'), edge, '')).toEqual(none)
  })
})
