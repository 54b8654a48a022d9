import type { Core, EdgeSingular, EventObject, NodeSingular } from 'cytoscape'
import type { Edge } from '../../../src-shared/domain/constraints'

export type GraphItem =
  { readonly kind: 'gene'; readonly gene: string } | { readonly kind: 'edge'; readonly edge: Edge }

export const geneOf = (node: NodeSingular): string => String(node.data('gene'))

/** The gene or edge under a tap; a group and the empty canvas are nothing. */
export function itemOf(event: EventObject, cy: Core): GraphItem | null {
  if (event.target === cy) return null
  const target = event.target as NodeSingular | EdgeSingular
  if (target.isEdge())
    return { kind: 'edge', edge: { source: String(target.data('from')), target: String(target.data('to')) } }
  return target.data('gene') === undefined ? null : { kind: 'gene', gene: String(target.data('gene')) }
}

export function isAdding(event: EventObject): boolean {
  const pressed: unknown = event.originalEvent
  return pressed instanceof MouseEvent && (pressed.shiftKey || pressed.ctrlKey || pressed.metaKey)
}

/** The genes of the group under a tap; none when it is no group. */
export function membersOf(event: EventObject, cy: Core): string[] {
  if (event.target === cy) return []
  const target = event.target as NodeSingular | EdgeSingular
  if (!target.isNode() || !target.hasClass('group')) return []
  return target.children('[gene]').map((node) => geneOf(node))
}
