import type { Core } from 'cytoscape'
import type { Point } from '../../services/point'

/** A gene as it is drawn: its middle and half of its sides, in the unit of the layout. */
export interface NodeBox {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly halfWidth: number
  readonly halfHeight: number
}

export interface DrawnEdge {
  readonly source: string
  readonly target: string
}

/** Distance an edge keeps from a gene it does not touch. */
const CLEARANCE = 4
/** Offsets of the control point that are tried, the smallest first; the curve itself bends half as far. */
const STEP = 16
const MOST_STEPS = 16
/** Points of a curve that are looked at; a gene is some 28 high and most curves are shorter than 600. */
const SAMPLES = 32

/**
 * How far each edge bends so that it does not run behind a gene that it has nothing to do with: straight through
 * A, B and C in a row, A → C would look like A → B and B → C. The bend is the distance of the control point of a
 * quadratic curve from the middle between both genes, positive to the right of source → target where y points down;
 * 0 when the straight line is free, or when no bend of up to 256 frees it. The two edges of a pair try different sides first.
 * Cost: edges × genes for the straight lines, and at most 32 curves for each that is blocked; of a curve only genes whose
 * box meets the box around it are looked at, first the one that was in the way of the curve before.
 */
export function edgeBends(edges: readonly DrawnEdge[], nodes: readonly NodeBox[]): number[] {
  const boxOf = new Map(nodes.map((node) => [node.id, node]))
  const curve = createCurve()
  return edges.map(({ source, target }) => {
    const [from, to] = [boxOf.get(source), boxOf.get(target)]
    if (!from || !to || from === to) return 0
    let inTheWay = nodes.find(
      (node) => node !== from && node !== to && crosses(from.x, from.y, to.x, to.y, node),
    )
    if (!inTheWay || (from.x === to.x && from.y === to.y)) return 0
    for (let step = 1; step <= MOST_STEPS; step++)
      for (const bend of [step * STEP, -step * STEP]) {
        bendCurve(curve, from, to, bend)
        if (meets(curve, inTheWay)) continue
        const next = nodes.find((node) => node !== from && node !== to && meets(curve, node))
        if (!next) return bend
        inTheWay = next
      }
    return 0
  })
}

/** Whether the segment comes closer to the box than allowed (slabs; Kay and Kajiya 1986). */
function crosses(x1: number, y1: number, x2: number, y2: number, box: NodeBox): boolean {
  const width = box.halfWidth + CLEARANCE
  const height = box.halfHeight + CLEARANCE
  const [left, right] = [box.x - width, box.x + width]
  const [top, bottom] = [box.y - height, box.y + height]
  if ((x1 < left && x2 < left) || (x1 > right && x2 > right)) return false
  if ((y1 < top && y2 < top) || (y1 > bottom && y2 > bottom)) return false
  let enter = 0
  let leave = 1
  if (x1 !== x2) {
    const near = (left - x1) / (x2 - x1)
    const far = (right - x1) / (x2 - x1)
    enter = Math.max(enter, Math.min(near, far))
    leave = Math.min(leave, Math.max(near, far))
  }
  if (y1 !== y2) {
    const near = (top - y1) / (y2 - y1)
    const far = (bottom - y1) / (y2 - y1)
    enter = Math.max(enter, Math.min(near, far))
    leave = Math.min(leave, Math.max(near, far))
  }
  return enter <= leave
}

/** A quadratic curve as its points, and the box around them; made once and filled for every curve. */
interface Curve {
  readonly x: Float64Array
  readonly y: Float64Array
  left: number
  right: number
  top: number
  bottom: number
}

const createCurve = (): Curve => ({
  x: new Float64Array(SAMPLES + 1),
  y: new Float64Array(SAMPLES + 1),
  left: 0,
  right: 0,
  top: 0,
  bottom: 0,
})

function bendCurve(curve: Curve, from: Point, to: Point, bend: number): void {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const controlX = (from.x + to.x) / 2 - (bend * (to.y - from.y)) / length
  const controlY = (from.y + to.y) / 2 + (bend * (to.x - from.x)) / length
  curve.left = curve.right = from.x
  curve.top = curve.bottom = from.y
  for (let sample = 0; sample <= SAMPLES; sample++) {
    const t = sample / SAMPLES
    const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t]
    const x = a * from.x + b * controlX + c * to.x
    const y = a * from.y + b * controlY + c * to.y
    curve.x[sample] = x
    curve.y[sample] = y
    curve.left = Math.min(curve.left, x)
    curve.right = Math.max(curve.right, x)
    curve.top = Math.min(curve.top, y)
    curve.bottom = Math.max(curve.bottom, y)
  }
}

function meets({ x, y, left, right, top, bottom }: Curve, box: NodeBox): boolean {
  const width = box.halfWidth + CLEARANCE
  const height = box.halfHeight + CLEARANCE
  if (right < box.x - width || left > box.x + width) return false
  if (bottom < box.y - height || top > box.y + height) return false
  for (let sample = 0; sample < SAMPLES; sample++)
    if (crosses(x[sample]!, y[sample]!, x[sample + 1]!, y[sample + 1]!, box)) return true
  return false
}

/** More edges than this are a texture, followed by nobody's eye; curves would only cost frames. */
const MOST_EDGES = 400

/** Gives every drawn edge its bend; the stylesheet reads it. To be called when genes or edges have changed. */
export function bendEdges(cy: Core): void {
  const edges = cy.edges()
  const nodes = cy.nodes('[gene]').map((node) => {
    const { x, y } = node.position()
    return { id: node.id(), x, y, halfWidth: node.width() / 2, halfHeight: node.height() / 2 }
  })
  const drawn = edges.map((edge) => ({ source: edge.source().id(), target: edge.target().id() }))
  const bends = drawn.length > MOST_EDGES ? drawn.map(() => 0) : edgeBends(drawn, nodes)
  cy.batch(() => {
    edges.forEach((edge, index) => {
      const bend = bends[index]!
      if ((edge.data('bend') ?? 0) === bend) return
      if (bend === 0) edge.removeData('bend')
      else edge.data('bend', bend)
    })
  })
}
