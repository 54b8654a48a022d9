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
 * Cost: edges × genes for the straight lines, and at most 32 curves for each that is blocked.
 */
export function edgeBends(edges: readonly DrawnEdge[], nodes: readonly NodeBox[]): number[] {
  const boxOf = new Map(nodes.map((node) => [node.id, node]))
  return edges.map(({ source, target }) => {
    const [from, to] = [boxOf.get(source), boxOf.get(target)]
    if (!from || !to || from === to) return 0
    const isBlocked = nodes.some((node) => node !== from && node !== to && crosses(from, to, node))
    if (!isBlocked) return 0
    const others = nodes.filter((node) => node !== from && node !== to)
    for (let step = 1; step <= MOST_STEPS; step++)
      for (const bend of [step * STEP, -step * STEP]) if (isFree(from, to, bend, others)) return bend
    return 0
  })
}

/** Whether the segment comes closer to the box than allowed (slabs; Kay and Kajiya 1986). */
function crosses(from: Point, to: Point, box: NodeBox): boolean {
  let [enter, leave] = [0, 1]
  for (const axis of ['x', 'y'] as const) {
    const half = (axis === 'x' ? box.halfWidth : box.halfHeight) + CLEARANCE
    const step = to[axis] - from[axis]
    const [low, high] = [box[axis] - half - from[axis], box[axis] + half - from[axis]]
    if (step === 0) {
      if (low > 0 || high < 0) return false
      continue
    }
    enter = Math.max(enter, Math.min(low / step, high / step))
    leave = Math.min(leave, Math.max(low / step, high / step))
  }
  return enter <= leave
}

function isFree(from: Point, to: Point, bend: number, others: readonly NodeBox[]): boolean {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  if (length === 0) return false
  const control = {
    x: (from.x + to.x) / 2 - (bend * (to.y - from.y)) / length,
    y: (from.y + to.y) / 2 + (bend * (to.x - from.x)) / length,
  }
  let before: Point = from
  for (let sample = 1; sample <= SAMPLES; sample++) {
    const at = curvePoint(from, control, to, sample / SAMPLES)
    for (const node of others) if (crosses(before, at, node)) return false
    before = at
  }
  return true
}

function curvePoint(from: Point, control: Point, to: Point, t: number): Point {
  const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t]
  return { x: a * from.x + b * control.x + c * to.x, y: a * from.y + b * control.y + c * to.y }
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
