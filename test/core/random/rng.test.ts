import { describe, expect, it } from 'vitest'
import { createRng, type Rng } from '../../../src-main/core/random/rng'
import reference from '../../fixtures/random/reference.json'

const DRAWS = 200_000

function draw(count: number, next: () => number): Float64Array {
  return Float64Array.from({ length: count }, next)
}

/** Largest distance between the share of draws below each reference quantile and its probability. */
function distanceToQuantiles(draws: Float64Array, quantiles: readonly number[]): number {
  const sorted = draws.slice().sort()
  let distance = 0
  quantiles.forEach((quantile, index) => {
    const below = sorted.findIndex((value) => value > quantile)
    const share = (below < 0 ? sorted.length : below) / sorted.length
    distance = Math.max(distance, Math.abs(share - reference.probabilities[index]!))
  })
  return distance
}

function correlation(x: Float64Array, y: Float64Array): number {
  const mean = (v: Float64Array): number => v.reduce((sum, value) => sum + value, 0) / v.length
  const [meanX, meanY] = [mean(x), mean(y)]
  let xy = 0
  let xx = 0
  let yy = 0
  for (let i = 0; i < x.length; i++) {
    xy += (x[i]! - meanX) * (y[i]! - meanY)
    xx += (x[i]! - meanX) ** 2
    yy += (y[i]! - meanY) ** 2
  }
  return xy / Math.sqrt(xx * yy)
}

describe('the generator', () => {
  it.each(reference.vectors)(
    'gives the words of an independent sfc32 for seed $seed, stream $stream',
    (vector) => {
      const words = createRng(vector.seed, vector.stream)
      expect(vector.uint32.map(() => words.uint32())).toEqual(vector.uint32)
      const uniforms = createRng(vector.seed, vector.stream)
      expect(vector.uniform.map(() => uniforms.next())).toEqual(vector.uniform)
    },
  )

  it('repeats a seed and goes on from a saved state', () => {
    const first = createRng(42, 3)
    first.gamma(2)
    const state = first.state()
    const expected = [first.normal(), first.next(), first.poisson(30)]
    const second = createRng(0)
    second.restore(state)
    expect([second.normal(), second.next(), second.poisson(30)]).toEqual(expected)
    expect(state).toHaveLength(4)
  })

  it('gives streams and neighbouring seeds that are uncorrelated, also shifted against each other', () => {
    const base = draw(50_000, createRng(1, 0).next)
    for (const other of [createRng(1, 1), createRng(1, 2), createRng(2, 0), createRng(0, 1)]) {
      const values = draw(50_000, other.next)
      // Five standard errors of a correlation of independent draws.
      const bound = 5 / Math.sqrt(50_000)
      expect(Math.abs(correlation(base, values))).toBeLessThan(bound)
      expect(Math.abs(correlation(base.subarray(1), values.subarray(0, -1)))).toBeLessThan(bound)
    }
  })

  it('has no serial correlation in what it draws', () => {
    for (const name of ['next', 'normal', 'exponential'] as const) {
      const values = draw(DRAWS, createRng(5)[name])
      for (const lag of [1, 2, 7])
        expect(Math.abs(correlation(values.subarray(lag), values.subarray(0, -lag)))).toBeLessThan(
          5 / Math.sqrt(DRAWS),
        )
    }
  })
})

