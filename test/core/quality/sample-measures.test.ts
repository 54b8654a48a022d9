import { describe, expect, it } from 'vitest'
import { outlying } from '../../../src-main/core/quality/outlying'
import { replicateSpread } from '../../../src-main/core/quality/replicate-spread'
import { rowCorrelation } from '../../../src-main/core/quality/row-correlation'
import { engagementOf, targetMovement } from '../../../src-main/core/quality/target-movement'
import { createRng } from '../../../src-main/core/random/rng'

/** By the textbook formula with products of raw values, another route than that of unit rows. */
function pearson(a: readonly number[], b: readonly number[]): number {
  const d = a.length
  const sum = (f: (at: number) => number): number => a.reduce((total, _, at) => total + f(at), 0)
  const [sa, sb] = [sum((i) => a[i]!), sum((i) => b[i]!)]
  const top = d * sum((i) => a[i]! * b[i]!) - sa * sb
  return top / Math.sqrt((d * sum((i) => a[i]! ** 2) - sa ** 2) * (d * sum((i) => b[i]! ** 2) - sb ** 2))
}

describe('correlation of samples', () => {
  it('is Pearson’s, symmetric, 1 on the diagonal, and unknown for a sample that never changes', () => {
    const rng = createRng(3)
    const rows = Array.from({ length: 4 }, () => Array.from({ length: 30 }, () => rng.normal() + 5))
    rows.push(Array.from({ length: 30 }, () => 2))
    const r = rowCorrelation(Float64Array.from(rows.flat()), 5, 30)
    for (let a = 0; a < 4; a++)
      for (let b = 0; b < 4; b++) expect(r[a * 5 + b]).toBeCloseTo(pearson(rows[a]!, rows[b]!), 6)
    expect([r[20], r[24]]).toEqual([NaN, NaN])
  })
})

describe('spread of a sample around its replicates', () => {
  it('has the expectation of the spread within experiments, whatever their size', () => {
    const rng = createRng(11)
    const d = 4000
    const sizes = [2, 3, 20]
    const starts = Int32Array.from([0, 2, 5, 25])
    const values = Float64Array.from({ length: 25 * d }, () => 0.7 * rng.normal())
    const spread = replicateSpread(values, d, starts)
    for (const value of spread) expect(value).toBeCloseTo(0.7, 1)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(spread.length)
  })

  it('does not let an outlier hide behind its own weight, and knows nothing of a single sample', () => {
    const spread = replicateSpread(Float64Array.of(1, 1, 4, 9), 1, Int32Array.of(0, 3, 4))
    expect(spread[2]).toBeCloseTo(3 * Math.sqrt(2 / 3))
    expect(spread[3]).toBeNaN()
  })
})

describe('outlying values', () => {
  const usual = [100, 110, 95, 105, 98, 102]
  it('lie three robust deviations and a least factor from the median', () => {
    const low = outlying([...usual, 20], 'below', 2)
    expect(low.positions).toEqual([6])
    expect(low.usual).toBeCloseTo(100)
    expect(outlying([...usual, 60], 'below', 2).positions).toEqual([])
    expect(outlying([...usual, 300], 'above', 1.5).positions).toEqual([6])
    expect(outlying([...usual, 0], 'below', 2).positions).toEqual([6])
  })
  it('are not looked for among fewer than five', () => {
    expect(outlying([1, 1, 1, 100], 'above', 2).positions).toEqual([])
  })
})

describe('a known target', () => {
  const of = (control: readonly number[], hit: readonly number[]): ReturnType<typeof targetMovement> =>
    targetMovement(
      { values: Float64Array.from([...control, ...hit]), genes: ['A'] },
      Int32Array.of(0, control.length, control.length + hit.length),
      1,
      0,
    )
  it('is measured in spreads of the control and in standard errors', () => {
    const moved = of([1, 2, 3], [6, 6])
    expect(moved).toEqual({ change: 4, spreads: 4, errors: 4 / Math.sqrt(1 / 3 + 1 / 2) })
    expect(engagementOf(moved, null)).toBe('moves')
    expect(engagementOf(moved, 'down')).toBe('other-way')
    expect(engagementOf(of([1, 2, 3], [2.2, 2]), 'up')).toBe('hardly-moves')
  })
  it('moves by any change where the control never varies', () => {
    expect(of([1, 1, 1], [2]).spreads).toBe(Infinity)
    expect(of([1, 1, 1], [1]).spreads).toBe(0)
  })
})
