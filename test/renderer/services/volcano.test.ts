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
    others: 0,
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
    const say = (changed: number, targets: number, others: number, explained: number | null): string =>
      volcano.headline({ changed, targets: Array.from({ length: targets }, () => 'G'), others, explained })
    expect(say(412, 3, 38, 0.71)).toBe(
      '412 genes changed; 3 direct targets explain 71\u00A0% of the other 38 in the network.',
    )
    expect(say(5, 1, 4, 0.2)).toBe(
      '5 genes changed; the direct target explains 20\u00A0% of the other 4 in the network.',
    )
    expect(say(2, 1, 1, 0)).toBe(
      '2 genes changed; the direct target explains nothing of the other one in the network.',
    )
    expect(say(3, 2, 1, 0.004)).toBe(
      '3 genes changed; 2 direct targets explain less than 1\u00A0% of the other one in the network.',
    )
    expect(say(1, 1, 0, null)).toBe('1 gene changed; apart from the direct target none in the network.')
    expect(say(1, 0, 1, null)).toBe('1 gene changed; no confident target to explain it.')
    expect(say(5, 1, 4, null)).toBe('5 genes changed.')
    expect(say(0, 0, 0, null)).toBe('No gene changed.')
  })
})
