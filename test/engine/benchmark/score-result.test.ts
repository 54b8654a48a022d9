import { describe, expect, it } from 'vitest'
import { cellRows, headlineRows, pooledRows } from '../../../src-main/engine/benchmark/aggregate'
import { familyOf, scoreResult } from '../../../src-main/engine/benchmark/score-result'
import { resultWith, type ResultNumbers } from './example-result'

const truth = {
  id: 'lin_d10_n5_s1',
  control: 'control',
  genes: ['A', 'B', 'C'],
  n_per_env: 5,
  edges: [['A', 'B'] as [string, string], ['B', 'C'] as [string, string]],
  targets: { e1: ['A'], e2: ['C'], e3: [] },
}
const answer: ResultNumbers = {
  genes: ['A', 'B', 'C'],
  environments: ['e1', 'e2', 'e3'],
  edges: [
    [0, 0.9, 0.1],
    [0.05, 0, 0.3],
    [0.2, 0.6, 0],
  ],
  targets: [
    [0.99, 0.2, 0.01],
    [0.02, 0.7, 0.6],
    [0.01, 0.01, 0.02],
  ],
}

describe('scoring a result', () => {
  const { row } = scoreResult(resultWith(answer), truth, 1.5)

  it('ranks targets and edges, and counts wrongly joined pairs', () => {
    // Targets in order: .99 (true), .7, .6 (true): precision 1 and 2/3.
    expect(row.targets.auprc).toBeCloseTo((1 + 2 / 3) / 2, 12)
    expect(row.targets.topOne).toBe(0.5)
    // Edges in order: A→B .9 (true), C→B .6, B→C .3 (true).
    expect(row.edges.auprc).toBeCloseTo((1 + 2 / 3) / 2, 12)
    expect(row.edges.distance).toBe(1)
    expect(row).toMatchObject({
      family: 'lin',
      genes: 3,
      samplesPerEnvironment: 5,
      environments: 3,
      seconds: 1.5,
    })
  })

  it('lists what the estimated false-discovery rate allows', () => {
    expect([row.targets.listed, row.targets.listedFalse]).toEqual([1, 0])
    expect([row.edges.listed, row.edges.listedFalse]).toEqual([1, 0])
  })

  it('ranks targets by log-odds where probabilities are saturated', () => {
    const saturated = { ...answer, targets: [[1, 1, 0], answer.targets[1]!, answer.targets[2]!] }
    const logOdds = [
      [60, 50, -40],
      [-4, 1, 2],
      [-5, -5, -4],
    ]
    expect(scoreResult(resultWith({ ...saturated, logOdds }), truth, 1).row.targets.topOne).toBe(1)
    expect(scoreResult(resultWith({ ...saturated, logOdds }), truth, 1).row.targets.auprc).toBeCloseTo(
      (1 + 2 / 3) / 2,
    )
  })

  it('matches genes and environments by name, not by position', () => {
    const gene = [2, 0, 1]
    const environment = [1, 2, 0]
    const shuffled = {
      genes: gene.map((g) => answer.genes[g]!),
      environments: environment.map((e) => answer.environments[e]!),
      edges: gene.map((i) => gene.map((j) => answer.edges[i]![j]!)),
      targets: environment.map((e) => gene.map((g) => answer.targets[e]![g]!)),
    }
    const scored = scoreResult(resultWith(shuffled), truth, 1.5).row
    expect(scored.targets.logLoss).toBeCloseTo(row.targets.logLoss, 12)
    expect({ ...scored, targets: { ...scored.targets, logLoss: 0 } }).toEqual({
      ...row,
      targets: { ...row.targets, logLoss: 0 },
    })
  })

  it('counts a gene that was left out of the analysis as never named', () => {
    const withoutB = resultWith({
      genes: ['A', 'C'],
      environments: ['e1', 'e2', 'e3'],
      edges: [
        [0, 0.1],
        [0.2, 0],
      ],
      targets: [
        [0.99, 0.01],
        [0.02, 0.6],
        [0.01, 0.02],
      ],
    })
    const scored = scoreResult(withoutB, truth, 1).row
    expect(scored.genes).toBe(3)
    expect(scored.edges.distance).toBe(2)
    expect(scored.targets.auprc).toBe(1)
  })

  it('refuses a result that lacks an environment of the truth', () => {
    const incomplete = { ...answer, environments: ['e1', 'e2', 'other'] }
    expect(() => scoreResult(resultWith(incomplete), truth, 1)).toThrow(/e3/)
  })
})

describe('means', () => {
  const scored = ['lin_d10_n5_s1', 'lin_d10_n5_s2', 'grnweak_d10_n5_s1'].map((id, index) =>
    scoreResult(resultWith(answer), { ...truth, id, edges: index === 1 ? [] : truth.edges }, index),
  )

  it('are taken per family, genes and samples; an undefined metric is left out', () => {
    const cells = cellRows(scored.map(({ row }) => row))
    expect(cells.map(({ family, runs }) => [family, runs])).toEqual([
      ['lin', 2],
      ['grnweak', 1],
    ])
    expect(scored[1]!.row.edges.auprc).toBeNaN()
    expect(cells[0]!.edgeAuprc).toBeCloseTo((1 + 2 / 3) / 2, 12)
    expect(cells[0]!.distance).toBe((1 + 2) / 2)
    expect(cells[0]!.seconds).toBe(0.5)
  })

  it('of the headline leave out other families and sizes', () => {
    const rows = scored.map(({ row }) => ({ ...row, genes: 10 }))
    expect(
      headlineRows(rows).map(({ samplesPerEnvironment, runs }) => [samplesPerEnvironment, runs]),
    ).toEqual([[5, 2]])
    expect(headlineRows(scored.map(({ row }) => row))).toEqual([])
  })

  it('of calibration pool the predictions of all studies before the bins', () => {
    const [lin, weak, all] = pooledRows(scored)
    expect([lin!.studies, weak!.studies, all!.studies]).toEqual([2, 1, 3])
    expect(all!.samplesPerEnvironment).toBeNull()
    // Predictions above .05 in each study: .99 (true), .7, .6 (true), .2.
    const gap = Math.abs(0.99 - 1) + Math.abs(0.7 - 0) + Math.abs(0.6 - 1) + Math.abs(0.2 - 0)
    expect(all!.targets.calibrationError).toBeCloseTo(gap / 4, 12)
    expect(lin!.targets.bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(8)
    // The list of the study without edges is false altogether.
    expect(lin!.edges.realisedFdr).toBe(0.5)
  })
})

it('the family is the beginning of the name of a study', () => {
  expect(familyOf('grnweak_d20_n3_s0')).toBe('grnweak')
})
