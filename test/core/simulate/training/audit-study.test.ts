import { describe, expect, it } from 'vitest'
import { drawTrainingStudy, FAMILY_NAMES } from '../../../../src-main/core/simulate/training'

const SHAPE = { genes: 15, experiments: 4 }
const studies = Array.from({ length: 150 }, (_, seed) => drawTrainingStudy(seed, SHAPE, 'audit'))

describe('a study of the audit of directions', () => {
  it('has 400 control samples, four experiments of five samples, and no target', () => {
    for (const study of studies) {
      expect([...study.starts]).toEqual([0, 400, 405, 410, 415, 420])
      expect(study.targets.includes(1)).toBe(false)
      expect(study.values.every(Number.isFinite)).toBe(true)
    }
  })

  it('has hubs on the side that its family names', () => {
    const largest = (name: string, of: (edges: Uint8Array, gene: number) => number): number => {
      const named = studies.filter(({ family }) => FAMILY_NAMES[family] === name)
      const maxima = named.map(({ edges }) =>
        Math.max(...Array.from({ length: 15 }, (_, gene) => of(edges, gene))),
      )
      return maxima.reduce((sum, value) => sum + value, 0) / named.length
    }
    const effects = (edges: Uint8Array, gene: number): number =>
      edges.subarray(gene * 15, (gene + 1) * 15).reduce((sum, edge) => sum + edge, 0)
    const causes = (edges: Uint8Array, gene: number): number =>
      edges.reduce((sum, edge, cell) => (cell % 15 === gene ? sum + edge : sum), 0)
    expect(largest('audit-sf-causes', effects)).toBeGreaterThan(2 * largest('audit-sf-causes', causes))
    expect(largest('audit-sf-effects', causes)).toBeGreaterThan(2 * largest('audit-sf-effects', effects))
    expect(largest('audit-er', causes)).toBeLessThan(1.5 * largest('audit-er', effects))
  })

  it('numbers its genes in no causal order', () => {
    let forward = 0
    let all = 0
    for (const { edges } of studies)
      edges.forEach((edge, cell) => {
        all += edge
        if (cell % 15 > Math.floor(cell / 15)) forward += edge
      })
    expect(Math.abs(forward / all - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / all) + 0.03)
  })
})
