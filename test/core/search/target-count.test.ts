import { describe, expect, it } from 'vitest'
import { createRng } from '../../../src-main/core/random/rng'
import { logChoose } from '../../../src-main/core/linalg/log-gamma'
import { sigmoid } from '../../../src-main/core/linalg/log-space'
import {
  countAwareLogOdds,
  independentCountPrior,
  countPrior,
  learnCountPrior,
} from '../../../src-main/core/search/target-count'

/** Posterior by summing over every subset of targets. */
function bruteForce(
  logBayesFactors: Float64Array,
  prior: Float64Array,
): { probability: number[]; none: number } {
  const d = logBayesFactors.length
  const hit = new Array<number>(d).fill(0)
  let total = 0
  let none = 0
  for (let subset = 0; subset < 2 ** d; subset++) {
    let size = 0
    let log = 0
    for (let j = 0; j < d; j++)
      if ((subset >> j) & 1) {
        size++
        log += logBayesFactors[j]!
      }
    if (size >= prior.length) continue
    const weight = prior[size]! * Math.exp(log - logChoose(d, size))
    total += weight
    if (size === 0) none = weight
    for (let j = 0; j < d; j++) if ((subset >> j) & 1) hit[j]! += weight
  }
  return { probability: hit.map((value) => value / total), none: none / total }
}

describe('the prior on the number of targets', () => {
  it.each([3, 5, 8])('gives the posterior of the sum over all target sets of %i genes', (d) => {
    const rng = createRng(d)
    const bf = Float64Array.from({ length: d }, () => 3 * rng.normal())
    const prior = Float64Array.from([0.3, 0.4, 0.2, 0.1])
    const expected = bruteForce(bf, prior)
    const out = new Float64Array(d)
    const none = countAwareLogOdds(bf, prior, out)
    expect(none).toBeCloseTo(expected.none, 12)
    out.forEach((value, j) => expect(sigmoid(value)).toBeCloseTo(expected.probability[j]!, 12))
  })

  it('with the untruncated binomial prior leaves independent probabilities unchanged', () => {
    const rng = createRng(4)
    const d = 5
    const p = 0.3
    const bf = Float64Array.from({ length: d }, () => 2 * rng.normal())
    const out = new Float64Array(d)
    countAwareLogOdds(bf, independentCountPrior(d, p, d), out)
    out.forEach((value, j) => expect(value).toBeCloseTo(bf[j]! + Math.log(p / (1 - p)), 10))
  })

  it('stays finite and ordered for evidence far beyond the range of numbers', () => {
    const out = new Float64Array(4)
    const none = countAwareLogOdds(
      Float64Array.from([5000, 4000, -9000, -10000]),
      Float64Array.from([0.5, 0.3, 0.2]),
      out,
    )
    expect(none).toBe(0)
    expect(Array.from(out).every(Number.isFinite)).toBe(true)
    expect(out[0]! > out[1]! && out[1]! > out[2]! && out[2]! > out[3]!).toBe(true)
  })

  it('learns from the experiments how many have no target', () => {
    const d = 10
    const K = 40
    const clear = new Float64Array(K * d).fill(-4)
    for (let k = 0; k < K; k++) clear[k * d + (k % d)] = clear[k * d + ((k + 3) % d)] = 12
    const learned = learnCountPrior(clear, K, d)
    expect(learned[0]!).toBeLessThan(0.05)
    expect(learned.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
    const none = learnCountPrior(new Float64Array(K * d).fill(-6), K, d)
    expect(none[0]!).toBeGreaterThan(0.6)
  })

  it('is a distribution over at most d targets', () => {
    for (const d of [2, 3, 6, 50]) {
      const prior = countPrior(0.2, d)
      expect(prior).toHaveLength(Math.min(6, d) + 1)
      expect(prior.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
    }
  })
})
