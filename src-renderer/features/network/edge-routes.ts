import type { Point } from '../../services/point'
import { CLEARANCE, crosses, type NodeBox } from './node-box'

/** What a corner costs, in the unit of the layout: a route with few corners is followed more easily than a short one. */
const CORNER_COST = 30
/** Genes that a route goes around at most; beyond, it could not be followed anyway. */
const MOST_OBSTACLES = 40

/**
 * The way of an edge around genes that it has nothing to do with: straight pieces from the middle of its cause over corners
 * outside the genes in the way to the middle of its effect, the shortest with each corner counted as 30.
 * Shortest paths in the visibility graph of the corners (Lozano-Pérez and Wesley, Commun. ACM 22, 560-570, 1979), in which
 * only genes that were found in the way are obstacles: a way that meets a further one makes that an obstacle too.
 *
 * @param room distance of the corners from the boxes, above `CLEARANCE`; edges with different rooms do not cover each other
 * @returns the corners, or null when there is no way or it is too long
 */
export function routeAround(
  from: NodeBox,
  to: NodeBox,
  nodes: readonly NodeBox[],
  room: number,
): Point[] | null {
  const others = nodes.filter((node) => node !== from && node !== to)
  const meeting = (a: Point, b: Point): NodeBox[] => others.filter((box) => crosses(a.x, a.y, b.x, b.y, box))
  const obstacles = new Set(meeting(from, to))
  while (obstacles.size <= MOST_OBSTACLES) {
    const path = shortestPath(from, to, [...obstacles], others, room)
    if (!path) return null
    const known = obstacles.size
    for (let at = 1; at < path.length; at++)
      for (const box of meeting(path[at - 1]!, path[at]!)) obstacles.add(box)
    if (obstacles.size === known) return path.slice(1, -1)
  }
  return null
}

/** A* over the ends and the corners of the obstacles; nothing but the obstacles blocks. */
function shortestPath(
  from: Point,
  to: Point,
  obstacles: readonly NodeBox[],
  others: readonly NodeBox[],
  room: number,
): Point[] | null {
  const places: Point[] = [
    { x: from.x, y: from.y },
    { x: to.x, y: to.y },
    ...obstacles
      .flatMap((box) => cornersOf(box, room))
      .filter((at) => !others.some((box) => crosses(at.x, at.y, at.x, at.y, box))),
  ]
  const left = places.map(({ x, y }) => Math.hypot(to.x - x, to.y - y))
  const cost = places.map((_, at) => (at === 0 ? 0 : Infinity))
  const before = places.map(() => -1)
  const open = new Set(places.keys())
  while (open.size > 0) {
    let at = -1
    for (const place of open) if (at < 0 || cost[place]! + left[place]! < cost[at]! + left[at]!) at = place
    if (cost[at] === Infinity) return null
    if (at === 1) return pathTo(at, before, places)
    open.delete(at)
    const here = places[at]!
    for (const next of open) {
      const there = places[next]!
      const sum = cost[at]! + Math.hypot(there.x - here.x, there.y - here.y) + CORNER_COST
      if (sum >= cost[next]!) continue
      if (obstacles.some((box) => crosses(here.x, here.y, there.x, there.y, box))) continue
      cost[next] = sum
      before[next] = at
    }
  }
  return null
}

function pathTo(end: number, before: readonly number[], places: readonly Point[]): Point[] {
  const path: Point[] = []
  for (let at = end; at >= 0; at = before[at]!) path.unshift(places[at]!)
  return path
}

function cornersOf(box: NodeBox, room: number): Point[] {
  const width = box.halfWidth + CLEARANCE + room
  const height = box.halfHeight + CLEARANCE + room
  return [-1, 1].flatMap((right) =>
    [-1, 1].map((down) => ({ x: box.x + right * width, y: box.y + down * height })),
  )
}
