import type { Point } from '../../services/point'
import { CLEARANCE, crosses, type NodeBox } from './node-box'

/** Offsets of the control point that are tried, the smallest first; the curve itself bends half as far. */
const STEP = 16
const MOST_STEPS = 16
/** Points of a curve that are looked at; a gene is some 28 high and most curves are shorter than 600. */
const SAMPLES = 32

/**
 * The flattest bend with which an edge clears all genes but its own. The bend is the distance of the control point of a
 * quadratic curve from the middle between both genes, positive to the right of source → target where y points down; the
 * two edges of a pair try different sides first.
 * Cost: at most 32 curves; of a curve only genes whose box meets the box around it are looked at, first the one that was
 * in the way of the curve before.
 *
 * @param blocking a gene that the straight line meets
 * @returns null when no bend of up to 256 frees it
 */
export function freeBend(
  from: NodeBox,
  to: NodeBox,
  nodes: readonly NodeBox[],
  blocking: NodeBox,
): number | null {
  const curve = createCurve()
  let inTheWay = blocking
  for (let step = 1; step <= MOST_STEPS; step++)
    for (const bend of [step * STEP, -step * STEP]) {
      bendCurve(curve, from, to, bend)
      if (meets(curve, inTheWay)) continue
      const next = nodes.find((node) => node !== from && node !== to && meets(curve, node))
      if (!next) return bend
      inTheWay = next
    }
  return null
}

/** A quadratic curve as its points, and the box around them; made once and filled for every bend. */
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
    const a = (1 - t) * (1 - t)
    const b = 2 * t * (1 - t)
    const c = t * t
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
