import { describe, expect, it } from 'vitest'
import {
  answerState,
  isDisputed,
  partsOfCell,
  unusualExperiments,
} from '../../../src-renderer/services/answer-parts'
import type { RunSummary } from '../../../src-shared/contract/result-view'
import { DEFAULT_SETTINGS, type RunMode } from '../../../src-shared/domain/run-settings'

const view = (answered: RunMode, asked: RunMode): Parameters<typeof answerState>[0] => ({
  run: { mode: answered } as RunSummary,
  settings: { ...DEFAULT_SETTINGS, mode: asked },
})

describe('What kind of answer is on screen', () => {
  it('is told from what was asked, what answered and whether the search goes on', () => {
    expect(answerState(view('full', 'full'), false)).toBe('complete')
    expect(answerState(view('closed-form', 'closed-form'), false)).toBe('complete')
    expect(answerState(view('instant', 'full'), true)).toBe('instant-running')
    expect(answerState(view('instant', 'full'), false)).toBe('instant-stopped')
    expect(answerState(view('instant', 'instant'), false)).toBe('instant-wanted')
    expect(answerState(view('closed-form', 'full'), false)).toBe('model-missing')
  })
})

describe('The parts of an answer', () => {
  const parts = { network: Float64Array.of(3, -0.2, 2), closedForm: Float64Array.of(-2, 0.1, 1.5) }

  it('are shown as probabilities beside the combined one', () => {
    const cell = partsOfCell(parts, 1, 0.48)!
    expect(cell.network).toBeCloseTo(0.4502, 4)
    expect(cell.closedForm).toBeCloseTo(0.525, 4)
    expect(cell).toMatchObject({ combined: 0.48, disagree: false })
  })

  it('disagree when their odds are more than 20 : 1 apart, and only there', () => {
    expect([0, 1, 2].map((cell) => isDisputed(parts, cell))).toEqual([true, false, false])
  })

  it('never disagree while the closed form is missing, or when there are none', () => {
    expect(partsOfCell({ network: parts.network, closedForm: null }, 0, 0.9)).toMatchObject({
      closedForm: null,
      disagree: false,
    })
    expect(partsOfCell(undefined, 0, 0.9)).toBeNull()
    expect(isDisputed(undefined, 0)).toBe(false)
  })
})

describe('Experiments that are unusual for the model', () => {
  const range = { quantity: 'meanAbsoluteSkew', value: 9, low: 0, high: 2 }

  it('carry every sentence about them; what concerns the whole study is not theirs', () => {
    const found = unusualExperiments(
      {
        outside: [
          { ...range, environment: null },
          { ...range, environment: 1 },
          { ...range, quantity: 'zeroShare', environment: 1 },
        ],
      },
      ['A', 'B'],
    )
    expect([...found.keys()]).toEqual(['B'])
    expect(found.get('B')).toMatch(/skew.*zeros/)
  })
})
