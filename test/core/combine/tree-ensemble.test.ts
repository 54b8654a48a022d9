import { describe, expect, it } from 'vitest'
import { evaluateTrees } from '../../../src-main/core/combine/tree-ensemble'
import fixture from '../../fixtures/combine/trees.json'

describe('trees of the combiner', () => {
  const cells = { features: Float32Array.from(fixture.cells), names: fixture.ensemble.features }

  it('answer what scikit-learn answers, on thresholds too', () => {
    const found = evaluateTrees(fixture.ensemble, cells)
    expect(found.length).toBe(fixture.logOdds.length)
    fixture.logOdds.forEach((expected, row) => {
      expect(found[row]).toBeCloseTo(expected, 10)
    })
  })

  it('without a tree are their base', () => {
    expect(evaluateTrees({ ...fixture.ensemble, trees: [] }, cells)).toEqual(
      new Float64Array(fixture.logOdds.length).fill(fixture.ensemble.base),
    )
  })

  it('are refused for cells with other features, by the name of the first that differs', () => {
    const renamed = { ...cells, names: ['closed', 'network', 'lnGenes', 'share'] }
    expect(() => evaluateTrees(fixture.ensemble, renamed)).toThrow(
      "'lnSamples' where this program has 'lnGenes'",
    )
    const shorter = { features: new Float32Array(6), names: ['closed', 'network', 'lnSamples'] }
    expect(() => evaluateTrees(fixture.ensemble, shorter)).toThrow(RangeError)
  })
})
