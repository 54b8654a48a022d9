import { describe, expect, it } from 'vitest'
import { createPace } from '../../../src-main/engine/analysis/pace'

const run = { seconds: 2, memoryBytes: 100 }

describe('The expected time of a run', () => {
  it('is that of a free computer of usual speed, with a wide range, before anything ran here', () => {
    expect(createPace(() => 0).adjusted(run)).toEqual({
      seconds: 2,
      lowSeconds: 0.8,
      highSeconds: 5,
      memoryBytes: 100,
    })
  })

  it('is longer where other programs want the processor', () => {
    expect(createPace(() => 4).adjusted(run).seconds).toBe(8)
  })

  it('follows what the last runs took, within a narrower range', () => {
    const pace = createPace(() => 1)
    for (const seconds of [100, 4, 8, 16]) pace.learn(2, seconds)
    const { seconds, lowSeconds, highSeconds } = pace.adjusted(run)
    expect(seconds).toBeCloseTo(8)
    expect([seconds / lowSeconds, highSeconds / seconds]).toEqual([expect.closeTo(1.6), expect.closeTo(1.6)])
  })

  it('learns nothing from a run that the computer slept through, or that took no time', () => {
    const pace = createPace(() => 1)
    pace.learn(2, 3_600)
    pace.learn(2, 0)
    pace.learn(0, 1)
    expect(pace.adjusted(run).seconds).toBe(2)
  })
})
