import type { Constraints, Edge } from './constraints'
import type { NoteSubject } from './notes'

/** One statement of the user about the graph, as one row of the constraint list. */
export type ConstraintEntry =
  | { readonly kind: 'required' | 'forbidden'; readonly edge: Edge }
  /** `tier` counts from 0 */
  | { readonly kind: 'tier'; readonly gene: string; readonly tier: number }
  | { readonly kind: 'root' | 'leaf'; readonly gene: string }

export type ConstraintKind = ConstraintEntry['kind']

/** The same statement has the same key in every set of constraints; a gene keeps its key when its tier changes. */
export function entryKey(entry: ConstraintEntry): string {
  return 'edge' in entry
    ? `${entry.kind}\u0000${entry.edge.source}\u0000${entry.edge.target}`
    : `${entry.kind}\u0000${entry.gene}`
}

/** What a note on the statement is about: its edge or its gene. */
export const subjectOf = (entry: ConstraintEntry): NoteSubject =>
  'edge' in entry ? { kind: 'edge', ...entry.edge } : { kind: 'gene', gene: entry.gene }

/** Everything that was said, in the order it was said within each kind; a repeated statement once. */
export function listConstraints(constraints: Constraints): ConstraintEntry[] {
  const edges = (kind: 'required' | 'forbidden'): ConstraintEntry[] =>
    constraints[kind].map(({ source, target }) => ({ kind, edge: { source, target } }))
  const all: ConstraintEntry[] = [
    ...edges('required'),
    ...edges('forbidden'),
    ...constraints.tiers.flatMap((genes, tier) =>
      genes.map((gene): ConstraintEntry => ({ kind: 'tier', gene, tier })),
    ),
    ...(constraints.roots ?? []).map((gene): ConstraintEntry => ({ kind: 'root', gene })),
    ...(constraints.leaves ?? []).map((gene): ConstraintEntry => ({ kind: 'leaf', gene })),
  ]
  return [...new Map(all.map((entry) => [entryKey(entry), entry])).values()]
}

/** How many statements of each kind. */
export function countConstraints(constraints: Constraints): Record<ConstraintKind, number> {
  const counts: Record<ConstraintKind, number> = { required: 0, forbidden: 0, tier: 0, root: 0, leaf: 0 }
  for (const { kind } of listConstraints(constraints)) counts[kind]++
  return counts
}

/** The constraints with further statements. What is said about the same edge, or the tier of the same gene, is replaced. */
export function withEntries(constraints: Constraints, entries: readonly ConstraintEntry[]): Constraints {
  const replaced = entries.flatMap((entry) =>
    entry.kind === 'required' || entry.kind === 'forbidden'
      ? (['required', 'forbidden'] as const).map((kind) => entryKey({ kind, edge: entry.edge }))
      : [entryKey(entry)],
  )
  const kept = withoutEntries(constraints, new Set(replaced))
  const of = (kind: 'required' | 'forbidden'): Edge[] => [
    ...kept[kind],
    ...entries.flatMap((entry) => (entry.kind === kind ? [{ ...entry.edge }] : [])),
  ]
  const genes = (kind: 'root' | 'leaf'): string[] =>
    entries.flatMap((entry) => (entry.kind === kind ? [entry.gene] : []))
  const tiers = kept.tiers.map((tier) => [...tier])
  for (const entry of entries) {
    if (entry.kind !== 'tier') continue
    while (tiers.length <= entry.tier) tiers.push([])
    tiers[entry.tier]!.push(entry.gene)
  }
  return tidy({
    required: of('required'),
    forbidden: of('forbidden'),
    tiers,
    roots: [...(kept.roots ?? []), ...genes('root')],
    leaves: [...(kept.leaves ?? []), ...genes('leaf')],
  })
}

/** @param keys of entries that are taken back */
export function withoutEntries(constraints: Constraints, keys: ReadonlySet<string>): Constraints {
  const edges = (kind: 'required' | 'forbidden'): Edge[] =>
    constraints[kind].filter((edge) => !keys.has(entryKey({ kind, edge })))
  const genes = (kind: 'root' | 'leaf', list: readonly string[] | undefined): string[] =>
    (list ?? []).filter((gene) => !keys.has(entryKey({ kind, gene })))
  return tidy({
    required: edges('required'),
    forbidden: edges('forbidden'),
    tiers: constraints.tiers.map((tier, index) =>
      tier.filter((gene) => !keys.has(entryKey({ kind: 'tier', gene, tier: index }))),
    ),
    roots: genes('root', constraints.roots),
    leaves: genes('leaf', constraints.leaves),
  })
}

/** Empty tiers at the end and empty lists of genes say nothing and are left out. */
function tidy({ required, forbidden, tiers, roots, leaves }: Constraints): Constraints {
  const last = tiers.findLastIndex((tier) => tier.length > 0)
  return {
    required,
    forbidden,
    tiers: tiers.slice(0, last + 1),
    ...(roots?.length ? { roots: [...new Set(roots)] } : {}),
    ...(leaves?.length ? { leaves: [...new Set(leaves)] } : {}),
  }
}
