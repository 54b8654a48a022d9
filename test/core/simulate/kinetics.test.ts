import { describe, expect, it } from 'vitest'
import { createRng } from '../../../src-main/core/random/rng'
import { drawKineticNetwork } from '../../../src-main/core/simulate/kinetics'
import { sampleKinetics } from '../../../src-main/core/simulate/langevin'
import { randomGraph } from '../../../src-main/core/simulate/random-graph'
import { simulateStudy } from '../../../src-main/core/simulate/simulate-study'
import type { SimulatedStudy } from '../../../src-main/core/simulate/study'
import {
  SimulationSpec,
  type KineticsModel,
  type SimulationSpecInput,
} from '../../../src-shared/domain/simulation'

function kinetics(fields: Partial<KineticsModel> = {}): KineticsModel {
  return SimulationSpec.parse({ model: { kind: 'kinetics', ...fields } }).model as KineticsModel
}

function simulate(spec: SimulationSpecInput, seed = 1): SimulatedStudy {
  return simulateStudy(SimulationSpec.parse(spec), seed)
}

function meanOf(study: SimulatedStudy, gene: number, environment: number): number {
  let sum = 0
  let count = 0
  study.environmentOf.forEach((of, sample) => {
    if (of !== environment) return
    sum += study.values[sample * study.genes.length + gene]!
    count++
  })
  return sum / count
}

describe('gene-regulation kinetics', () => {
  const genes = 15
  const graph = randomGraph(genes, { kind: 'scale-free', meanDegree: 4, hubs: 'causes' }, createRng(4))

  it('without noise stands still: production equals decay for every gene and cell type', () => {
    const spec = kinetics({ cellTypes: 3, intrinsicNoise: 0, extrinsicNoise: 0 })
    const network = drawKineticNetwork(graph, spec, createRng(4, 1))
    const factor = new Float64Array(genes).fill(1)
    factor[graph.order[0]!] = 0.3
    const values = new Float64Array(3 * genes)
    sampleKinetics(network, spec, factor, Int32Array.of(0, 1, 2), values, 0, 3, createRng(1))
    for (let type = 0; type < 3; type++) {
      const level = (gene: number): number => values[type * genes + gene]!
      for (let gene = 0; gene < genes; gene++) {
        let production = network.constant[type * genes + gene]!
        for (let e = network.start[gene]!; e < network.start[gene + 1]!; e++) {
          const hill = 1 / (1 + network.halfSquared[network.source[e]!]! / level(network.source[e]!) ** 2)
          production += network.weight[e]! * hill
        }
        expect(level(gene) * network.decay).toBeCloseTo(production * factor[gene]!, 10)
        expect(level(gene)).toBeGreaterThan(0)
      }
    }
    expect(cellTypesDiffer(values, genes)).toBe(true)
  })

  it('with weak noise stays around the steady state, with a spread that grows with the noise', () => {
    const spreadAt = (intrinsicNoise: number): { offset: number; sd: number } => {
      const spec = kinetics({ intrinsicNoise, extrinsicNoise: 0 })
      const network = drawKineticNetwork(graph, spec, createRng(4, 1))
      const factor = new Float64Array(genes).fill(1)
      const n = 400
      const values = new Float64Array(n * genes)
      const still = new Float64Array(genes)
      const cells = new Int32Array(n)
      sampleKinetics(network, { ...spec, intrinsicNoise: 0 }, factor, cells, still, 0, 1, createRng(1))
      sampleKinetics(network, spec, factor, cells, values, 0, n, createRng(2))
      let offset = 0
      let squares = 0
      for (let gene = 0; gene < genes; gene++) {
        let mean = 0
        for (let s = 0; s < n; s++) mean += values[s * genes + gene]! / n
        offset = Math.max(offset, Math.abs(mean - still[gene]!))
        for (let s = 0; s < n; s++) squares += (values[s * genes + gene]! - mean) ** 2 / (n * genes)
      }
      return { offset, sd: Math.sqrt(squares) }
    }
    const weak = spreadAt(0.05)
    const strong = spreadAt(0.2)
    expect(weak.offset).toBeLessThan(0.05)
    expect(strong.sd / weak.sd).toBeGreaterThan(3.6)
    expect(strong.sd / weak.sd).toBeLessThan(4.4)
  })

  it('a gene without regulators has the stationary moments of a birth–death Langevin process', () => {
    const alone = randomGraph(2, { kind: 'erdos-renyi', meanDegree: 0, hubs: 'causes' }, createRng(1))
    const spec = kinetics({ intrinsicNoise: 0.4, extrinsicNoise: 0 })
    const network = drawKineticNetwork(alone, spec, createRng(2))
    const n = 4000
    const values = new Float64Array(n * 2)
    sampleKinetics(network, spec, Float64Array.of(1, 1), new Int32Array(n), values, 0, n, createRng(3))
    const steady = network.constant[0]! / network.decay
    let mean = 0
    let squares = 0
    for (let s = 0; s < n; s++) mean += values[2 * s]! / n
    for (let s = 0; s < n; s++) squares += (values[2 * s]! - mean) ** 2 / n
    // dx = (b − λx)dt + q√(b + λx) dW: mean b/λ, variance q²(b + λ·mean)/(2λ); Euler's step adds 2 %.
    const expected = (0.4 ** 2 * 2 * network.constant[0]!) / (2 * network.decay)
    expect(Math.abs(mean - steady)).toBeLessThan(5 * Math.sqrt(expected / n))
    expect(Math.abs(squares / expected - 1)).toBeLessThan(0.02 + 5 * Math.sqrt(2 / n))
  })

  it('knock-out silences, knock-down lowers, over-expression raises the target', () => {
    for (const [kind, low, high] of [
      ['knock-out', 0, 0.001],
      ['knock-down', 0.1, 0.7],
      ['over-expression', 1.4, 5],
    ] as const) {
      const study = simulate({
        genes: 10,
        environments: 10,
        controlSamples: 400,
        samplesPerEnvironment: 200,
        targets: { countWeights: [0, 1] },
        model: { kind: 'kinetics', interventions: [kind] },
      })
      for (const { environment, gene } of study.perturbations) {
        const ratio = meanOf(study, gene, environment) / meanOf(study, gene, 0)
        expect(ratio).toBeGreaterThanOrEqual(low)
        expect(ratio).toBeLessThan(high)
      }
    }
  })

  it('cell types differ in the genes without regulators', () => {
    const study = simulate({
      genes: 6,
      environments: 0,
      controlSamples: 3000,
      model: { kind: 'kinetics', cellTypes: 4 },
    })
    expect(new Set(study.cellTypeOf)).toEqual(new Set([0, 1, 2, 3]))
    const master = study.genes.findIndex((_, gene) => study.edges.every(([, effect]) => effect !== gene))
    const means = [0, 1, 2, 3].map((type) => {
      const values = Array.from(study.cellTypeOf.keys())
        .filter((sample) => study.cellTypeOf[sample] === type)
        .map((sample) => study.values[sample * 6 + master]!)
      return values.reduce((sum, value) => sum + value, 0) / values.length
    })
    expect(Math.max(...means) - Math.min(...means)).toBeGreaterThan(0.3)
  })
})

