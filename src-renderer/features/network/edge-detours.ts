import type { Point } from '../../services/point'
import { freeBend } from './edge-bends'
import { routeAround } from './edge-routes'
import { crosses, type DrawnEdge, type NamedEdge, type NodeBox } from './node-box'

/** How an edge gets to its effect: straight, in one curve, or in straight pieces over corners. */
export type Detour =
  | { readonly kind: 'none' }
  /** distance of the control point from the middle, positive to the right of source → target where y points down */
  | { readonly kind: 'bend'; readonly bend: number }
  | { readonly kind: 'route'; readonly corners: readonly Point[] }

const NONE: Detour = { kind: 'none' }
/** A curve that bends further leads the eye astray more than a few corners do. */
const FLAT_BEND = 96
/** Distances of the corners from the genes: edges around the same gene lie beside each other where there is room. */
const ROOMS = [3, 6, 9] as const
/** between genes that stand close */
const LEAST_ROOM = 0.5
/** A way that is longer than the straight line by less is short. */
const SHORT = 1.25

/**
 * The detour of an edge that would run behind a gene it has nothing to do with: straight through A, B and C in a row,
 * A → C would look like A → B and B → C. A flat curve where one is free, else a route over corners, else a deep curve; an
 * edge stays straight when its way is free, or when nothing frees it (a gene that lies on another).
 */
export function detourOf({ source, target }: DrawnEdge, nodes: readonly NodeBox[]): Detour {
  const [i, j] = [nodes.findIndex(({ id }) => id === source), nodes.findIndex(({ id }) => id === target)]
  const [from, to] = [nodes[i], nodes[j]]
  if (!from || !to || (from.x === to.x && from.y === to.y)) return NONE
  const blocking = nodes.find(
    (node) => node !== from && node !== to && crosses(from.x, from.y, to.x, to.y, node),
  )
  if (!blocking) return NONE
  const bend = freeBend(from, to, nodes, blocking)
  if (bend !== null && Math.abs(bend) <= FLAT_BEND) return { kind: 'bend', bend }
  const room = ROOMS[(2 * i + j) % ROOMS.length]!
  const corners = routeBetween(from, to, nodes, room)
  if (corners) return { kind: 'route', corners }
  return bend === null ? NONE : { kind: 'bend', bend }
}

/** A route with room beside the genes; close to them where that is much shorter. */
function routeBetween(from: NodeBox, to: NodeBox, nodes: readonly NodeBox[], room: number): Point[] | null {
  const wide = routeAround(from, to, nodes, room)
  const length = wide ? lengthOf([from, ...wide, to]) : Infinity
  if (length < SHORT * lengthOf([from, to])) return wide
  const close = routeAround(from, to, nodes, LEAST_ROOM)
  return close && SHORT * lengthOf([from, ...close, to]) < length ? close : wide
}

const lengthOf = (points: readonly Point[]): number =>
  points.slice(1).reduce((sum, { x, y }, at) => sum + Math.hypot(x - points[at]!.x, y - points[at]!.y), 0)

/** More edges than this are a texture, followed by nobody's eye; detours would only cost frames. */
const MOST_EDGES = 400

/** The detours of every edge, by its name; none where there are too many edges. */
export function detoursOf(edges: readonly NamedEdge[], nodes: readonly NodeBox[]): Map<string, Detour> {
  const sorted = inOrder(nodes)
  return new Map(edges.length > MOST_EDGES ? [] : edges.map((edge) => [edge.id, detourOf(edge, sorted)]))
}

export interface Detours {
  /** Takes over what was worked out elsewhere for these genes. */
  readonly know: (nodes: readonly NodeBox[], detours: ReadonlyMap<string, Detour>) => void
  /** What the stylesheet is to read, of each edge in turn. */
  readonly shapes: (edges: readonly NamedEdge[], nodes: readonly NodeBox[]) => ShapeData[]
}

/** Of one drawing. While no gene moves, an edge keeps its detour: a threshold that is dragged asks for each edge once. */
export function createDetours(): Detours {
  /** of the genes, as text */
  let places = ''
  let known = new Map<string, Detour>()

  return {
    know: (nodes, detours) => {
      places = JSON.stringify(inOrder(nodes))
      known = new Map(detours)
    },
    shapes: (edges, nodes) => {
      const sorted = inOrder(nodes)
      const now = JSON.stringify(sorted)
      if (now !== places) known = new Map()
      places = now
      const boxOf = new Map(nodes.map((node) => [node.id, node]))
      const tooMany = edges.length > MOST_EDGES
      return edges.map((edge) => {
        const detour = tooMany ? NONE : (known.get(edge.id) ?? detourOf(edge, sorted))
        if (!tooMany) known.set(edge.id, detour)
        return shapeOf(detour, boxOf.get(edge.source), boxOf.get(edge.target))
      })
    },
  }
}

/** The room of a route depends on the order of the genes: the same drawing has the same routes, however it came about. */
const inOrder = (nodes: readonly NodeBox[]): NodeBox[] =>
  nodes.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))

/** What the stylesheet reads; `shape` tells whether anything has changed. */
export interface ShapeData {
  readonly shape: string
  readonly bend?: number
  readonly weights?: readonly number[]
  readonly distances?: readonly number[]
}

function shapeOf(detour: Detour, from: Point | undefined, to: Point | undefined): ShapeData {
  if (detour.kind === 'none' || !from || !to) return { shape: '' }
  if (detour.kind === 'bend') return { shape: `bend ${detour.bend}`, bend: detour.bend }
  const { weights, distances } = alongAndBeside(detour.corners, from, to)
  return { shape: `route ${weights.join(' ')} ${distances.join(' ')}`, weights, distances }
}

/** Points as shares of the way from one gene to the other, and distances beside it, positive to the right where y points down. */
export function alongAndBeside(
  points: readonly Point[],
  from: Point,
  to: Point,
): { weights: number[]; distances: number[] } {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy)
  return {
    weights: points.map(({ x, y }) => ((x - from.x) * dx + (y - from.y) * dy) / length ** 2),
    distances: points.map(({ x, y }) => ((y - from.y) * dx - (x - from.x) * dy) / length),
  }
}
