import type { ConstraintMark, Constraints } from './constraints'

/** [d*d] what the user had decided about each ordered pair (row = cause, column = effect). */
export function constraintMarks(constraints: Constraints, genes: readonly string[]): ConstraintMark[] {
  const d = genes.length
  const indexOf = new Map(genes.map((gene, index) => [gene, index]))
  const marks = new Array<ConstraintMark>(d * d).fill('')
  const tierOf = new Map<string, number>()
  constraints.tiers.forEach((tier, index) => {
    for (const gene of tier) tierOf.set(gene, index)
  })
  for (const [source, sourceTier] of tierOf) {
    for (const [target, targetTier] of tierOf) mark(source, target, sourceTier > targetTier ? 'tier' : '')
  }
  for (const target of constraints.roots ?? []) for (const source of genes) mark(source, target, 'root')
  for (const source of constraints.leaves ?? []) for (const target of genes) mark(source, target, 'leaf')
  for (const { source, target } of constraints.forbidden) mark(source, target, 'forbidden')
  for (const { source, target } of constraints.required) mark(source, target, 'required')
  return marks

  function mark(source: string, target: string, value: ConstraintMark): void {
    const [i, j] = [indexOf.get(source), indexOf.get(target)]
    if (i !== undefined && j !== undefined && i !== j && value !== '') marks[i * d + j] = value
  }
}
