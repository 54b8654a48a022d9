import { AppError } from '../../../src-shared/contract/errors'
import type { KnownTargets } from '../../../src-shared/domain/run-settings'
import { KNOWN_TARGET_DOUBT } from '../../core/evidence/hyperparameters'

export const OPEN = 0
export const KNOWN_TARGET = 1
export const KNOWN_NOT_TARGET = 2

/** What is given about each (environment, gene). @returns [K, d] of OPEN, KNOWN_TARGET, KNOWN_NOT_TARGET */
export function compileKnownTargets(
  known: Readonly<Record<string, KnownTargets>>,
  environments: readonly string[],
  genes: readonly string[],
): Uint8Array {
  const d = genes.length
  const given = new Uint8Array(environments.length * d)
  const geneIndex = new Map(genes.map((gene, index) => [gene, index]))
  for (const [environment, targets] of Object.entries(known)) {
    const k = environments.indexOf(environment)
    if (k < 0)
      throw new AppError(
        'INVALID_PARAMS',
        `Targets are given for the experiment '${environment}', which is not in the data.`,
      )
    if (targets.complete) given.fill(KNOWN_NOT_TARGET, k * d, (k + 1) * d)
    for (const gene of targets.genes) {
      const j = geneIndex.get(gene)
      // a target that was not measured is reported by the importer; it cannot enter the model
      if (j !== undefined) given[k * d + j] = KNOWN_TARGET
    }
  }
  return given
}

/** Prior target probability of one gene in every environment. @returns [K] */
export function targetPriorOf(given: Uint8Array, gene: number, d: number, probability: number): Float64Array {
  return Float64Array.from({ length: given.length / d }, (_, k) => {
    const state = given[k * d + gene]!
    return state === OPEN ? probability : state === KNOWN_TARGET ? 1 - KNOWN_TARGET_DOUBT : KNOWN_TARGET_DOUBT
  })
}
