import { describe, expect, it } from 'vitest'
import { simulateStudy } from '../../../src-main/core/simulate/simulate-study'
import type { SimulatedStudy } from '../../../src-main/core/simulate/study'
import {
  MECHANISM_FAMILIES,
  SimulationSpec,
  type SimulationSpecInput,
} from '../../../src-shared/domain/simulation'

function simulate(spec: SimulationSpecInput, seed = 1): SimulatedStudy {
  return simulateStudy(SimulationSpec.parse(spec), seed)
}

/** Values of one gene in one environment. */
function column(study: SimulatedStudy, gene: number, environment: number): number[] {
  const d = study.genes.length
  const values: number[] = []
  study.environmentOf.forEach((of, sample) => {
    if (of === environment) values.push(study.values[sample * d + gene]!)
  })
  return values
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function variance(values: readonly number[]): number {
  const centre = mean(values)
  return mean(values.map((value) => (value - centre) ** 2))
}

function correlation(x: readonly number[], y: readonly number[]): number {
  const [meanX, meanY] = [mean(x), mean(y)]
  return mean(x.map((value, i) => (value - meanX) * (y[i]! - meanY))) / Math.sqrt(variance(x) * variance(y))
}

/** |difference of the means| in standard errors. */
function shiftInErrors(x: readonly number[], y: readonly number[]): number {
  return Math.abs(mean(x) - mean(y)) / Math.sqrt(variance(x) / x.length + variance(y) / y.length)
}

function descendants(study: SimulatedStudy, genes: readonly number[]): Set<number> {
  const reached = new Set(genes)
  for (let added = true; added;) {
    added = false
    for (const [cause, effect] of study.edges) {
      if (reached.has(cause) && !reached.has(effect)) {
        reached.add(effect)
        added = true
      }
    }
  }
  return reached
}

const models: { name: string; model: NonNullable<SimulationSpecInput['model']> }[] = [
  ...MECHANISM_FAMILIES.map((mechanism) => ({
    name: mechanism,
    model: { kind: 'additive-noise' as const, mechanism },
  })),
  { name: 'heteroscedastic t', model: { kind: 'additive-noise', heteroscedastic: true, noise: 'student-t' } },
  { name: 'kinetics', model: { kind: 'kinetics', cellTypes: 5 } },
  { name: 'counts', model: { kind: 'kinetics', measurement: { kind: 'counts', dropoutQuantile: 0.15 } } },
]

describe('a simulated study', () => {
  it.each(models)('is determined by specification and seed: $name', ({ model }) => {
    const spec: SimulationSpecInput = { genes: 8, environments: 6, model }
    const study = simulate(spec, 5)
    expect(simulate(spec, 5)).toEqual(study)
    const other = simulate(spec, 6)
    expect(other.values).not.toEqual(study.values)
    expect([other.edges, other.perturbations]).not.toEqual([study.edges, study.perturbations])
    expect(study.values.every(Number.isFinite)).toBe(true)
    expect(study.values).toHaveLength((100 + 6 * 10) * 8)
  })

  it('keeps its network and targets when there are more samples or the measurement changes', () => {
    const few = simulate({ samplesPerEnvironment: 3, model: { kind: 'kinetics' } })
    const many = simulate({
      samplesPerEnvironment: 30,
      model: { kind: 'kinetics', measurement: { kind: 'counts' } },
    })
    expect(many.edges).toEqual(few.edges)
    expect(many.perturbations).toEqual(few.perturbations)
  })

  it('names genes and environments and sorts samples by environment', () => {
    const study = simulate({ genes: 3, environments: 2, controlSamples: 2, samplesPerEnvironment: 2 })
    expect(study.genes).toEqual(['G01', 'G02', 'G03'])
    expect(study.environments).toEqual(['control', 'env01', 'env02'])
    expect([...study.environmentOf]).toEqual([0, 0, 1, 1, 2, 2])
  })

  it('may have no control, no perturbed environment, or neither edges nor targets', () => {
    expect(simulate({ controlSamples: 0 }).environmentOf[0]).toBe(1)
    expect(simulate({ environments: 0 }).environmentOf.at(-1)).toBe(0)
    const silent = simulate({ graph: { meanDegree: 0 }, targets: { countWeights: [1] } })
    expect(silent.edges).toEqual([])
    expect(silent.perturbations).toEqual([])
  })
})

describe('interventions', () => {
  const wide = { genes: 10, environments: 10, controlSamples: 3000, samplesPerEnvironment: 1000 }

  it.each(models.filter(({ name }) => name !== 'counts'))(
    'move targets, and nothing that is not downstream of them: $name',
    ({ model }) => {
      const study = simulate({ ...wide, targets: { countWeights: [0, 1] }, model }, 3)
      const control = study.genes.map((_, gene) => column(study, gene, 0))
      let moved = 0
      for (let k = 1; k <= 10; k++) {
        const targets = study.perturbations.filter((p) => p.environment === k).map((p) => p.gene)
        const reachable = descendants(study, targets)
        for (let gene = 0; gene < 10; gene++) {
          const values = column(study, gene, k)
          const shift = shiftInErrors(values, control[gene]!)
          if (targets.includes(gene)) {
            expect(shift).toBeGreaterThan(10)
          } else if (!reachable.has(gene)) {
            // One in about 10⁵ independent comparisons exceeds 4.5.
            expect(shift).toBeLessThan(4.5)
          } else if (shift > 10) moved++
        }
      }
      expect(moved).toBeGreaterThan(0)
    },
  )

  it('hard ones cut the influence of the parents, shifts keep it', () => {
    for (const kind of ['hard', 'shift'] as const) {
      const study = simulate({
        ...wide,
        targets: { countWeights: [0, 1] },
        model: { kind: 'additive-noise', mechanism: 'linear', interventions: [kind], noiseShare: [0.3, 0.3] },
      })
      const parentOf = new Map(study.edges.map(([cause, effect]) => [effect, cause]))
      const withOneParent = study.perturbations.filter(
        ({ gene }) => study.edges.filter(([, effect]) => effect === gene).length === 1,
      )
      expect(withOneParent.length).toBeGreaterThan(1)
      for (const { environment, gene } of withOneParent) {
        const parent = parentOf.get(gene)!
        const inside = correlation(column(study, parent, environment), column(study, gene, environment))
        const inControl = correlation(column(study, parent, 0), column(study, gene, 0))
        expect(Math.abs(inControl)).toBeCloseTo(Math.sqrt(0.7), 1)
        if (kind === 'hard') expect(Math.abs(inside)).toBeLessThan(5 / Math.sqrt(1000))
        else expect(Math.abs(inside - inControl)).toBeLessThan(0.1)
      }
    }
  })

  it('scale ones widen a gene without moving it', () => {
    const study = simulate({
      ...wide,
      graph: { meanDegree: 0 },
      model: { kind: 'additive-noise', interventions: ['scale'], strength: [1, 1] },
      targets: { countWeights: [0, 1] },
    })
    for (const { environment, gene } of study.perturbations) {
      const values = column(study, gene, environment)
      expect(shiftInErrors(values, column(study, gene, 0))).toBeLessThan(4.5)
      expect(Math.sqrt(variance(values))).toBeGreaterThan(1.8)
      expect(Math.sqrt(variance(values))).toBeLessThan(2.2)
    }
  })

  it('hard and shift levels are in control standard deviations of the gene', () => {
    const study = simulate({
      ...wide,
      targets: { countWeights: [0, 1] },
      model: { kind: 'additive-noise', interventions: ['hard', 'shift'], strength: [2, 2] },
    })
    for (const { environment, gene } of study.perturbations) {
      const control = column(study, gene, 0)
      const shift = (mean(column(study, gene, environment)) - mean(control)) / Math.sqrt(variance(control))
      expect(Math.abs(Math.abs(shift) - 2)).toBeLessThan(0.25)
    }
  })
})

describe('additive noise', () => {
  it.each(MECHANISM_FAMILIES)(
    'genes have about unit variance in control and the asked share of noise: %s',
    (mechanism) => {
      const study = simulate({
        genes: 12,
        environments: 0,
        controlSamples: 4000,
        model: { kind: 'additive-noise', mechanism, noiseShare: [0.4, 0.4] },
      })
      study.genes.forEach((_, gene) => {
        expect(Math.abs(variance(column(study, gene, 0)) - 1)).toBeLessThan(0.2)
      })
    },
  )

  it.each([
    ['normal', 3],
    ['laplace', 6],
  ] as const)('%s noise has kurtosis %d', (noise, expected) => {
    const study = simulate({
      genes: 2,
      environments: 0,
      controlSamples: 50_000,
      graph: { meanDegree: 0 },
      model: { kind: 'additive-noise', noise },
    })
    const values = column(study, 0, 0)
    const kurtosis = mean(values.map((value) => value ** 4)) / variance(values) ** 2
    expect(Math.abs(kurtosis / expected - 1)).toBeLessThan(0.1)
  })

  it('heteroscedastic noise depends on the parent', () => {
    const spread = (heteroscedastic: boolean): number => {
      const study = simulate({
        genes: 2,
        environments: 0,
        controlSamples: 4000,
        graph: { kind: 'scale-free' },
        model: { kind: 'additive-noise', heteroscedastic },
      })
      const [cause, effect] = study.edges[0]!
      const x = column(study, cause, 0)
      const y = column(study, effect, 0)
      const slope = correlation(x, y) * Math.sqrt(variance(y) / variance(x))
      const residual = y.map((value, i) => value - mean(y) - slope * (x[i]! - mean(x)))
      return Math.abs(
        correlation(
          x,
          residual.map((r) => r * r),
        ),
      )
    }
    expect(spread(false)).toBeLessThan(5 / Math.sqrt(4000))
    expect(spread(true)).toBeGreaterThan(0.2)
  })
})
