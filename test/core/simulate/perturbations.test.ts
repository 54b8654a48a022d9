import { describe, expect, it } from 'vitest'
import { createRng } from '../../../src-main/core/random/rng'
import { drawPerturbations } from '../../../src-main/core/simulate/perturbations'
import type { Perturbation } from '../../../src-main/core/simulate/study'
import { SimulationSpec, type SimulationSpecInput } from '../../../src-shared/domain/simulation'

function draw(spec: SimulationSpecInput, seed = 1): Perturbation[] {
  return drawPerturbations(SimulationSpec.parse(spec), createRng(seed))
}

describe('targets', () => {
  it('balanced single targets hit every gene once before any is hit again', () => {
    const genes = draw({ genes: 12, environments: 24, targets: { countWeights: [0, 1] } }).map(
      ({ gene }) => gene,
    )
    expect(new Set(genes.slice(0, 12)).size).toBe(12)
    expect(new Set(genes.slice(12)).size).toBe(12)
  })

  it('independent targets repeat genes', () => {
    const genes = draw({
      genes: 12,
      environments: 12,
      targets: { countWeights: [0, 1], design: 'independent' },
    }).map(({ gene }) => gene)
    expect(new Set(genes).size).toBeLessThan(12)
  })

  it.each(['balanced', 'independent'] as const)(
    '%s: numbers of targets follow the weights, without repeats',
    (design) => {
      const environments = 4000
      const perturbations = draw({ genes: 9, environments, targets: { countWeights: [1, 2, 0, 1], design } })
      const perEnvironment = Array.from({ length: environments }, () => new Set<number>())
      for (const { environment, gene } of perturbations) {
        expect(perEnvironment[environment - 1]!.has(gene)).toBe(false)
        perEnvironment[environment - 1]!.add(gene)
      }
      const observed = [0, 1, 2, 3].map(
        (count) => perEnvironment.filter((genes) => genes.size === count).length,
      )
      const expected = [0.25, 0.5, 0, 0.25]
      expected.forEach((p, count) => {
        expect(Math.abs(observed[count]! / environments - p)).toBeLessThanOrEqual(
          5 * Math.sqrt((p * (1 - p)) / environments),
        )
      })
    },
  )

  it('never asks for more targets than there are genes', () => {
    const perturbations = draw({ genes: 2, environments: 5, targets: { countWeights: [0, 0, 0, 1] } })
    expect(perturbations).toHaveLength(10)
  })
})

describe('interventions', () => {
  it('have the asked strength and both signs', () => {
    const perturbations = draw({
      genes: 10,
      environments: 300,
      model: { kind: 'additive-noise', interventions: ['hard', 'shift', 'scale'], strength: [1, 3] },
    })
    for (const { kind, level, spread } of perturbations) {
      const size = kind === 'scale' ? level - 1 : Math.abs(level)
      expect(size).toBeGreaterThanOrEqual(1)
      expect(size).toBeLessThanOrEqual(3)
      expect(spread > 0).toBe(kind === 'hard')
    }
    for (const kind of ['hard', 'shift'] as const)
      for (const sign of [-1, 1])
        expect(perturbations.some((item) => item.kind === kind && Math.sign(item.level) === sign)).toBe(true)
    expect(perturbations.some((item) => item.kind === 'scale')).toBe(true)
  })

  it('of kinetics are factors on the production', () => {
    const perturbations = draw({ genes: 10, environments: 300, model: { kind: 'kinetics' } })
    const levels = (kind: string): number[] =>
      perturbations.filter((p) => p.kind === kind).map((p) => p.level)
    expect(new Set(levels('knock-out'))).toEqual(new Set([0]))
    for (const level of levels('knock-down')) expect(level).toBeGreaterThanOrEqual(0.1)
    for (const level of levels('knock-down')) expect(level).toBeLessThanOrEqual(0.4)
    for (const level of levels('over-expression')) expect(level).toBeGreaterThanOrEqual(2)
    expect(levels('over-expression').length).toBeGreaterThan(0)
    expect(levels('knock-down').length).toBeGreaterThan(0)
  })
})

describe('a specification', () => {
  it('is completed by defaults and refuses unknown or impossible fields', () => {
    expect(SimulationSpec.parse({}).graph.meanDegree).toBe(2)
    expect(SimulationSpec.safeParse({ gene: 10 }).success).toBe(false)
    expect(SimulationSpec.safeParse({ targets: { countWeights: [0, 0] } }).success).toBe(false)
    expect(SimulationSpec.safeParse({ model: { kind: 'kinetics', knockDown: [0.4, 0.1] } }).success).toBe(
      false,
    )
    expect(
      SimulationSpec.safeParse({ model: { kind: 'additive-noise', noiseShare: [0.5, 1.5] } }).success,
    ).toBe(false)
  })
})
