import type { Point } from '../../services/point'

interface Box {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

/** Half the width of a badge with a hair of room, in pixels. */
const REACH = 10
/** Shares of the way along the edge, in the order they are tried. */
const SHARES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78] as const

/** A place on an edge by the share of the way along it. */
export type Way = (share: number) => Point

/** An edge as the quadratic curve through its ends and its middle; a straight one is flat. */
export function curveThrough(from: Point, middle: Point, to: Point): Way {
  const control = { x: 2 * middle.x - (from.x + to.x) / 2, y: 2 * middle.y - (from.y + to.y) / 2 }
  return (t) => {
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2]
    return { x: a * from.x + b * control.x + c * to.x, y: a * from.y + b * control.y + c * to.y }
  }
}

/** An edge in straight pieces. @param points at least two */
export function piecesThrough(points: readonly Point[]): Way {
  const lengths = points.slice(1).map(({ x, y }, at) => Math.hypot(x - points[at]!.x, y - points[at]!.y))
  const whole = lengths.reduce((sum, length) => sum + length, 0)
  return (share) => {
    let left = share * whole
    let piece = 0
    while (piece < lengths.length - 1 && left > lengths[piece]!) left -= lengths[piece++]!
    const [from, to] = [points[piece]!, points[piece + 1]!]
    const t = left / lengths[piece]!
    return { x: from.x + t * (to.x - from.x), y: from.y + t * (to.y - from.y) }
  }
}

/**
 * Where a badge sits on an edge: as near to its middle as it can without covering a gene.
 * @returns the middle itself when every place is covered
 */
export function freePlace(way: Way, boxes: readonly Box[]): Point {
  const free = SHARES.find((share) => !boxes.some((box) => covers(box, way(share))))
  return way(free ?? 0.5)
}

function covers(box: Box, at: Point): boolean {
  return at.x > box.x1 - REACH && at.x < box.x2 + REACH && at.y > box.y1 - REACH && at.y < box.y2 + REACH
}
