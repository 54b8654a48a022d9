import { describe, expect, it } from 'vitest'
import { arrangeHeatmap, type HeatmapChoice } from '../../../src-renderer/services/heatmap'
import type { HeatmapRow, TargetRow } from '../../../src-renderer/services/target-list'

const environments = ['e2', 'e10', 'e1']
const cell = (gene: string, environment: string, probability: number): TargetRow => ({
  id: `${environment} ${gene}`,
  environment,
  gene,
  probability,
  logOdds: 0,
  rank: 1,
  kind: 'shift',
  listFdr: 0,
  observedShift: 0,
  predictedShift: 0,
  isTarget: probability > 0.9,
  disputed: false,
})
const row = (gene: string, probabilities: readonly number[]): HeatmapRow => ({
  gene,
  cells: probabilities.map((probability, k) => cell(gene, environments[k]!, probability)),
})
const rows = [row('MYC', [0.95, 0, 0.9]), row('TP53', [0, 0.92, 0]), row('JUN', [0.9, 0.1, 0.8])]
const ALL: HeatmapChoice = { genes: 'given', experiments: 'given', top: 0, filter: '', onlyTargets: false }

describe('The heatmap', () => {
  it('shows everything in the given order at first', () => {
    const shown = arrangeHeatmap(rows, environments, ALL)
    expect(shown.rows).toEqual(rows)
    expect(shown.environments).toEqual(environments)
    expect(shown.rowTree).toEqual([])
  })

  it('keeps each cell with its gene and its experiment, whatever the order', () => {
    for (const genes of ['clustered', 'name'] as const) {
      const shown = arrangeHeatmap(rows, environments, { ...ALL, genes, experiments: genes })
      for (const { gene, cells } of shown.rows)
        cells.forEach((each, k) => expect(each.id).toBe(`${shown.environments[k]!} ${gene}`))
    }
  })

  it('puts genes with alike profiles together, with their tree', () => {
    const shown = arrangeHeatmap(rows, environments, { ...ALL, genes: 'clustered' })
    const names = shown.rows.map(({ gene }) => gene)
    expect(Math.abs(names.indexOf('MYC') - names.indexOf('JUN'))).toBe(1)
    expect(shown.rowTree).toHaveLength(2)
    expect(shown.columnTree).toEqual([])
  })

  it('orders names as people count', () => {
    const shown = arrangeHeatmap(rows, environments, { ...ALL, experiments: 'name' })
    expect(shown.environments).toEqual(['e1', 'e2', 'e10'])
  })

  it('can be cut to genes by name, by number and to targets', () => {
    const genes = (choice: Partial<HeatmapChoice>): string[] =>
      arrangeHeatmap(rows, environments, { ...ALL, ...choice }).rows.map(({ gene }) => gene)
    expect(genes({ filter: 'tp jun' })).toEqual(['TP53', 'JUN'])
    expect(genes({ top: 2 })).toEqual(['MYC', 'TP53'])
    expect(genes({ onlyTargets: true })).toEqual(['MYC', 'TP53'])
    expect(arrangeHeatmap(rows, environments, { ...ALL, onlyTargets: true }).environments).toEqual([
      'e2',
      'e10',
    ])
  })
})
