export type Point = readonly [number, number]
export type Direction = 'TB' | 'LR'

export interface Box {
  readonly width: number
  readonly height: number
}

/** An edge that runs with the layers: `from` lies in an earlier one than `to`. */
export interface LayeredEdge {
  readonly source: string
  readonly target: string
  readonly from: Point
  readonly fromBox: Box
  readonly to: Point
  readonly toBox: Box
  /** where it passes the layers between */
  readonly bends: readonly Point[]
}

/** Pixels between neighbouring edges at the side of a box, at most, and from its corners, at least. */
const PORT_GAP = 12
const CORNER = 5
/** Pixels by which an edge clears the boxes of a layer that it passes. */
const CLEARANCE = 4

/**
 * The points of every edge from border to border. It leaves on the side that faces the next layer, turns in the gaps
 * between layers, passes each layer straight, and enters on the side that faces the layer before. Edges at one side
 * of a box are spread in the order of where they go.
 */
export function edgeRoutes(edges: readonly LayeredEdge[], direction: Direction): Point[][] {
  const flow: Axis = direction === 'TB' ? 1 : 0
  const thickness = edges.reduce(
    (most, edge) => Math.max(most, half(edge.fromBox, flow), half(edge.toBox, flow)),
    0,
  )
  const leaving = ports(edges, flow, 'source')
  const entering = ports(edges, flow, 'target')
  return edges.map((edge, index) => {
    const [start, end] = [leaving[index]!, entering[index]!]
    const through = edge.bends.flatMap((bend) => [
      shifted(bend, flow, -thickness - CLEARANCE),
      shifted(bend, flow, thickness + CLEARANCE),
    ])
    const turn = (from: Point, to: Point): number => 0.45 * (to[flow] - from[flow])
    const [first, last] = [through[0] ?? end, through[through.length - 1] ?? start]
    return [
      start,
      shifted(start, flow, turn(start, first)),
      ...through,
      shifted(end, flow, -turn(last, end)),
      end,
    ]
  })
}

type Axis = 0 | 1

const half = (box: Box, axis: Axis): number => (axis === 0 ? box.width : box.height) / 2
const shifted = (point: Point, axis: Axis, by: number): Point =>
  axis === 0 ? [point[0] + by, point[1]] : [point[0], point[1] + by]

/** Where each edge meets its box. */
function ports(edges: readonly LayeredEdge[], flow: Axis, end: 'source' | 'target'): Point[] {
  const cross: Axis = flow === 1 ? 0 : 1
  const atBox = new Map<string, number[]>()
  edges.forEach((edge, index) => atBox.set(edge[end], [...(atBox.get(edge[end]) ?? []), index]))
  const points = edges.map((edge) => edge.from)
  const heading = (edge: LayeredEdge): number =>
    end === 'source'
      ? (edge.bends[0] ?? edge.to)[cross]
      : (edge.bends[edge.bends.length - 1] ?? edge.from)[cross]
  for (const indices of atBox.values()) {
    indices.sort((a, b) => heading(edges[a]!) - heading(edges[b]!) || a - b)
    indices.forEach((index, position) => {
      const edge = edges[index]!
      const [centre, box] = end === 'source' ? [edge.from, edge.fromBox] : [edge.to, edge.toBox]
      const room = 2 * (half(box, cross) - CORNER)
      const gap = Math.min(PORT_GAP, room / indices.length)
      const side = shifted(centre, flow, (end === 'source' ? 1 : -1) * half(box, flow))
      points[index] = shifted(side, cross, (position - (indices.length - 1) / 2) * gap)
    })
  }
  return points
}
