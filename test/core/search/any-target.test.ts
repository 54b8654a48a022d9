import { describe, expect, it } from 'vitest'
import { atLeastOneTarget, noTargetProbability } from '../../../src-main/core/search/any-target'

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/** P(j is a target | at least one is) over all 2^d combinations of independent genes. */
function byEnumeration(logOdds: readonly number[]): { none: number; given: number[] } {
  const d = logOdds.length
  const p = logOdds.map(sigmoid)
  const given = new Array<number>(d).fill(0)
  let any = 0
  let none = 0
  for (let mask = 0; mask < 2 ** d; mask++) {
    const weight = p.reduce((product, q, j) => product * (mask & (1 << j) ? q : 1 - q), 1)
    if (mask === 0) none = weight
    else any += weight
    for (let j = 0; j < d; j++) if (mask & (1 << j)) given[j]! += weight
  }
  return { none, given: given.map((sum) => sum / any) }
}

describe('independent genes of one experiment', () => {
  it.each([[[-2, 0.5, -1, 1.5]], [[-5, -5, -5]], [[-3, 6]]])(
    'with log-odds %j give the sums over all combinations',
    (logOdds) => {
      const { none, given } = byEnumeration(logOdds)
      expect(noTargetProbability(Float64Array.from(logOdds))).toBeCloseTo(none, 12)
      const row = Float64Array.from(logOdds)
      atLeastOneTarget(row)
      row.forEach((value, j) => expect(sigmoid(value)).toBeCloseTo(given[j]!, 10))
    },
  )

  it('keep their order under the condition, however small they are', () => {
    const row = Float64Array.of(-40, -41, -300, -39)
    atLeastOneTarget(row)
    const order = [...row.keys()].sort((a, b) => row[b]! - row[a]!)
    expect(order).toEqual([3, 0, 1, 2])
    expect(row.every(Number.isFinite)).toBe(true)
    expect([...row].reduce((sum, value) => sum + sigmoid(value), 0)).toBeCloseTo(1, 6)
  })

  it('that are one gene make it certain', () => {
    const row = Float64Array.of(-3)
    atLeastOneTarget(row)
    expect(row[0]).toBe(700)
  })
})
