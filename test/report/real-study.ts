import type { Dataset } from '../../src-shared/domain/dataset'
import { SimulationSpec, type SimulationSpecInput } from '../../src-shared/domain/simulation'
import { simulateStudy } from '../../src-main/core/simulate/simulate-study'

/** A simulated study as the data set a real run takes. */
export function simulatedDataset(spec: SimulationSpecInput, seed = 1): Dataset {
  const study = simulateStudy(SimulationSpec.parse(spec), seed)
  return {
    name: `simulated study ${seed}`,
    genes: study.genes,
    samples: Array.from(study.environmentOf, (k, row) => `${study.environments[k]!}_${row + 1}`),
    values: study.values,
    environmentOf: study.environmentOf,
    environments: study.environments,
    transform: 'none',
    files: [],
  }
}
