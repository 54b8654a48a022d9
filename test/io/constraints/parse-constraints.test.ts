import { describe, expect, it } from 'vitest'
import { parseConstraints } from '../../../src-main/io/constraints/parse-constraints'
import { writeConstraintsJson } from '../../../src-main/report/exports/constraints-json'
import { writeTetradKnowledge } from '../../../src-main/report/exports/tetrad-knowledge'
import type { Constraints } from '../../../src-shared/domain/constraints'
import type { Note } from '../../../src-shared/domain/notes'

const known: Constraints = {
  required: [{ source: '__proto__', target: 'gene two' }],
  forbidden: [{ source: 'C', target: 'D' }],
  tiers: [['C'], ['D', '__proto__']],
  roots: ['C'],
  leaves: ['D'],
}
const notes: Note[] = [
  { about: { kind: 'edge', source: 'C', target: 'D' }, text: 'knock-out showed nothing' },
  { about: { kind: 'gene', gene: 'D' }, text: 'reporter' },
]

describe('a file of constraints', () => {
  it('in the JSON form gives back everything that was written, notes included', () => {
    const other: Note = { about: { kind: 'gene', gene: 'elsewhere' }, text: 'not about a constraint' }
    const text = writeConstraintsJson(known, { notes: [...notes, other] })
    expect(parseConstraints(text)).toEqual({ format: 'constraints-json', constraints: known, notes })
  })

  it('as Tetrad knowledge spells out the edges of roots and leaves', () => {
    const genes = ['__proto__', 'gene two', 'C', 'D']
    const { constraints, format } = parseConstraints(writeTetradKnowledge(known, genes))
    expect(format).toBe('knowledge-txt')
    expect(constraints.required).toEqual(known.required)
    expect(constraints.tiers).toEqual(known.tiers)
    const pairs = constraints.forbidden.map(({ source, target }) => `${source}>${target}`).sort()
    expect(pairs).toEqual(['C>D', 'D>C', 'D>__proto__', 'D>gene two', '__proto__>C', 'gene two>C'].sort())
  })

  it.each([
    ['{', /damaged/],
    ['{"format":"metacadi-result","version":1}', /does not say/],
    ['{"format":"metacadi-constraints","version":9}', /newer version/],
    ['{"format":"metacadi-constraints","version":1,"required":[{"source":"A"}]}', /required\.0\.target/],
    ['[]', /does not say/],
    ['A,B\n', /Line 1/],
  ])('that is something else is refused with a reason: %s', (text, message) => {
    expect(() => parseConstraints(text)).toThrow(message)
  })
})
