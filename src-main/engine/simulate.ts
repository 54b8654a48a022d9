import { z } from 'zod'
import { AppError } from '../../src-shared/contract/errors'
import { SimulationSpec } from '../../src-shared/domain/simulation'
import { simulateStudy } from '../core/simulate/simulate-study'
import { writeStudy } from '../io/simulation/write-study'

export interface SimulatedFiles {
  readonly genes: number
  readonly environments: number
  readonly samples: number
  readonly edges: number
  readonly csv: string
  readonly truth: string
}

/**
 * One study with known truth, as the two files of the benchmark format.
 * @throws AppError INVALID_PARAMS naming the field of the specification
 */
export function simulate(spec: unknown, seed: number): SimulatedFiles {
  const parsed = SimulationSpec.safeParse(spec)
  if (!parsed.success)
    throw new AppError('INVALID_PARAMS', `The specification is not valid. ${z.prettifyError(parsed.error)}`, {
      field: parsed.error.issues[0]?.path.join('.') ?? '',
    })
  const study = simulateStudy(parsed.data, seed)
  return {
    genes: study.genes.length,
    environments: study.environments.length - 1,
    samples: study.environmentOf.length,
    edges: study.edges.length,
    ...writeStudy(study),
  }
}
