import { describe, expect, it } from 'vitest'
import { detectionRows } from '../../../src-main/engine/benchmark/detection'
import { scoreResult } from '../../../src-main/engine/benchmark/score-result'
import { resultWith } from './example-result'

const genes = ['a', 'b']
const environments = ['e1', 'e2', 'e3', 'e4']
const result = resultWith({
  genes,
  environments,
  edges: [
    [0, 0.5],
    [0.1, 0],
  ],
  targets: [
    [0.9, 0.1],
    [0.2, 0.1],
    [0.6, 0.3],
    [0.1, 0.3],
  ],
})
const judged = {
  ...result,
  targets: {
    ...result.targets,
    noTarget: Float64Array.of(0.05, 0.7, 0.2, 0.6),
    noConfidentTarget: [false, true, false, true],
  },
}
const truth = (targets: Record<string, string[]>, id = 'mixed_d2_n3_s0') => ({
  id,
  control: 'control',
  genes,
  n_per_env: 3,
  edges: [] as [string, string][],
  targets,
})

describe("how often 'no confident target' is said", () => {
  it('is counted apart for experiments without and with a target', () => {
    const scored = scoreResult(judged, truth({ e1: ['a'], e2: [], e3: [], e4: ['b'] }), 1)
    const [row] = detectionRows([scored])
    // P(any target): .3 and .8 without a target, .95 and .4 with one
    expect(row!.cuts.filter(({ anyTarget }) => [0.3, 0.5, 0.9].includes(anyTarget))).toEqual([
      { anyTarget: 0.3, detected: 0, falseAlarms: 0 },
      { anyTarget: 0.5, detected: 0.5, falseAlarms: 0.5 },
      { anyTarget: 0.9, detected: 1, falseAlarms: 0.5 },
    ])
    expect({ ...row, cuts: [] }).toEqual({
      cuts: [],
      family: 'mixed',
      samplesPerEnvironment: 3,
      withoutTarget: 2,
      detected: 0.5,
      withTarget: 2,
      falseAlarms: 0.5,
      auroc: 0.75,
    })
  })

  it('leaves studies out in which every experiment has a target, and adds a row over all families', () => {
    const every = scoreResult(judged, truth({ e1: ['a'], e2: ['a'] }, 'lin_d2_n3_s0'), 1)
    expect(detectionRows([every])).toEqual([])
    const one = scoreResult(judged, truth({ e1: ['a'], e2: [] }), 1)
    const other = scoreResult(judged, truth({ e4: ['a'], e2: [] }, 'other_d2_n3_s0'), 1)
    const rows = detectionRows([one, other, every])
    expect(rows.map(({ family, withTarget, falseAlarms }) => [family, withTarget, falseAlarms])).toEqual([
      ['mixed', 1, 0],
      ['other', 1, 1],
      ['all', 2, 0.5],
    ])
  })
})
