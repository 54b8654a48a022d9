import { AppError } from '../../../src-shared/contract/errors'
import { constraintConflicts } from '../../../src-shared/domain/constraint-conflicts'
import type { Dataset } from '../../../src-shared/domain/dataset'
import type { KnownTargets, RunSettings } from '../../../src-shared/domain/run-settings'

export interface CheckedSettings {
  readonly settings: RunSettings
  readonly warnings: readonly string[]
}

/**
 * Settings against the data, before anything is calculated. A known target that was not measured cannot be
 * used and is left out with a warning; everything that contradicts the data or itself is refused.
 * @throws AppError INVALID_PARAMS
 */
export function checkSettings(settings: RunSettings, dataset: Dataset): CheckedSettings {
  const conflicts = constraintConflicts(settings.constraints, dataset.genes)
  if (conflicts[0] !== undefined)
    throw new AppError('INVALID_PARAMS', conflicts[0], { field: 'settings.constraints', conflicts })

  const measured = new Set(dataset.genes)
  const perturbed = new Set(dataset.environments.slice(1))
  const knownTargets: Record<string, KnownTargets> = {}
  const warnings: string[] = []
  for (const [environment, known] of Object.entries(settings.knownTargets)) {
    if (!perturbed.has(environment))
      throw new AppError('INVALID_PARAMS', unknownExperiment(environment, dataset), {
        field: 'settings.knownTargets',
        environment,
      })
    const missing = known.genes.filter((gene) => !measured.has(gene))
    for (const gene of missing)
      warnings.push(
        `${gene} is listed as a target of '${environment}' but is not in the data; it cannot be reported.`,
      )
    const genes = known.genes.filter((gene) => measured.has(gene))
    if (genes.length > 0 || (known.complete && missing.length === 0))
      knownTargets[environment] = { genes, complete: known.complete }
  }
  return { settings: { ...settings, knownTargets }, warnings }
}

function unknownExperiment(environment: string, dataset: Dataset): string {
  if (environment === dataset.environments[0])
    return `'${environment}' is the control; it has no targets. Remove its known targets.`
  const names = dataset.environments.slice(1, 6).join(', ')
  const more = dataset.environments.length > 6 ? ', …' : ''
  return `Known targets are given for '${environment}', which is no experiment of the data (${names}${more}).`
}
