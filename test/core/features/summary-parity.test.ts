import { describe, expect, it } from 'vitest'
import {
  EXPERIMENT_FEATURES,
  GLOBAL_FEATURES,
  PAIR_FEATURES,
  createSummariser,
  summariseStudy,
} from '../../../src-main/core/features/summary'
import cases from '../../fixtures/features/summaries.json'

const TOLERANCE = 1e-5

function startsOf(sizes: readonly number[]): Int32Array {
  const starts = new Int32Array(sizes.length + 1)
  sizes.forEach((size, e) => (starts[e + 1] = starts[e]! + size))
  return starts
}

/** Largest difference and the feature it is in, so that a failure names the formula. */
function worst(found: Float32Array, expected: readonly number[], names: readonly string[]): string {
  let largest = 0
  let name = 'none'
  expected.forEach((value, i) => {
    const difference = Math.abs(found[i]! - value)
    if (!(difference <= largest)) {
      largest = difference
      name = names[i % names.length]!
    }
  })
  return largest <= TOLERANCE ? 'equal' : `${name} differs by ${largest.toExponential(2)}`
}

describe('summary features equal the prototype of the network to 1e-5', () => {
  it.each(cases)('$name', (study) => {
    const summary = summariseStudy(Float64Array.from(study.values), study.genes, startsOf(study.sizes))
    expect(summary.pair.length).toBe(study.pair.length)
    expect(summary.experiment.length).toBe(study.experiment.length)
    expect(worst(summary.pair, study.pair, PAIR_FEATURES)).toBe('equal')
    expect(worst(summary.experiment, study.experiment, EXPERIMENT_FEATURES)).toBe('equal')
    expect(worst(summary.global, study.context, GLOBAL_FEATURES)).toBe('equal')
  })

  it('one summariser over studies of changing shape gives what fresh ones give', () => {
    const summarise = createSummariser()
    for (const study of [...cases, ...cases.toReversed()]) {
      const values = Float64Array.from(study.values)
      const starts = startsOf(study.sizes)
      expect(summarise(values, study.genes, starts)).toEqual(summariseStudy(values, study.genes, starts))
    }
  })
})
