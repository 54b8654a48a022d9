import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../../src-shared/domain/run-settings'
import { countEdits, type Draft } from '../../../src-renderer/services/edits'
import {
  amendAll,
  continueStep,
  recordStep,
  redoStep,
  startHistory,
  undoStep,
} from '../../../src-renderer/services/history'

const draft = (
  settings: Partial<Draft['settings']> = {},
  read: Partial<NonNullable<Draft['read']>> = {},
): Draft => ({
  settings: { ...DEFAULT_SETTINGS, ...settings },
  read: { files: ['f1'], ...read },
})
const edge = { source: 'A', target: 'B' }
const constraints = (required: object[], forbidden: object[]) =>
  ({ required, forbidden, tiers: [] }) as Draft['settings']['constraints']

describe('The count of edits since a run', () => {
  it('is zero for the draft the run was made from', () => {
    expect(countEdits(draft(), draft())).toBe(0)
  })
  it('counts a constraint that turned from required to forbidden once', () => {
    const before = draft({ constraints: constraints([edge], []) })
    expect(countEdits(before, draft({ constraints: constraints([], [edge]) }))).toBe(1)
  })
  it('does not depend on the order of constraints or of known targets', () => {
    const other = { source: 'B', target: 'C' }
    const a = draft({
      constraints: constraints([edge, other], []),
      knownTargets: { e: { genes: ['A', 'B'], complete: true } },
    })
    const b = draft({
      constraints: constraints([other, edge], []),
      knownTargets: { e: { genes: ['B', 'A'], complete: true } },
    })
    expect(countEdits(a, b)).toBe(0)
  })
  it('counts settings, known targets, moved samples and importer choices', () => {
    const now = draft(
      { seed: 2, knownTargets: { e: { genes: ['A'], complete: false } } },
      { assignment: { s1: 'x', s2: 'x' }, transform: 'none' },
    )
    expect(countEdits(draft(), now)).toBe(5)
  })
})

describe('The undo history', () => {
  it('goes back and forth and keeps the name of each step', () => {
    const two = recordStep(recordStep(startHistory(0), 'one', 1), 'two', 2)
    const back = undoStep(two)
    expect(back.present).toBe(1)
    expect(back.future[0]?.label).toBe('two')
    expect(redoStep(back)).toEqual(two)
  })
  it('forgets what was undone when something new is done', () => {
    expect(recordStep(undoStep(recordStep(startHistory(0), 'one', 1)), 'other', 5).future).toEqual([])
  })
  it('stays as it is at either end', () => {
    const start = startHistory(0)
    expect(undoStep(start)).toBe(start)
    expect(redoStep(start)).toBe(start)
  })
  it('takes a drag of many small changes back at once', () => {
    const dragged = continueStep(continueStep(recordStep(startHistory(0), 'drag', 1), 2), 3)
    expect(dragged.past.length).toBe(1)
    expect(undoStep(dragged).present).toBe(0)
    expect(redoStep(undoStep(dragged)).present).toBe(3)
  })
  it('does not name or take back what the program adds to every state', () => {
    const edited = recordStep(startHistory({ edit: 0, place: '' }), 'edit', { edit: 1, place: '' })
    const placed = amendAll(edited, (state) => ({ ...state, place: 'here' }))
    expect(undoStep(placed).present).toEqual({ edit: 0, place: 'here' })
    expect(placed.past.length).toBe(1)
  })
})
