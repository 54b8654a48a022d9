/** A gene as it is drawn: its middle and half of its sides, in the unit of the layout. */
export interface NodeBox {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly halfWidth: number
  readonly halfHeight: number
}

/** A gene that is drawn, before it has a place. */
export type BoxSize = Omit<NodeBox, 'x' | 'y'>

export interface DrawnEdge {
  readonly source: string
  readonly target: string
}

/** An edge under the name of its element. */
export interface NamedEdge extends DrawnEdge {
  readonly id: string
}

/** Distance an edge keeps from a gene it does not touch. */
export const CLEARANCE = 4

/** Whether the segment comes closer to the box than allowed (slabs; Kay and Kajiya 1986). */
export function crosses(x1: number, y1: number, x2: number, y2: number, box: NodeBox): boolean {
  const width = box.halfWidth + CLEARANCE
  const height = box.halfHeight + CLEARANCE
  const left = box.x - width
  const right = box.x + width
  const top = box.y - height
  const bottom = box.y + height
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
