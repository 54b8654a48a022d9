import { listConstraints, subjectOf } from '../../../src-shared/domain/constraint-entries'
import type { Constraints } from '../../../src-shared/domain/constraints'
import { subjectKey, type Note } from '../../../src-shared/domain/notes'
import { knownTargetsOf } from '../findings'
import type { Exporter } from './exporter'

/** What the user knew, with names exactly as in the data, so that it can be read back. */
export const constraintsJson: Exporter = ({ result }) =>
  writeConstraintsJson(result.settings.constraints, {
    knownTargets: knownTargetsOf(result).map(({ environment, targets }) => ({
      experiment: environment,
      genes: targets.genes,
      complete: targets.complete,
    })),
  })

/** @param more what else is written; of the notes those on edges and genes that the constraints name */
export function writeConstraintsJson(
  constraints: Constraints,
  more: { knownTargets?: readonly object[]; notes?: readonly Note[] } = {},
): string {
  const { required, forbidden, tiers, roots, leaves } = constraints
  const named = new Set(listConstraints(constraints).map((entry) => subjectKey(subjectOf(entry))))
  const notes = (more.notes ?? []).filter(({ about }) => named.has(subjectKey(about)))
  const content = {
    format: 'metacadi-constraints',
    version: 1,
    required: required.map(({ source, target }) => ({ source, target })),
    forbidden: forbidden.map(({ source, target }) => ({ source, target })),
    tiers,
    ...(roots?.length ? { roots } : {}),
    ...(leaves?.length ? { leaves } : {}),
    ...(more.knownTargets ? { knownTargets: more.knownTargets } : {}),
    ...(notes.length > 0 ? { notes } : {}),
  }
  return `${JSON.stringify(content, null, 2)}\n`
}
