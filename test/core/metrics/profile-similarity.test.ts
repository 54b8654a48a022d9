import { describe, expect, it } from 'vitest'
import { mostSimilar, profileCorrelation } from '../../../src-main/core/metrics/profile-similarity'
import { createRng } from '../../../src-main/core/random/rng'

describe('Similarity of experiments', () => {
  it('is the correlation of their profiles over the genes that both have', () => {
    const rng = createRng(2)
    const a = Array.from({ length: 30 }, () => rng.normal())
    const b = a.map((value) => 0.5 * value + rng.normal())
    // second route: the mean product of standard scores
    const scores = (x: readonly number[]): number[] => {
      const mean = x.reduce((sum, value) => sum + value, 0) / x.length
      const sd = Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length)
      return x.map((value) => (value - mean) / sd)
    }
    const other = scores(b)
    const expected = scores(a).reduce((sum, value, i) => sum + (value * other[i]!) / a.length, 0)
    expect(profileCorrelation(a, b)).toBeCloseTo(expected, 12)
    expect(profileCorrelation([...a, NaN, 4], [...b, 3, NaN])).toBeCloseTo(expected, 12)
  })

  it('cannot be told from two genes, or from a profile that does not vary', () => {
    expect(profileCorrelation([1, 2, NaN], [2, 1, 0])).toBeNaN()
    expect(profileCorrelation([1, 1, 1], [2, 1, 0])).toBeNaN()
  })

  it('puts the most similar experiment first and those that cannot be compared last', () => {
    const shift = Float64Array.of(0, 0, 0, 3, 2, 1, 1, 2, 3.5, 1, 2, 3)
    const found = mostSimilar(
      { shift: Float64Array.of(1, 2, 3), target: Float64Array.of(0, 0, 1) },
      { shift, target: new Float64Array(12) },
      3,
      3,
    )
    expect(found.map(({ environment }) => environment)).toEqual([2, 1, 0])
    expect(found[1]!.shift).toBeCloseTo(-1, 12)
    expect(found[2]!.shift).toBeNaN()
  })
})
