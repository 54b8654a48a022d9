import { describe, expect, it } from 'vitest'
import { changeSentence } from '../../src-main/report/change-sentence'

const say = (others: number, targets: readonly string[], explained: number | null): string =>
  changeSentence({
    environment: 'e',
    tested: 300,
    changed: 12,
    up: 8,
    down: 4,
    changedInNetwork: others + targets.length,
    others,
    targets,
    explained,
  })

describe('the change of an experiment in the report', () => {
  it('says how much the targets explain of the others', () => {
    expect(say(9, ['A', 'B'], 0.71)).toMatch(
      /^12 of 300 genes changed \(8 up, 4 down; adjusted p ≤ 0\.05\)\. 11 of them are in the network\. 2 direct targets explain 71\s% of the squared shifts of the other 9\.$/u,
    )
  })

  it('has words for a share that rounds to nothing, for none, and for one gene', () => {
    expect(say(9, ['A'], 0.002)).toMatch(
      /1 direct target explains less than 1 % of the squared shifts of the other 9\.$/,
    )
    expect(say(1, ['A'], 0)).toMatch(
      /1 direct target explains nothing of the squared shift of the other one\.$/,
    )
  })

  it('says when there is nothing to explain, or nothing to explain it', () => {
    expect(say(0, ['A'], null)).toMatch(/Apart from the direct target no gene of the network changed\.$/)
    expect(say(1, [], null)).toMatch(
      /1 of them is in the network\. There is no confident target to explain them\.$/,
    )
    expect(say(3, ['A'], null)).toMatch(/4 of them are in the network\.$/)
  })
})
