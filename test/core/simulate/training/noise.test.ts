import { describe, expect, it } from 'vitest'
import { createRng } from '../../../../src-main/core/random/rng'
import { fillNoise, quickGamma } from '../../../../src-main/core/simulate/training/noise'

const N = 100_000

describe('noise of training studies', () => {
  it.each(['normal', 'laplace', 'uniform', 'exponential', 'student-t'] as const)(
    'has mean 0 and variance 1 (%s)',
    (kind) => {
      const noise = new Float64Array(N)
      fillNoise(kind, 6, noise, N, createRng(1))
      const mean = noise.reduce((sum, value) => sum + value, 0) / N
      const square = noise.reduce((sum, value) => sum + value * value, 0) / N
      expect(Math.abs(mean)).toBeLessThan(0.02)
      expect(Math.abs(square - 1)).toBeLessThan(0.05)
    },
  )

  it('is heavy-tailed only where it says so', () => {
    const kurtosis = (kind: 'normal' | 'student-t'): number => {
      const noise = new Float64Array(N)
      fillNoise(kind, 6, noise, N, createRng(2))
      return noise.reduce((sum, value) => sum + value ** 4, 0) / N
    }
    expect(kurtosis('normal')).toBeLessThan(3.3)
    // Student's t with 6 degrees of freedom has kurtosis 6
    expect(kurtosis('student-t')).toBeGreaterThan(4)
  })
})

describe('the quick gamma variate', () => {
  it.each([0.4, 1, 3, 40])('has the mean, variance and skewness of shape %d', (shape) => {
    const rng = createRng(3)
    const draws = Float64Array.from({ length: N }, () => quickGamma(shape, rng))
    const mean = draws.reduce((sum, value) => sum + value, 0) / N
    const central = (power: number): number =>
      draws.reduce((sum, value) => sum + (value - mean) ** power, 0) / N
    expect(mean / shape).toBeCloseTo(1, 1)
    expect(central(2) / shape).toBeCloseTo(1, 1)
    expect(central(3) / central(2) ** 1.5 / (2 / Math.sqrt(shape))).toBeGreaterThan(0.85)
    expect(central(3) / central(2) ** 1.5 / (2 / Math.sqrt(shape))).toBeLessThan(1.15)
  })
})
