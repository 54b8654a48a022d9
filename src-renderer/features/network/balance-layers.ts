import type { Point } from '../../services/point'

/** A picture of layers that is wider than this share of its canvas is brought nearer to the shape of the canvas. */
const FLAT = 2
/** Layers are at most this many times as far apart as they were. */
const MOST_STRETCH = 6
/** Room in the fullest layer beyond what its genes need. */
const SLACK = 1.2

/**
 * Layers of many genes are wide and low: fitted to the canvas, their edges lie flat upon each other. They are brought
 * together sideways as far as the fullest layer allows, and apart from each other until the picture has the shape of the
 * canvas. The order in a layer stays, and no gene covers another.
 *
 * @param places middle of every gene; genes of one layer have the same height
 * @param aspect width of the canvas as a share of its height
 * @param room width of a gene with the gap to the next
 */
export function balanceLayers(
  places: Map<string, Point>,
  aspect: number,
  room: (gene: string) => number,
): void {
  const layers = new Map<number, string[]>()
  for (const [gene, { y }] of places) layers.set(y, [...(layers.get(y) ?? []), gene])
  const xs = [...places.values()].map(({ x }) => x)
  const width = Math.max(...xs) - Math.min(...xs)
  const height = Math.max(...layers.keys()) - Math.min(...layers.keys())
  if (layers.size < 2 || width <= FLAT * aspect * height) return
  const fullest = Math.max(
    ...[...layers.values()].map((genes) => genes.reduce((sum, gene) => sum + room(gene), 0)),
  )
  const narrower = Math.min(1, Math.max((fullest * SLACK) / width, Math.sqrt((aspect * height) / width)))
  const higher = Math.min(MOST_STRETCH, (width * narrower) / (aspect * height))
  for (const genes of layers.values()) {
    genes.sort((a, b) => places.get(a)!.x - places.get(b)!.x)
    const wanted = genes.map((gene) => places.get(gene)!.x * narrower)
    const at = apart(wanted, genes.map(room))
    genes.forEach((gene, index) =>
      places.set(gene, { x: at[index]!, y: Math.max(1, higher) * places.get(gene)!.y }),
    )
  }
}

/**
 * Places in one row, in their order, with room between neighbours: those that are pressed together stand around the middle
 * of where they wanted to be (blocks, as the pool-adjacent-violators algorithm makes them).
 */
function apart(wanted: readonly number[], rooms: readonly number[]): number[] {
  const blocks: { first: number; count: number; sum: number; offsets: number[] }[] = []
  wanted.forEach((x, index) => {
    blocks.push({ first: index, count: 1, sum: x, offsets: [0] })
    for (;;) {
      const [left, right] = [blocks.at(-2), blocks.at(-1)!]
      if (!left) break
      const gap = (rooms[right.first - 1]! + rooms[right.first]!) / 2
      const step = left.offsets.at(-1)! + gap
      if (left.sum / left.count + step <= right.sum / right.count) break
      left.offsets.push(...right.offsets.map((offset) => offset + step))
      left.sum += right.sum - right.count * step
      left.count += right.count
      blocks.pop()
    }
  })
  return blocks.flatMap(({ sum, count, offsets }) => offsets.map((offset) => sum / count + offset))
}
