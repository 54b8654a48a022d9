import { describe, expect, it } from 'vitest'
import { simulateStudy } from '../../../src-main/core/simulate/simulate-study'
import { writeStudy } from '../../../src-main/io/simulation/write-study'
import { SimulationSpec, type SimulationSpecInput } from '../../../src-shared/domain/simulation'

const SMALL: SimulationSpecInput = { genes: 4, environments: 3, controlSamples: 5, samplesPerEnvironment: 2 }

function simulate(spec: SimulationSpecInput): ReturnType<typeof simulateStudy> {
  return simulateStudy(SimulationSpec.parse({ ...SMALL, ...spec }), 9)
}

describe('writing a simulated study', () => {
  it('gives a table with one row per sample that keeps five digits of every value', () => {
    const study = simulate({})
    const lines = writeStudy(study).csv.trimEnd().split('\n')
    expect(lines[0]).toBe('environment,G01,G02,G03,G04')
    expect(lines).toHaveLength(1 + 5 + 3 * 2)
    lines.slice(1).forEach((line, sample) => {
      const [environment, ...cells] = line.split(',')
      expect(environment).toBe(study.environments[study.environmentOf[sample]!])
      cells.forEach((cell, gene) => {
        const value = study.values[sample * 4 + gene]!
        expect(Math.abs(Number(cell) - value)).toBeLessThanOrEqual(5e-5 * Math.abs(value))
      })
    })
  })

  it('writes counts as whole numbers', () => {
    const { csv } = writeStudy(
      simulate({ model: { kind: 'kinetics', measurement: { kind: 'counts', depth: 1e6 } } }),
    )
    for (const line of csv.trimEnd().split('\n').slice(1))
      for (const cell of line.split(',').slice(1)) expect(cell).toMatch(/^\d+$/)
  })

  it('keeps the truth beside it: edges, targets and kinds by name, every environment', () => {
    const study = simulate({ targets: { countWeights: [1, 1, 1] } })
    const truth = JSON.parse(writeStudy(study, { id: 'x_d4_n2_s9', family: 'x' }).truth) as {
      targets: Record<string, string[]>
      kinds: Record<string, Record<string, string>>
      edges: [string, string][]
      spec: unknown
    }
    expect(truth).toMatchObject({
      id: 'x_d4_n2_s9',
      family: 'x',
      d: 4,
      n_control: 5,
      n_per_env: 2,
      n_envs: 3,
      seed: 9,
    })
    expect(Object.keys(truth.targets)).toEqual(['env01', 'env02', 'env03'])
    for (const { environment, gene, kind } of study.perturbations) {
      const name = study.environments[environment]!
      expect(truth.targets[name]).toContain(study.genes[gene])
      expect(truth.kinds[name]![study.genes[gene]!]).toBe(kind)
    }
    expect(Object.values(truth.targets).flat()).toHaveLength(study.perturbations.length)
    expect(truth.edges).toEqual(
      study.edges.map(([cause, effect]) => [study.genes[cause], study.genes[effect]]),
    )
    expect(SimulationSpec.parse(truth.spec)).toEqual(study.spec)
  })

  it('names a study after its family, size and seed', () => {
    const { truth } = writeStudy(simulate({ model: { kind: 'additive-noise', mechanism: 'sigmoid' } }))
    expect(JSON.parse(truth)).toMatchObject({ id: 'sigmoid_d4_n2_s9', family: 'sigmoid' })
  })
})
