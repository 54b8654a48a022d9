import { describe, expect, it } from 'vitest'
import {
  describeStudy,
  disagreements,
  outOfDistribution,
  STUDY_QUANTITIES,
  type TrainedRange,
} from '../../../src-main/core/combine'
import { summariseStudy } from '../../../src-main/core/features/summary'
import { makeExample } from './example'

const example = makeExample(10, 4, 21, 60, 6)
const { quantities } = describeStudy(example.summary)

/** Ranges that hold the example in their middle. */
const ranges: Record<string, TrainedRange> = Object.fromEntries(
  STUDY_QUANTITIES.map((name) => {
    const value = quantities[name]
    return [
      name,
      { low: value - 0.3 * Math.abs(value) - 0.2, high: value + 0.3 * Math.abs(value) + 0.2, median: value },
    ]
  }),
)

describe('study quantities', () => {
  it('tell the sizes of the study', () => {
    expect(quantities).toMatchObject({
      genes: 10,
      experiments: 4,
      controlSamples: 60,
      fewestSamples: 6,
      medianSamples: 6,
      mostSamples: 6,
      zeroShare: 0,
    })
  })

  it('measure skewness and kurtosis of the control', () => {
    const { d, values } = example
    const { skew, kurtosis } = describeStudy(example.summary)
    const column = Float64Array.from({ length: 60 }, (_, t) => values[t * d + 3]!)
    const mean = column.reduce((a, b) => a + b, 0) / 60
    const sd = Math.sqrt(column.reduce((a, b) => a + (b - mean) ** 2, 0) / 60)
    const moment = (power: number): number =>
      column.reduce((sum, x) => sum + ((x - mean) / sd) ** power, 0) / 60
    expect(skew[3]).toBeCloseTo(moment(3), 1)
    expect(kurtosis[3]).toBeCloseTo(moment(4) - 3, 1)
  })
})

describe('out-of-distribution flags', () => {
  it('are none for a study within the ranges', () => {
    expect(outOfDistribution(example.summary, ranges)).toEqual([])
  })

  it('name the quantity, its value and the range when a study is larger than any of the training', () => {
    const large = makeExample(40, 4, 22, 60, 6)
    const flags = outOfDistribution(large.summary, ranges)
    expect(flags).toContainEqual({ quantity: 'genes', value: 40, ...bounds('genes'), experiment: null })
  })

  it('name the experiment of which every gene is shifted', () => {
    const { values, starts, d } = example
    const shifted = values.map((x, at) =>
      Math.floor(at / d) >= starts[3]! && at / d < starts[4]! ? x + 5 : x,
    )
    const flags = outOfDistribution(summariseStudy(shifted, d, starts), ranges)
    const batch = flags.filter((flag) => flag.quantity === 'largestShiftedShare')
    expect(batch).toEqual([
      { quantity: 'largestShiftedShare', value: 1, ...bounds('largestShiftedShare'), experiment: 2 },
    ])
  })

  it('name zeros', () => {
    const { values, starts, d } = example
    const sparse = summariseStudy(
      values.map((x) => Math.max(0, x)),
      d,
      starts,
    )
    expect(outOfDistribution(sparse, ranges).map((flag) => flag.quantity)).toContain('zeroShare')
  })

  it('judge neither a quantity without a range nor the control of a study without one', () => {
    const large = makeExample(40, 4, 22, 0, 6)
    expect(outOfDistribution(large.summary, {})).toEqual([])
    const flags = outOfDistribution(large.summary, ranges)
    expect(flags.map((flag) => flag.quantity)).not.toContain('controlSamples')
  })
})

function bounds(quantity: string): { low: number; high: number } {
  const { low, high } = ranges[quantity]!
  return { low, high }
}

describe('disagreements', () => {
  const network = {
    edge: Float32Array.of(9, -4, 2, 9),
    ancestor: new Float32Array(4),
    target: Float32Array.of(-6, 2, 1, -9),
  }
  const closed = { edge: Float64Array.of(-9, -300, 4, -9), target: Float64Array.of(-40, -2, 9, 5) }

  it('are cells whose log-odds differ by more than 3 and of which one part says yes, the largest first', () => {
    expect(disagreements(network, closed, 2)).toEqual([
      { kind: 'target', row: 1, gene: 1, closed: 5, network: -9 },
      { kind: 'target', row: 1, gene: 0, closed: 9, network: 1 },
      { kind: 'target', row: 0, gene: 1, closed: -2, network: 2 },
    ])
  })

  it('leave out what a constraint decides', () => {
    const bound = { ...closed, edge: Float64Array.of(0, -Infinity, Infinity, 0) }
    expect(disagreements(network, bound, 2).filter((cell) => cell.kind === 'edge')).toEqual([])
  })
})
