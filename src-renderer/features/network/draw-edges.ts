import type { Core, EventObject, NodeSingular } from 'cytoscape'
import type { Edge } from '../../../src-shared/domain/constraints'
import type { Point } from '../../services/point'

/**
 * Drawing an edge by dragging from its cause to its effect. While drawing is on, genes stay where they are and the
 * canvas does not pan under a drag that begins on a gene.
 *
 * @returns turns drawing on and off
 */
export function drawEdges(
  cy: Core,
  onDraw: (line: { from: Point; to: Point } | null) => void,
  onDrawn: (edge: Edge) => void,
): (on: boolean) => void {
  let on = false
  let from: NodeSingular | null = null

  const stop = (): void => {
    if (!from) return
    from.removeClass('near')
    from = null
    cy.userPanningEnabled(true)
    onDraw(null)
  }
  cy.on('tapstart', 'node[gene]', (event: EventObject) => {
    if (!on) return
    from = event.target as NodeSingular
    from.addClass('near')
    cy.userPanningEnabled(false)
  })
  cy.on('tapdrag', (event: EventObject) => {
    if (from) onDraw({ from: { ...from.renderedPosition() }, to: { ...event.renderedPosition } })
  })
  cy.on('tapend', (event: EventObject) => {
    const source = from
    stop()
    if (!source) return
    const over = geneUnder(cy, event.position)
    if (over && over.id() !== source.id())
      onDrawn({ source: String(source.data('gene')), target: String(over.data('gene')) })
  })
  return (now) => {
    on = now
    if (!on) stop()
    cy.autoungrabify(now)
    cy.boxSelectionEnabled(!now)
  }
}

/** The gene whose box holds a point of the layout. */
function geneUnder(cy: Core, point: Point): NodeSingular | null {
  const found = cy.nodes('[gene]').filter((node) => {
    const box = node.boundingBox({ includeLabels: false })
    return point.x >= box.x1 && point.x <= box.x2 && point.y >= box.y1 && point.y <= box.y2
  })
  return found.empty() ? null : (found[0] as NodeSingular)
}
