import { entryKey, listConstraints, type ConstraintEntry } from './constraint-entries'
import { MOST_CAUSES, type Constraints, type Edge } from './constraints'

/** A contradiction: one sentence, and the statements of which one has to go. */
export interface ConstraintConflict {
  readonly text: string
  readonly involves: readonly ConstraintEntry[]
}

/** Everything that contradicts itself, each as one sentence; empty when the constraints can hold. */
export const constraintConflicts = (constraints: Constraints, genes: readonly string[]): string[] =>
  findConflicts(constraints, genes).map(({ text }) => text)

/** Every contradiction of the constraints with themselves and with the genes of the data, each once. */
export function findConflicts(constraints: Constraints, genes: readonly string[]): ConstraintConflict[] {
  const found: ConstraintConflict[] = []
  const say = (text: string, ...involves: ConstraintEntry[]): void => void found.push({ text, involves })
  unknownGenes(constraints, new Set(genes), say)
  const tierOf = doubleTiers(constraints, say)
  requiredAgainstOthers(constraints, tierOf, say)
  tooManyCauses(constraints, say)
  const cycle = findCycle(constraints.required)
  if (cycle)
    say(
      `The required edges form a cycle: ${cycle.join('→')}. Remove one of them.`,
      ...cycle.slice(1).map((target, at) => required({ source: cycle[at]!, target })),
    )
  return [...new Map(found.map((conflict) => [conflict.text, conflict])).values()]
}

type Say = (text: string, ...involves: ConstraintEntry[]) => void

const required = ({ source, target }: Edge): ConstraintEntry => ({
  kind: 'required',
  edge: { source, target },
})
const nameOf = ({ source, target }: Edge): string => `${source}→${target}`

function unknownGenes(constraints: Constraints, known: ReadonlySet<string>, say: Say): void {
  for (const entry of listConstraints(constraints)) {
    if (!('edge' in entry)) {
      const where = entry.kind === 'tier' ? `in tier ${entry.tier + 1}` : `as a ${entry.kind}`
      if (!known.has(entry.gene)) say(`${entry.gene} is named ${where} but is not in the data.`, entry)
    } else {
      const { edge } = entry
      for (const gene of [edge.source, edge.target])
        if (!known.has(gene))
          say(`${gene} is named in the constraint ${nameOf(edge)} but is not in the data.`, entry)
      if (edge.source === edge.target) say(`${nameOf(edge)} joins a gene to itself. Remove it.`, entry)
    }
  }
}

/** @returns the tier of every gene, the last one where it is in two */
function doubleTiers(constraints: Constraints, say: Say): Map<string, number> {
  const tierOf = new Map<string, number>()
  constraints.tiers.forEach((tier, index) => {
    for (const gene of tier) {
      const before = tierOf.get(gene)
      if (before !== undefined && before !== index)
        say(`${gene} is in tier ${before + 1} and in tier ${index + 1}. Remove one.`, {
          kind: 'tier',
          gene,
          tier: before,
        })
      tierOf.set(gene, index)
    }
  })
  return tierOf
}

function requiredAgainstOthers(
  constraints: Constraints,
  tierOf: ReadonlyMap<string, number>,
  say: Say,
): void {
  const forbidden = new Set(constraints.forbidden.map((edge) => entryKey({ kind: 'forbidden', edge })))
  const roots = new Set(constraints.roots)
  const leaves = new Set(constraints.leaves)
  for (const edge of constraints.required) {
    const { source, target } = edge
    if (forbidden.has(entryKey({ kind: 'forbidden', edge })))
      say(`${nameOf(edge)} is both required and forbidden. Remove one.`, required(edge), {
        kind: 'forbidden',
        edge: { source, target },
      })
    const before = tierOf.get(target)
    const after = tierOf.get(source)
    if (before !== undefined && after !== undefined && before < after)
      say(
        `'${nameOf(edge)} required' contradicts tier '${target} before ${source}'. Remove one.`,
        required(edge),
        { kind: 'tier', gene: target, tier: before },
        { kind: 'tier', gene: source, tier: after },
      )
    if (roots.has(target))
      say(`'${nameOf(edge)} required' contradicts '${target} is a root'. Remove one.`, required(edge), {
        kind: 'root',
        gene: target,
      })
    if (leaves.has(source))
      say(`'${nameOf(edge)} required' contradicts '${source} is a leaf'. Remove one.`, required(edge), {
        kind: 'leaf',
        gene: source,
      })
  }
}

function tooManyCauses(constraints: Constraints, say: Say): void {
  const causes = new Map<string, Map<string, Edge>>()
  for (const edge of constraints.required)
    causes.set(edge.target, (causes.get(edge.target) ?? new Map<string, Edge>()).set(edge.source, edge))
  for (const [gene, edges] of causes)
    if (edges.size > MOST_CAUSES)
      say(
        `${edges.size} causes are required for ${gene}; at most ${MOST_CAUSES} are possible. Remove ${edges.size - MOST_CAUSES}.`,
        ...[...edges.values()].map(required),
      )
}

/** @returns the genes of one directed cycle, the first repeated at the end */
function findCycle(edges: readonly Edge[]): string[] | undefined {
  const children = new Map<string, string[]>()
  for (const { source, target } of edges)
    if (source !== target) children.set(source, [...(children.get(source) ?? []), target])
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
