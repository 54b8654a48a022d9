import { describe, expect, it } from 'vitest'
import { principalComponents } from '../../../src-main/core/linalg/principal-components'
import { createRng } from '../../../src-main/core/random/rng'

/** Samples on a plane with known variances, turned into five genes. */
function plane(n: number): Float64Array {
  const rng = createRng(4)
  const a = [0.6, 0.8, 0, 0, 0]
  const b = [0, 0, 0, 1, 0]
  const values = new Float64Array(n * 5)
  for (let i = 0; i < n; i++) {
    const [u, v] = [5 * rng.normal(), 2 * rng.normal()]
    for (let j = 0; j < 5; j++) values[i * 5 + j] = 100 + u * a[j]! + v * b[j]!
  }
  return values
}

describe('principal components', () => {
  it.each([3, 40])('of %d samples on a plane hold all of the variance and keep all distances', (n) => {
    const values = plane(n)
    const { scores, explained } = principalComponents(values, n, 5)
    expect(explained[0] + explained[1]).toBeCloseTo(1, 8)
    expect(explained[0]).toBeGreaterThan(explained[1])
    for (let i = 0; i < n; i++) {
      const apart = Math.hypot(...[0, 1, 2, 3, 4].map((j) => values[i * 5 + j]! - values[j]!))
      expect(Math.hypot(scores[2 * i]! - scores[0]!, scores[2 * i + 1]! - scores[1]!)).toBeCloseTo(apart, 5)
    }
  })

  it('do not depend on the order of the samples', () => {
    const values = plane(6)
    const turned = Float64Array.from(
      { length: 30 },
      (_, at) => values[(5 - Math.floor(at / 5)) * 5 + (at % 5)]!,
    )
    const [one, other] = [principalComponents(values, 6, 5), principalComponents(turned, 6, 5)]
    for (let i = 0; i < 6; i++)
      for (let c = 0; c < 2; c++) expect(other.scores[2 * (5 - i) + c]).toBeCloseTo(one.scores[2 * i + c]!, 5)
  })

  it('are zero where nothing varies', () => {
    const { scores, explained } = principalComponents(new Float64Array(12).fill(3), 4, 3)
    expect([...scores]).toEqual(new Array(8).fill(0))
    expect(explained).toEqual([0, 0])
  })
})
