import { describe, expect, it } from 'vitest'
import { parseTetradKnowledge } from '../../../src-main/io/constraints/parse-tetrad-knowledge'
import { tetradKnowledge } from '../../../src-main/report/exports/tetrad-knowledge'
import { exportInput } from '../../report/exports/export-input'
import { makeResult } from '../../report/make-result'

const BY_TETRAD = `/knowledge
addtemporal

1 X1 X2
3* X5 X6
2 X3

forbiddirect

X1 X3 // a comment
X4, X2

requiredirect
X3   X5
`

describe('Tetrad knowledge', () => {
  it('is read with its tiers in order, its comments skipped, and the edges within a starred tier forbidden', () => {
    expect(parseTetradKnowledge(BY_TETRAD)).toEqual({
      tiers: [['X1', 'X2'], ['X3'], ['X5', 'X6']],
      forbidden: [
        { source: 'X5', target: 'X6' },
        { source: 'X6', target: 'X5' },
        { source: 'X1', target: 'X3' },
        { source: 'X4', target: 'X2' },
      ],
      required: [{ source: 'X3', target: 'X5' }],
    })
  })

  it('comes back as it was written, also with names that hold spaces, commas and slashes', () => {
    const constraints = {
      required: [{ source: 'gene one', target: '//gene' }],
      forbidden: [{ source: 'A,B', target: 'é😀' }],
      tiers: [['gene one', 'A,B'], ['D;E']],
    }
    const result = makeResult({
      genes: ['gene one', '//gene', 'A,B', 'é😀', 'D;E'],
      settings: { constraints },
    })
    const text = String(tetradKnowledge(exportInput(result)))
    expect(parseTetradKnowledge(text)).toEqual(constraints)
  })

  it('has empty sections when nothing is known', () => {
    expect(parseTetradKnowledge(String(tetradKnowledge(exportInput(makeResult()))))).toEqual({
      required: [],
      forbidden: [],
      tiers: [],
    })
  })

  it.each([
    ['A B\n', 'Line 1'],
    ['', 'Line 1'],
    ['/knowledge\nnonsense here\n', 'Line 2'],
    ['/knowledge\naddtemporal\nX1 X2\n', 'Line 3'],
    ['/knowledge\nforbiddirect\nX1\n', 'Line 3'],
  ])('that is damaged is refused with its line: %j', (text, line) => {
    expect(() => parseTetradKnowledge(text)).toThrow(line)
  })
})
