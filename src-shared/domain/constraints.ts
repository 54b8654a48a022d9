import { z } from 'zod'

const GeneName = z.string().min(1).max(10_000)
export const Edge = z.object({ source: GeneName, target: GeneName })
export type Edge = z.infer<typeof Edge>

/**
 * What the user knows about the graph. Restricts parent sets and orders exactly:
 * a forbidden edge gets probability 0, a required one probability 1.
 */
export const Constraints = z.object({
  required: z.array(Edge).default([]),
  forbidden: z.array(Edge).default([]),
  /** Genes of a later tier never cause genes of an earlier one; genes in no tier are free. */
  tiers: z.array(z.array(GeneName)).default([]),
})
export type Constraints = z.infer<typeof Constraints>

export const NO_CONSTRAINTS: Constraints = { required: [], forbidden: [], tiers: [] }

export type ConstraintMark = '' | 'required' | 'forbidden' | 'tier'

/** Everything that contradicts itself, each as one sentence; empty when the constraints can hold. */
export function constraintConflicts(constraints: Constraints, genes: readonly string[]): string[] {
  const known = new Set(genes)
  const conflicts: string[] = []
  const key = (edge: Edge): string => `${edge.source}\u0000${edge.target}`
  const forbidden = new Set(constraints.forbidden.map(key))
  const tierOf = new Map<string, number>()
  constraints.tiers.forEach((tier, index) => {
    for (const gene of tier) {
      if (tierOf.has(gene) && tierOf.get(gene) !== index)
        conflicts.push(`${gene} is in tier ${tierOf.get(gene)! + 1} and in tier ${index + 1}. Remove one.`)
      tierOf.set(gene, index)
      if (!known.has(gene)) conflicts.push(`${gene} is named in tier ${index + 1} but is not in the data.`)
    }
  })
  for (const edge of [...constraints.required, ...constraints.forbidden]) {
    for (const gene of [edge.source, edge.target])
      if (!known.has(gene))
        conflicts.push(
          `${gene} is named in the constraint ${edge.source}→${edge.target} but is not in the data.`,
        )
    if (edge.source === edge.target)
      conflicts.push(`${edge.source}→${edge.target} joins a gene to itself. Remove it.`)
  }
  const children = new Map<string, string[]>()
  for (const edge of constraints.required) {
    const { source, target } = edge
    if (forbidden.has(key(edge)))
      conflicts.push(`${source}→${target} is both required and forbidden. Remove one.`)
    const before = tierOf.get(target)
    const after = tierOf.get(source)
    if (before !== undefined && after !== undefined && before < after)
      conflicts.push(
        `'${source}→${target} required' contradicts tier '${target} before ${source}'. Remove one.`,
      )
    children.set(source, [...(children.get(source) ?? []), target])
  }
  const cycle = findCycle(children)
  if (cycle) conflicts.push(`The required edges form a cycle: ${cycle.join('→')}. Remove one of them.`)
  return [...new Set(conflicts)]
}

function findCycle(children: Map<string, string[]>): string[] | undefined {
  const done = new Set<string>()
  for (const start of children.keys()) {
    const path: string[] = []
    const onPath = new Set<string>()
    const stack: { gene: string; next: number }[] = [{ gene: start, next: 0 }]
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!
      if (top.next === 0) {
        path.push(top.gene)
        onPath.add(top.gene)
      }
      const child = children.get(top.gene)?.[top.next++]
      if (child === undefined) {
        stack.pop()
        path.pop()
        onPath.delete(top.gene)
        done.add(top.gene)
      } else if (onPath.has(child)) return [...path.slice(path.indexOf(child)), child]
      else if (!done.has(child)) stack.push({ gene: child, next: 0 })
    }
  }
  return undefined
}
