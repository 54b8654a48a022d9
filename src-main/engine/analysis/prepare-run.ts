import { environmentStarts, type Dataset } from '../../../src-shared/domain/dataset'
import type { RunSettings } from '../../../src-shared/domain/run-settings'
import { targetPrior } from '../../core/evidence/hyperparameters'
import { refuseImpossible } from './checks'
import { compileConstraints, type GeneConstraints } from './gene-constraints'
import { compileKnownTargets } from './known-targets'

/** A study with its settings, checked and in the form in which every stage of a run reads them. */
export interface PreparedRun {
  readonly dataset: Dataset
  readonly settings: RunSettings
  readonly genes: number
  /** K, without the control */
  readonly environments: number
  /** [K + 2] row offsets, control first */
  readonly starts: Int32Array
  readonly constraints: GeneConstraints
  /** [K, d] of OPEN, KNOWN_TARGET, KNOWN_NOT_TARGET */
  readonly given: Uint8Array
  /** prior probability that an open gene is a target */
  readonly prior: number
}

/** @throws AppError INVALID_PARAMS (constraints, known targets), DATA_INSUFFICIENT, RESOURCE_LIMIT */
export function prepareRun(dataset: Dataset, settings: RunSettings): PreparedRun {
  refuseImpossible(dataset)
  return compileRun(dataset, settings)
}

/**
 * The same for data that need no check of their size.
 * @throws AppError INVALID_PARAMS (constraints, known targets)
 */
export function compileRun(dataset: Dataset, settings: RunSettings): PreparedRun {
  const environments = dataset.environments.length - 1
  return {
    dataset,
    settings,
    genes: dataset.genes.length,
    environments,
    starts: environmentStarts(dataset.environmentOf, environments + 1),
    constraints: compileConstraints(settings.constraints, dataset.genes),
    given: compileKnownTargets(settings.knownTargets, dataset.environments.slice(1), dataset.genes),
    prior: targetPrior(dataset.genes.length),
  }
}
