import type { Core, EdgeSingular } from 'cytoscape'
import type { Point } from '../../services/point'
import { curveThrough, freePlace, piecesThrough, type Way } from './badge-place'
import { nodeKey } from './graph-elements'

/** What lies over the drawing or beside it, read off the drawing as it is now. */

export interface Badge {
  readonly id: string
  /** the constraint on it, and whether it has a note */
  readonly state: 'required' | 'forbidden' | null
  readonly noted: boolean
  readonly at: Point
}

/** The picture as a whole with the part that is seen, in the unit of the layout. */
export interface Overview {
  readonly genes: readonly Point[]
  readonly box: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }
  readonly seen: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }
}

const STATES = ['required', 'forbidden'] as const

/** @returns null while every gene is seen: the map would say nothing, and cover some of them */
export function overviewOf(cy: Core): Overview | null {
  const genes = cy.nodes('[gene]')
  const box = genes.boundingBox({ includeLabels: false, includeOverlays: false })
  const seen = cy.extent()
  if (genes.empty() || (seen.x1 <= box.x1 && seen.x2 >= box.x2 && seen.y1 <= box.y1 && seen.y2 >= box.y2))
    return null
  return {
    genes: genes.map((node) => ({ ...node.position() })),
    box: {
      x1: Math.min(box.x1, seen.x1),
      y1: Math.min(box.y1, seen.y1),
      x2: Math.max(box.x2, seen.x2),
      y2: Math.max(box.y2, seen.y2),
    },
    seen,
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
    found.push({
      id: edge.id(),
      state: STATES.find((state) => edge.hasClass(state)) ?? null,
      noted: edge.hasClass('noted'),
      at,
    })
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
