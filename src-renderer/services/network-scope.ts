import type { Edge } from '../../src-shared/domain/constraints'

/** Which part of the network is looked at. */
export type Scope =
  | { readonly kind: 'all' }
  /** genes with what they are joined to, over one or two edges of either direction */
  | { readonly kind: 'near'; readonly genes: readonly string[]; readonly steps: 1 | 2 }
  | { readonly kind: 'module'; readonly index: number }

export const WHOLE: Scope = { kind: 'all' }

/** The genes within `steps` edges of the centre, the centre included; direction does not count. */
export function neighbourhood(
  centre: readonly string[],
  edges: readonly Edge[],
  steps: number,
): ReadonlySet<string> {
  const reached = new Set(centre)
  let front = new Set(centre)
  for (let step = 0; step < steps && front.size > 0; step++) {
    const next = new Set<string>()
    for (const { source, target } of edges) {
      if (front.has(source) && !reached.has(target)) next.add(target)
      if (front.has(target) && !reached.has(source)) next.add(source)
    }
    for (const gene of next) reached.add(gene)
    front = next
  }
  return reached
}
