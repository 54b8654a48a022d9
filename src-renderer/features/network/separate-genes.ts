import type { Point } from '../../services/point'
import type { NodeBox } from './node-box'

/** Room that is left between two genes that were moved apart, in the unit of the layout. */
const GAP = 12
const ROUNDS = 80

/**
 * Moves genes apart that cover each other, and those that are then in the way: every round, each pair that covers goes
 * apart by what is missing and a gap, half of it each, in the direction in which less is missing. A pair with one middle
 * goes apart in the order of the list. Cost: ROUNDS · genes².
 *
 * @returns the new middles of the genes that moved
 */
export function separateGenes(boxes: readonly NodeBox[]): Map<string, Point> {
  const now = boxes.map(({ x, y }) => ({ x, y }))
  const moved = new Set<number>()
  for (let round = 0; round < ROUNDS; round++) {
    let covered = false
    for (let i = 0; i < boxes.length; i++)
      for (let j = i + 1; j < boxes.length; j++) {
        const [a, b] = [now[i]!, now[j]!]
        const wide = boxes[i]!.halfWidth + boxes[j]!.halfWidth - Math.abs(b.x - a.x)
        const high = boxes[i]!.halfHeight + boxes[j]!.halfHeight - Math.abs(b.y - a.y)
        if (wide <= 0 || high <= 0) continue
        covered = true
        moved.add(i).add(j)
        if (wide <= high) {
          const by = ((b.x < a.x ? -1 : 1) * (wide + GAP)) / 2
          a.x -= by
          b.x += by
        } else {
          const by = ((b.y < a.y ? -1 : 1) * (high + GAP)) / 2
          a.y -= by
          b.y += by
        }
      }
    if (!covered) break
  }
  return new Map([...moved].map((at) => [boxes[at]!.id, now[at]!]))
}
