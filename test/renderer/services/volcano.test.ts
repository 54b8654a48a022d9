import { describe, expect, it } from 'vitest'
import { MOST_LOG_P, volcanoPoints } from '../../../src-renderer/services/volcano'
import { volcano } from '../../../src-renderer/strings/targets'

const changes = {
  environment: 'e1',
  summary: {
    environment: 'e1',
    tested: 3,
    changed: 2,
    up: 1,
    down: 1,
    changedInNetwork: 1,
    targets: ['A'],
    explained: 0.5,
  },
  unit: 'log2' as const,
  genes: ['A', 'B', 'C'],
  inNetwork: Int32Array.of(0, -1, 1),
  averageExpression: new Float64Array(3),
  logFoldChange: Float64Array.of(2, -1, NaN),
  t: new Float64Array(3),
  pValue: Float64Array.of(0, 0.01, 0.5),
  adjusted: Float64Array.of(0, 0.02, 0.5),
  changeClass: Uint8Array.of(1, 4, 0),
  propagatedShift: new Float64Array(3),
}

describe('The volcano plot', () => {
  it('has a point for every gene with numbers, the smallest p at the upper edge', () => {
    const points = volcanoPoints(changes)
    expect(points.map(({ gene, change, inNetwork }) => [gene, change, inNetwork])).toEqual([
      ['A', 'direct', true],
      ['B', 'outside', false],
    ])
    expect(points[0]!.logP).toBe(MOST_LOG_P)
    expect(points[1]!.logP).toBeCloseTo(2, 12)
  })

  it('says in one line how much the targets explain', () => {
    expect(volcano.headline(412, 3, 0.71)).toBe('412 genes changed; 3 explain 71\u00A0%.')
    expect(volcano.headline(5, 1, 0.2)).toBe('5 genes changed; 1 explains 20\u00A0%.')
    expect(volcano.headline(5, 0, null)).toMatch(/no confident target/)
    expect(volcano.headline(0, 0, null)).toBe('No gene changed.')
  })
})