describe('the distributions', () => {
  const samplers: Record<string, (rng: Rng) => number> = {
    next: (rng) => rng.next(),
    normal: (rng) => rng.normal(),
    exponential: (rng) => rng.exponential(),
    laplace: (rng) => rng.laplace(),
    'gamma(0.3)': (rng) => rng.gamma(0.3),
    'gamma(1)': (rng) => rng.gamma(1),
    'gamma(7.5)': (rng) => rng.gamma(7.5),
    'studentT(4)': (rng) => rng.studentT(4),
    'studentT(1.5)': (rng) => rng.studentT(1.5),
  }

  it.each(Object.entries(reference.quantiles))('%s agrees with the quantiles of scipy', (name, quantiles) => {
    const rng = createRng(11)
    const draws = draw(DRAWS, () => samplers[name]!(rng))
    // Kolmogorov–Smirnov bound at a level of 0.001.
    expect(distanceToQuantiles(draws, quantiles)).toBeLessThan(1.95 / Math.sqrt(DRAWS))
  })

  it('normal has the moments of a standard normal and a tail beyond the ziggurat', () => {
    const rng = createRng(3)
    const n = 1_000_000
    let [sum, square, fourth, far] = [0, 0, 0, 0]
    for (let i = 0; i < n; i++) {
      const x = rng.normal()
      sum += x
      square += x * x
      fourth += x ** 4
      if (Math.abs(x) > 3.442619855899) far++
    }
    expect(Math.abs(sum / n)).toBeLessThan(5 / Math.sqrt(n))
    expect(Math.abs(square / n - 1)).toBeLessThan(5 * Math.sqrt(2 / n))
    expect(Math.abs(fourth / n - 3)).toBeLessThan(5 * Math.sqrt(96 / n))
    // 2 Φ(−3.4426…) = 5.7604e-4
    expect(Math.abs(far / n - 5.7604e-4)).toBeLessThan(5 * Math.sqrt(5.76e-4 / n))
  })

  it.each(Object.entries(reference.poisson))(
    'poisson of mean %s passes a χ² test against scipy',
    (mean, bins) => {
      const rng = createRng(17)
      const observed = new Float64Array(bins.probability.length)
      let fractions = 0
      for (let i = 0; i < DRAWS; i++) {
        const count = rng.poisson(Number(mean))
        if (!Number.isInteger(count)) fractions++
        observed[Math.min(Math.max(count, bins.low), bins.high) - bins.low]!++
      }
      expect(fractions).toBe(0)
      let chiSquare = 0
      bins.probability.forEach((p, bin) => {
        chiSquare += (observed[bin]! - DRAWS * p) ** 2 / (DRAWS * p)
      })
      const df = bins.probability.length - 1
      // Wilson–Hilferty upper bound of χ² at a level of 1e-4.
      expect(chiSquare).toBeLessThan(df * (1 - 2 / (9 * df) + 3.72 * Math.sqrt(2 / (9 * df))) ** 3)
    },
  )

  it('int is uniform for a bound that does not divide 2³²', () => {
    const rng = createRng(8)
    const counts = new Float64Array(7)
    for (let i = 0; i < DRAWS; i++) counts[rng.int(7)]!++
    for (const count of counts) expect(Math.abs(count - DRAWS / 7)).toBeLessThan(5 * Math.sqrt(DRAWS / 7))
    const large = draw(DRAWS, () => rng.int(3_000_000_000))
    // With modulo bias the values below 2³² − 3·10⁹ would come up twice as often: mean 1.22·10⁹.
    expect(large.reduce((sum, value) => sum + value, 0) / DRAWS / 1.5e9).toBeCloseTo(1, 2)
  })

  it('shuffle makes every order of four items equally often', () => {
    const rng = createRng(9)
    const counts = new Map<string, number>()
    for (let i = 0; i < 48_000; i++) {
      const items = Int32Array.of(0, 1, 2, 3)
      rng.shuffle(items)
      counts.set(items.join(), (counts.get(items.join()) ?? 0) + 1)
    }
    expect(counts.size).toBe(24)
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(5 * Math.sqrt(2000))
  })

  it('answers impossible parameters with NaN', () => {
    const rng = createRng(1)
    for (const value of [rng.int(0), rng.int(2.5), rng.int(-1), rng.int(2 ** 33)]) expect(value).toBeNaN()
    for (const value of [
      rng.gamma(0),
      rng.gamma(-1),
      rng.poisson(-1),
      rng.poisson(Infinity),
      rng.poisson(NaN),
      rng.studentT(0),
    ])
      expect(value).toBeNaN()
    expect(rng.poisson(0)).toBe(0)
  })
})
