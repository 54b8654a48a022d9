import type { Core, EventObject, NodeSingular } from 'cytoscape'
import type { Point } from '../../services/point'
import { geneOf } from './graph-item'

/**
 * Genes that are picked together move together: dragging one of them drags all. A gene that is not picked moves alone,
 * a group moves with its genes.
 *
 * @param onMoved where every gene of the drag lies at its end
 */
export function dragTogether(cy: Core, onMoved: (places: ReadonlyMap<string, Point>) => void): void {
  let start: Point | null = null
  let others: { readonly node: NodeSingular; readonly from: Point }[] = []

  cy.on('grab', 'node', (event: EventObject) => {
    const node = event.target as NodeSingular
    start = { ...node.position() }
    others = []
    if (!node.hasClass('picked')) return
    cy.nodes('.picked').forEach((other) => {
      if (other.id() !== node.id()) others.push({ node: other, from: { ...other.position() } })
    })
  })
  cy.on('drag', 'node', (event: EventObject) => {
    const now = (event.target as NodeSingular).position()
    const from = start
    if (!from || others.length === 0) return
    cy.batch(() => {
      for (const { node, from: was } of others)
        node.position({ x: was.x + now.x - from.x, y: was.y + now.y - from.y })
    })
  })
  cy.on('dragfree', 'node', (event: EventObject) => {
    onMoved(placesOf(event.target as NodeSingular, others))
  })
}

function placesOf(
  dragged: NodeSingular,
  others: readonly { readonly node: NodeSingular }[],
): Map<string, Point> {
  const out = new Map<string, Point>()
  const take = (node: NodeSingular): void => void out.set(geneOf(node), { ...node.position() })
  if (dragged.isParent()) dragged.descendants('[gene]').forEach((node) => take(node))
  else take(dragged)
  for (const { node } of others) take(node)
  return out
}
