import { describe, expect, it } from 'vitest'
import { decisiveSamples, geneInfluence } from '../../../src-renderer/services/sample-influence'
import type { SampleInfluence } from '../../../src-shared/domain/experiment-evidence'

const influence: SampleInfluence = {
  probability: Float64Array.of(0.9, 0.1),
  listed: ['A'],
  without: [
    { sample: 's1', probability: Float64Array.of(0.85, 0.2), listed: ['A'] },
    { sample: 's2', probability: Float64Array.of(0.4, 0.1), listed: [] },
    { sample: 's3', probability: Float64Array.of(0.95, 0.1), listed: ['B', 'A'] },
  ],
}

describe('What a sample decides', () => {
  it('is told by the one whose removal moves the probability most', () => {
    expect(geneInfluence(influence, 0)!.strongest).toEqual({ sample: 's2', probability: 0.4 })
    expect(geneInfluence(influence, 1)!.strongest.sample).toBe('s1')
    expect(geneInfluence(influence, 7)).toBeNull()
  })

  it('changes the answer when other genes are named without it, in whatever order', () => {
    expect(decisiveSamples(influence).map(({ sample }) => sample)).toEqual(['s2', 's3'])
    const same = { ...influence, listed: ['A', 'B'] }
    expect(decisiveSamples(same).map(({ sample }) => sample)).toEqual(['s1', 's2'])
  })
})
