import { constraintConflicts } from '../../../src-shared/domain/constraint-conflicts'
import type { Constraints } from '../../../src-shared/domain/constraints'
import { AppError } from '../../../src-shared/contract/errors'

/** The constraints as gene indices, per effect. */
export interface GeneConstraints {
  /** [d] genes that may be causes */
  readonly allowed: readonly Int32Array[]
  /** [d] genes that are causes */
  readonly required: readonly (readonly number[])[]
  /** [cause, effect, cause, effect, …] of all required edges */
  readonly requiredPairs: Int32Array
}

/** @throws AppError INVALID_PARAMS when the constraints contradict each other or ask for too many causes */
export function compileConstraints(constraints: Constraints, genes: readonly string[]): GeneConstraints {
  const conflicts = constraintConflicts(constraints, genes)
  if (conflicts.length > 0) throw new AppError('INVALID_PARAMS', conflicts[0]!, { conflicts })
  const d = genes.length
  const indexOf = new Map(genes.map((gene, index) => [gene, index]))
  const forbidden = new Set(
    constraints.forbidden.map((edge) => indexOf.get(edge.source)! * d + indexOf.get(edge.target)!),
  )
  const tierOf = new Int32Array(d).fill(-1)
  constraints.tiers.forEach((tier, index) => tier.forEach((gene) => (tierOf[indexOf.get(gene)!] = index)))
  const required: number[][] = genes.map(() => [])
  for (const edge of constraints.required) {
    const causes = required[indexOf.get(edge.target)!]!
    const cause = indexOf.get(edge.source)!
    if (!causes.includes(cause)) causes.push(cause)
  }
  required.forEach((causes) => causes.sort((a, b) => a - b))
  const indices = (names: readonly string[] | undefined): Set<number> =>
    new Set(names?.map((name) => indexOf.get(name)!))
  const roots = indices(constraints.roots)
  const leaves = indices(constraints.leaves)
  const allowed = genes.map((_, j) =>
    Int32Array.from(
      genes
        .map((__, i) => i)
        .filter(
          (i) =>
            i !== j &&
            !roots.has(j) &&
            !leaves.has(i) &&
            !forbidden.has(i * d + j) &&
            !(tierOf[i]! >= 0 && tierOf[j]! >= 0 && tierOf[i]! > tierOf[j]!),
        ),
    ),
  )
  const requiredPairs = Int32Array.from(
    required.flatMap((causes, j) => causes.flatMap((cause) => [cause, j])),
  )
  return { allowed, required, requiredPairs }
}
