import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Progress } from '../../../src-shared/contract/engine-info'
import { createProgressMeter, type ExpectedStage } from '../../../src-main/engine/analysis/progress-meter'

const STAGES: readonly ExpectedStage[] = [
  { stage: 'scoring', seconds: 30 },
  { stage: 'searching', seconds: 60 },
  { stage: 'averaging', seconds: 10 },
]

let told: Progress[]
const tell = (progress: Progress): void => void told.push(progress)
const now = (): Progress => told.at(-1)!
const pass = (seconds: number): unknown => vi.advanceTimersByTime(seconds * 1000)

beforeEach(() => {
  told = []
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('The time left of a run', () => {
  it.each([1, 4])('is right all along when everything takes %d times as long as expected', (times) => {
    const meter = createProgressMeter(STAGES, tell, times)
    meter.report('scoring', 0)
    expect(now().etaSeconds).toBeCloseTo(100 * times)
    let left = 100 * times
    for (const { stage, seconds } of STAGES)
      for (const share of [0.25, 0.5, 1]) {
        const step = seconds * (share === 1 ? 0.5 : 0.25) * times
        pass(step)
        left -= step
        meter.report(stage, share)
        expect(now().etaSeconds).toBeCloseTo(left)
        expect(now().percent).toBeCloseTo(100 - left / times)
      }
  })

  it('is soon that of a computer that is slower than expected', () => {
    const meter = createProgressMeter(STAGES, tell, 1)
    pass(30)
    meter.report('scoring', 1 / 3)
    // a tenth was expected to take 10 s and took 30 s; as much again is still believed to go as expected
    expect(now().etaSeconds).toBeCloseTo(((30 + 10) / (10 + 10)) * 90)
    pass(60)
    meter.report('scoring', 1)
    expect(now().etaSeconds).toBeCloseTo(((90 + 10) / (30 + 10)) * 70)
  })

  it('does not take what an earlier run had done for speed', () => {
    const meter = createProgressMeter(STAGES, tell, 1)
    meter.report('scoring', 0)
    meter.found('scoring', 1)
    meter.found('searching', 0.5)
    expect(now()).toMatchObject({ percent: 60, etaSeconds: 40 })
    pass(20)
    meter.report('searching', 0.75)
    expect(now().percent).toBeCloseTo(75)
    expect(now().etaSeconds).toBeCloseTo(((20 + 10) / (15 + 10)) * 25)
  })

  it('is not told early where nothing is known but shares, and never runs backwards', () => {
    const meter = createProgressMeter([{ stage: 'scoring', seconds: 1 }], tell)
    pass(1)
    meter.report('scoring', 0.04)
    expect(now().etaSeconds).toBeNull()
    pass(1)
    meter.report('scoring', 0.5)
    meter.report('scoring', 0.2)
    expect(now()).toMatchObject({ percent: 50, etaSeconds: 2 })
    meter.report('scoring', 1)
    expect(now()).toMatchObject({ percent: 100, etaSeconds: 0 })
  })
})
