import { describe, expect, it } from 'vitest'
import {
  bayesFactorWords,
  heatmapRows,
  listTargets,
  rampStep,
  statusOf,
  verdicts,
  type TargetTable,
} from '../../../src-renderer/services/target-list'

const table: TargetTable = {
  genes: ['A', 'B'],
  environments: ['e1', 'e2'],
  probability: Float64Array.of(0.1, 0.97, 0.3, 0.2),
  logOdds: Float64Array.of(-2, 3, -0.8, -1.4),
  rank: Int32Array.of(2, 1, 1, 2),
  kind: Uint8Array.of(0, 1, 2, 0),
  listFdr: Float64Array.of(0.46, 0.03, 0.05, 0.75),
  observedShift: new Float64Array(4),
  predictedShift: new Float64Array(4),
  noTarget: Float64Array.of(0.02, 0.6),
  noConfidentTarget: [false, true],
}

describe('The target list', () => {
  const rows = listTargets(table, 0.1)
  it('is ordered by experiment and rank', () => {
    expect(rows.map((row) => `${row.environment} ${row.gene}`)).toEqual(['e1 B', 'e1 A', 'e2 A', 'e2 B'])
    expect(rows[0]!.kind).toBe('shift')
  })
  it('never calls a gene a target where no confident target is the answer', () => {
    expect(rows.filter((row) => row.isTarget).map((row) => row.id)).toEqual(['e1\u0000B'])
    expect(verdicts(table, rows).map((verdict) => verdict.confident)).toEqual([true, false])
  })
  it('names the top gene of an experiment without a target as a lead', () => {
    expect(verdicts(table, rows)[1]!.top).toMatchObject({ gene: 'A', isTarget: false })
  })
  it('calls a gene outside the list a lead from .05 on, and unlikely below', () => {
    expect(rows.map(statusOf)).toEqual(['target', 'lead', 'lead', 'lead'])
    expect([0.05, 0.049].map((probability) => statusOf({ isTarget: false, probability }))).toEqual([
      'lead',
      'unlikely',
    ])
    expect(statusOf({ isTarget: true, probability: 0.04 })).toBe('target')
  })
  it('makes one heatmap row per gene, cells in the order of the experiments, best gene first', () => {
    const heat = heatmapRows(table, rows)
    expect(heat.map((row) => row.gene)).toEqual(['B', 'A'])
    expect(heat[0]!.cells.map((cell) => cell.environment)).toEqual(['e1', 'e2'])
  })
})

describe('The words and colours of a number', () => {
  it('the ramp grows with the probability and begins at its lowest step for no number', () => {
    const steps = [0, 0.1, 0.2, 0.4, 0.6, 0.8, 0.95].map(rampStep)
    expect(steps).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(rampStep(Number.NaN)).toBe(0)
  })
  it('a Bayes factor has the same strength for and against', () => {
    for (const value of [0.5, 2, 4, 6]) expect(bayesFactorWords(-value)).toBe(bayesFactorWords(value))
    expect([0.5, 2, 4, 6].map(bayesFactorWords)).toEqual(['weak', 'positive', 'strong', 'very-strong'])
  })
})
