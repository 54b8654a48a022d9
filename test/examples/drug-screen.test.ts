import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { simulateStudy } from '../../src-main/core/simulate/simulate-study'
import type { SimulatedStudy } from '../../src-main/core/simulate/study'
import { writeStudy } from '../../src-main/io/simulation/write-study'
import { SimulationSpec, type SimulationSpecInput } from '../../src-shared/domain/simulation'

const folder = new URL('../../examples/drug-screen/', import.meta.url)

interface ExampleSpec {
  readonly seed: number
  readonly spec: SimulationSpecInput
}

/** Names that nobody takes for real ones: regulators simTF1, …, the other genes simG1, …, compounds A, B, … */
function named(study: SimulatedStudy): SimulatedStudy {
  const causes = new Set(study.edges.map(([cause]) => cause))
  let regulators = 0
  let others = 0
  const genes = study.genes.map((_, gene) => (causes.has(gene) ? `simTF${++regulators}` : `simG${++others}`))
  const compounds = study.environments
    .slice(1)
    .map((_, index) => `compound_${String.fromCharCode(65 + index)}`)
  return { ...study, genes, environments: ['control', ...compounds] }
}

describe('the simulated drug screen', () => {
  const { seed, spec } = JSON.parse(readFileSync(new URL('spec.json', folder), 'utf8')) as ExampleSpec
  const study = named(simulateStudy(SimulationSpec.parse(spec), seed))
  const { csv, truth } = writeStudy(study, { id: 'drug-screen', family: 'kinetics' })

  // `npx vitest run test/examples -u` writes the two files anew after a change of the specification or the simulator.
  it('is what its specification and seed give', async () => {
    await expect(csv).toMatchFileSnapshot(new URL('expression.csv', folder).pathname)
    await expect(truth).toMatchFileSnapshot(new URL('truth.json', folder).pathname)
  })

  it('has compounds with one, with two and with no direct target', () => {
    const counts = study.environments
      .slice(1)
      .map((_, k) => study.perturbations.filter(({ environment }) => environment === k + 1).length)
    expect(new Set(counts)).toEqual(new Set([0, 1, 2]))
  })
})
