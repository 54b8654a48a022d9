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

/**
 * Where a badge sits on an edge: as near to its middle as it can without covering a gene.
 * The edge is taken as the quadratic curve through its ends and its middle.
 * @returns the middle itself when every place is covered
 */
export function freePlace(from: Point, middle: Point, to: Point, boxes: readonly Box[]): Point {
  const control = { x: 2 * middle.x - (from.x + to.x) / 2, y: 2 * middle.y - (from.y + to.y) / 2 }
  for (const t of SHARES) {
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2]
    const at = {
      x: a * from.x + b * control.x + c * to.x,
      y: a * from.y + b * control.y + c * to.y,
    }
    if (!boxes.some((box) => covers(box, at))) return at
  }
  return { x: middle.x, y: middle.y }
}

function covers(box: Box, at: Point): boolean {
  return at.x > box.x1 - REACH && at.x < box.x2 + REACH && at.y > box.y1 - REACH && at.y < box.y2 + REACH
}
