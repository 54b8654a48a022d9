import { describe, expect, it } from 'vitest'
import { whatIfRange, whatIfRows } from '../../../src-renderer/services/what-if-rows'
import type { TargetRow } from '../../../src-renderer/services/target-list'
import { interventionsOf } from '../../../src-shared/contract/what-if'
import type { WhatIf } from '../../../src-shared/domain/what-if'

const answer: WhatIf = {
  interventions: [{ gene: 'A', kind: 'shift', amount: 2, lowest: -2, highest: 2, outside: false }],
  genes: ['A', 'B', 'C'],
  shift: Float64Array.of(2, -1, 0.2),
  low: Float64Array.of(2, -1.5, -0.1),
  high: Float64Array.of(2, -0.5, 0.6),
  downstream: Float64Array.of(1, 0.99, 0.4),
  draws: 400,
}

const target = (part: Partial<TargetRow>): TargetRow => ({
  id: '',
  environment: 'e',
  gene: 'A',
  probability: 0.9,
  logOdds: 2,
  rank: 1,
  kind: 'shift',
  listFdr: 0.05,
  observedShift: 3,
  predictedShift: 1,
  isTarget: true,
  disputed: false,
  ...part,
})

describe('the rows of a prediction', () => {
  it('say what was done, what follows, and what is beyond doubt', () => {
    const rows = whatIfRows(answer, (gene) => (gene === 'B' ? -4 : NaN))
    expect(rows.map(({ gene, acted, follows, moves }) => [gene, acted, follows, moves])).toEqual([
      ['A', true, true, true],
      ['B', false, true, true],
      ['C', false, false, false],
    ])
    const [low, high] = whatIfRange(rows)
    expect(low).toBeCloseTo(-4 - 0.04 * 6, 9)
    expect(high).toBeCloseTo(2 + 0.04 * 6, 9)
  })
})

describe('an experiment as a question', () => {
  it('shifts a target by what its causes leave open, and holds one whose mechanism was replaced', () => {
    expect(
      interventionsOf([
        target({}),
        target({ gene: 'B', kind: 'hard', observedShift: -30 }),
        target({ gene: 'C', isTarget: false }),
      ]),
    ).toEqual([
      { gene: 'A', kind: 'shift', amount: 2 },
      { gene: 'B', kind: 'hold', amount: -20 },
    ])
  })

  it('takes the most probable gene where no target is confident', () => {
    const rows = [target({ gene: 'D', isTarget: false }), target({ gene: 'E', isTarget: false })]
    expect(interventionsOf(rows).map(({ gene }) => gene)).toEqual(['D'])
  })
})
