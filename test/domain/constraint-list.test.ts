import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findConflicts } from '../../src-shared/domain/constraint-conflicts'
import {
  entryKey,
  listConstraints,
  withEntries,
  withoutEntries,
  type ConstraintEntry,
} from '../../src-shared/domain/constraint-entries'
import { constraintMarks } from '../../src-shared/domain/constraint-marks'
import { NO_CONSTRAINTS, type Constraints } from '../../src-shared/domain/constraints'

const GENES = ['A', 'B', 'C', 'D', 'E', 'F']
const edge = (pair: string): { source: string; target: string } => ({ source: pair[0]!, target: pair[1]! })
const constraints = (given: {
  required?: string[]
  forbidden?: string[]
  tiers?: string[][]
  roots?: string[]
  leaves?: string[]
}): Constraints => ({
  required: (given.required ?? []).map(edge),
  forbidden: (given.forbidden ?? []).map(edge),
  tiers: given.tiers ?? [],
  ...(given.roots ? { roots: given.roots } : {}),
  ...(given.leaves ? { leaves: given.leaves } : {}),
})

const gene = fc.constantFrom(...GENES)
const anyEntry: fc.Arbitrary<ConstraintEntry> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('required', 'forbidden'),
    edge: fc.record({ source: gene, target: gene }),
  }),
  fc.record({ kind: fc.constant('tier' as const), gene, tier: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ kind: fc.constantFrom('root', 'leaf'), gene }),
)

describe('the list of constraints', () => {
  it('holds every statement once, and what is taken out of it is gone', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 12 }), (entries) => {
        const said = entries.reduce((now, entry) => withEntries(now, [entry]), NO_CONSTRAINTS)
        const keys = listConstraints(said).map(entryKey)
        expect(new Set(keys).size).toBe(keys.length)
        for (const key of keys) {
          const left = listConstraints(withoutEntries(said, new Set([key]))).map(entryKey)
          expect(left).toEqual(keys.filter((other) => other !== key))
        }
        expect(withoutEntries(said, new Set(keys))).toEqual(NO_CONSTRAINTS)
      }),
    )
  })

  it('replaces what was said about the same edge and moves a gene to its new tier', () => {
    const first = withEntries(NO_CONSTRAINTS, [
      { kind: 'required', edge: edge('AB') },
      { kind: 'tier', gene: 'A', tier: 0 },
    ])
    const then = withEntries(first, [
      { kind: 'forbidden', edge: edge('AB') },
      { kind: 'tier', gene: 'A', tier: 2 },
    ])
    expect(then).toEqual(constraints({ forbidden: ['AB'], tiers: [[], [], ['A']] }))
  })
})

describe('a contradiction', () => {
  it.each([
    [
      constraints({ required: ['AB'], tiers: [['B'], ['A']] }),
      "'A→B required' contradicts tier 'B before A'. Remove one.",
      ['required\0A\0B', 'tier\0B', 'tier\0A'],
    ],
    [
      constraints({ required: ['AB'], roots: ['B'] }),
      "'A→B required' contradicts 'B is a root'. Remove one.",
      ['required\0A\0B', 'root\0B'],
    ],
    [
      constraints({ required: ['AB'], leaves: ['A'] }),
      "'A→B required' contradicts 'A is a leaf'. Remove one.",
      ['required\0A\0B', 'leaf\0A'],
    ],
    [
      constraints({ required: ['AB', 'BC', 'CA'] }),
      'The required edges form a cycle: A→B→C→A. Remove one of them.',
      ['required\0A\0B', 'required\0B\0C', 'required\0C\0A'],
    ],
    [
      constraints({ required: ['AF', 'BF', 'CF', 'DF', 'EF'] }),
      '5 causes are required for F; at most 4 are possible. Remove 1.',
      ['A', 'B', 'C', 'D', 'E'].map((name) => `required\0${name}\0F`),
    ],
    [constraints({ roots: ['X'] }), 'X is named as a root but is not in the data.', ['root\0X']],
    [constraints({ tiers: [['A'], ['A']] }), 'A is in tier 1 and in tier 2. Remove one.', ['tier\0A']],
  ])('names its sentence and the statements of which one has to go: %#', (given, text, involves) => {
    const found = findConflicts(given, GENES)
    expect(found.map((conflict) => conflict.text)).toEqual([text])
    expect(found[0]!.involves.map(entryKey)).toEqual(involves)
  })

  it('is gone when one of its statements is removed, whatever was said', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 10 }), (entries) => {
        const said = entries.reduce((now, entry) => withEntries(now, [entry]), NO_CONSTRAINTS)
        for (const conflict of findConflicts(said, GENES)) {
          const left = withoutEntries(said, new Set([entryKey(conflict.involves[0]!)]))
          expect(findConflicts(left, GENES).map(({ text }) => text)).not.toContain(conflict.text)
        }
      }),
    )
  })

  it('is not seen where everything can hold', () => {
    const fine = constraints({
      required: ['AB', 'BC'],
      forbidden: ['CA'],
      tiers: [['A'], ['B', 'C']],
      roots: ['A'],
      leaves: ['C'],
    })
    expect(findConflicts(fine, GENES)).toEqual([])
  })
})

it('a root marks every edge into it and a leaf every edge out of it', () => {
  const marks = constraintMarks(constraints({ roots: ['B'], leaves: ['C'] }), GENES)
  const at = (pair: string): string =>
    marks[GENES.indexOf(pair[0]!) * GENES.length + GENES.indexOf(pair[1]!)]!
  expect([at('AB'), at('BA'), at('CA'), at('AC'), at('BB'), at('CC')]).toEqual([
    'root',
    '',
    'leaf',
    '',
    '',
    '',
  ])
})
