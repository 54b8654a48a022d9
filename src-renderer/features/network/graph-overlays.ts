import type { Core, EdgeSingular } from 'cytoscape'
import type { Point } from '../../services/point'
import { curveThrough, freePlace, piecesThrough, type Way } from './badge-place'
import { nodeKey } from './graph-elements'

/** What lies over the drawing or beside it, read off the drawing as it is now. */

export interface Badge {
  readonly id: string
  readonly state: 'required' | 'forbidden' | 'noted'
  readonly at: Point
}

/** The picture as a whole and the part that is seen, in the unit of the layout. */
export interface Overview {
  readonly genes: readonly Point[]
  readonly box: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }
  readonly seen: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }
}

const STATES = ['required', 'forbidden', 'noted'] as const

export function overviewOf(cy: Core): Overview {
  const genes = cy.nodes('[gene]')
  return {
    genes: genes.map((node) => ({ ...node.position() })),
    box: genes.boundingBox({ includeLabels: false, includeOverlays: false }),
    seen: cy.extent(),
  }
}

/** Where the constraint badges belong, in pixels of the container. */
export function badgesOf(cy: Core): Badge[] {
  const found: Badge[] = []
  const marked = cy.edges('.required, .forbidden, .noted')
  if (marked.empty()) return found
  const boxes = cy.nodes('[gene]').map((node) => node.renderedBoundingBox({ includeLabels: false }))
  marked.forEach((edge: EdgeSingular) => {
    const at = freePlace(wayOf(edge), boxes)
    if (!Number.isFinite(at.x) || !Number.isFinite(at.y)) return
    found.push({ id: edge.id(), state: STATES.find((state) => edge.hasClass(state))!, at })
  })
  return found
}

/** Of an edge as it is drawn, in pixels of the container. */
function wayOf(edge: EdgeSingular): Way {
  const [from, to] = [edge.renderedSourceEndpoint(), edge.renderedTargetEndpoint()]
  if (edge.data('weights') === undefined) return curveThrough(from, edge.renderedMidpoint(), to)
  return piecesThrough([from, ...edge.renderedSegmentPoints(), to])
}

/** Upper right corners of genes, in pixels of the container, for the small marks on them. */
export function cornersOf(cy: Core, genes: Iterable<string>): Map<string, Point> {
  const out = new Map<string, Point>()
  for (const gene of genes) {
    const node = cy.getElementById(nodeKey(gene))
    if (node.empty()) continue
    const box = node.renderedBoundingBox({ includeLabels: false })
    out.set(gene, { x: box.x2, y: box.y1 })
  }
  return out
}