describe('counting molecules', () => {
  const base = { genes: 12, environments: 0, controlSamples: 2000 }

  function counts(fields: object): SimulatedStudy {
    return simulate({ ...base, model: { kind: 'kinetics', measurement: { kind: 'counts', ...fields } } })
  }

  it('gives whole numbers with the mean of rate × depth', () => {
    const rates = simulate({ ...base, model: { kind: 'kinetics' } })
    const counted = counts({ depth: 10, librarySd: 0 })
    expect(counted.scale).toBe('counts')
    expect(counted.values.every((value) => Number.isInteger(value) && value >= 0)).toBe(true)
    for (let gene = 0; gene < base.genes; gene++)
      expect(meanOf(counted, gene, 0) / (10 * meanOf(rates, gene, 0))).toBeCloseTo(1, 1)
  })

  it('dropout adds zeros, most of all to weakly expressed genes', () => {
    const zeros = (study: SimulatedStudy): number =>
      study.values.filter((value) => value === 0).length / study.values.length
    const without = counts({ dropoutQuantile: 0 })
    const little = counts({ dropoutQuantile: 0.15 })
    const much = counts({ dropoutQuantile: 0.5 })
    expect(zeros(little)).toBeGreaterThan(zeros(without) + 0.05)
    expect(zeros(much)).toBeGreaterThan(zeros(little) + 0.1)
    const rates = simulate({ ...base, model: { kind: 'kinetics' } })
    const genes = Array.from({ length: base.genes }, (_, gene) => gene).sort(
      (a, b) => meanOf(rates, a, 0) - meanOf(rates, b, 0),
    )
    const lost = (gene: number): number => 1 - meanOf(much, gene, 0) / meanOf(without, gene, 0)
    expect(lost(genes[0]!)).toBeGreaterThan(lost(genes.at(-1)!) + 0.1)
  })

  it('the library size moves all genes of a sample together', () => {
    const totalsSd = (librarySd: number): number => {
      const study = counts({ librarySd })
      const totals = Array.from({ length: base.controlSamples }, (_, sample) =>
        Math.log(
          study.values.subarray(sample * base.genes, (sample + 1) * base.genes).reduce((a, b) => a + b, 0),
        ),
      )
      const mean = totals.reduce((a, b) => a + b, 0) / totals.length
      return Math.sqrt(totals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / totals.length)
    }
    expect(totalsSd(0.6) ** 2 - totalsSd(0) ** 2).toBeCloseTo(0.36, 1)
  })
})

describe('log expression', () => {
  it('is the logarithm of the rate with the asked measurement error', () => {
    const base = { genes: 5, environments: 0, controlSamples: 5000 }
    const rates = simulate({ ...base, model: { kind: 'kinetics' } })
    const measurement = { kind: 'log-expression', depth: 20, errorSd: 0.2 } as const
    const measured = simulate({ ...base, model: { kind: 'kinetics', measurement } })
    const errors = measured.values.map((value, cell) => value - Math.log2(1 + 20 * rates.values[cell]!))
    const n = errors.length
    const mean = errors.reduce((sum, value) => sum + value, 0) / n
    const sd = Math.sqrt(errors.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n)
    expect(Math.abs(mean)).toBeLessThan((5 * 0.2) / Math.sqrt(n))
    expect(Math.abs(sd / 0.2 - 1)).toBeLessThan(5 / Math.sqrt(2 * n))
  })
})

/** The levels of two cell types are not the same. */
function cellTypesDiffer(values: Float64Array, genes: number): boolean {
  return values.subarray(0, genes).some((value, gene) => Math.abs(value - values[genes + gene]!) > 0.1)
}
