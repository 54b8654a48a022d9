export type Point = readonly [number, number]
export type Direction = 'TB' | 'LR'

export interface Box {
  readonly width: number
  readonly height: number
}

export interface RoutedEdge {
  readonly from: Point
  readonly fromBox: Box
  readonly to: Point
  readonly toBox: Box
  readonly source: string
  readonly target: string
  readonly bends: readonly Point[]
}

/** Pixels an edge runs straight out of a box, so that it turns in the gap between layers and not over other boxes. */
const LEAD = 15
/** Boxes closer than this are in neighbouring layers: nothing lies between them, and no bend is needed. */
const NEXT_LAYER = 90
/** Pixels between neighbouring edges at the side of a box, at most, and from the corners, at least. */
const PORT_GAP = 12
const CORNER = 5

/**
 * The points of every edge from border to border. An edge that runs with the layers leaves on the side that faces the
 * next layer and enters on the side that faces the last one; edges at one side are spread in the order of where they
 * go. An edge against the layers runs along its bends.
 */
export function edgeRoutes(edges: readonly RoutedEdge[], direction: Direction): Point[][] {
  const flow = direction === 'TB' ? 1 : 0
  const forward = edges.map(
    (edge) => edge.to[flow] - half(edge.toBox, flow) > edge.from[flow] + half(edge.fromBox, flow),
  )
  const leaving = ports(edges, forward, flow, 'source')
  const entering = ports(edges, forward, flow, 'target')
  return edges.map((edge, index) => {
    const [start, end] = [leaving[index], entering[index]]
    if (start && end) {
      const gap = end[flow] - start[flow]
      const near = gap <= NEXT_LAYER
      const lead = near ? gap * 0.45 : LEAD
      return [start, shifted(start, flow, lead), ...(near ? [] : edge.bends), shifted(end, flow, -lead), end]
    }
    return [
      borderPoint(edge.from, edge.fromBox, edge.bends[0] ?? edge.to),
      ...edge.bends,
      borderPoint(edge.to, edge.toBox, edge.bends[edge.bends.length - 1] ?? edge.from),
    ]
  })
}

type Axis = 0 | 1

const half = (box: Box, axis: Axis): number => (axis === 0 ? box.width : box.height) / 2
const shifted = (point: Point, axis: Axis, by: number): Point =>
  axis === 0 ? [point[0] + by, point[1]] : [point[0], point[1] + by]

/** Where each forward edge meets its box; undefined for the others. */
function ports(
  edges: readonly RoutedEdge[],
  forward: readonly boolean[],
  flow: Axis,
  end: 'source' | 'target',
): (Point | undefined)[] {
  const cross: Axis = flow === 1 ? 0 : 1
  const atBox = new Map<string, number[]>()
  edges.forEach((edge, index) => {
    if (forward[index]) atBox.set(edge[end], [...(atBox.get(edge[end]) ?? []), index])
  })
  const points: (Point | undefined)[] = edges.map(() => undefined)
  const heading = (edge: RoutedEdge): number =>
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

/** Where the line from the centre of a box towards a point leaves the box. */
export function borderPoint(centre: Point, box: Box, towards: Point): Point {
  const [dx, dy] = [towards[0] - centre[0], towards[1] - centre[1]]
  const reach = Math.min(
    dx === 0 ? Infinity : box.width / 2 / Math.abs(dx),
    dy === 0 ? Infinity : box.height / 2 / Math.abs(dy),
  )
  return Number.isFinite(reach) ? [centre[0] + dx * reach, centre[1] + dy * reach] : centre
}
