import type { EdgeRow } from '../../services/edge-list'
import type { Point } from '../../services/point'
import { NODE_HEIGHT } from './graph-elements'

const GAP = 26
/** Rings are wide and low like the genes on them. */
const FLATTEN = 0.55

/**
 * Rings around the genes with the most effects: out-degree sorts the genes, and every ring takes as many as it has room
 * for. Genes of the same degree keep the order of the data.
 */
export function concentricLayout(
  genes: readonly string[],
  rows: readonly EdgeRow[],
  widthOf: (gene: string) => number,
): Map<string, Point> {
  const effects = new Map<string, number>()
  for (const { source } of rows) effects.set(source, (effects.get(source) ?? 0) + 1)
  const ordered = genes
    .map((gene, index) => ({ gene, index, effects: effects.get(gene) ?? 0 }))
    .sort((a, b) => b.effects - a.effects || a.index - b.index)
  const positions = new Map<string, Point>()
  const step = Math.max(NODE_HEIGHT / FLATTEN, ...genes.map(widthOf)) + GAP
  let radius = 0
  let at = 0
  while (at < ordered.length) {
    const circumference = 2 * Math.PI * radius
    const ring: string[] = []
    let used = 0
    while (at < ordered.length) {
      const { gene } = ordered[at]!
      const needed = Math.max(widthOf(gene), NODE_HEIGHT / FLATTEN) + GAP
      if (ring.length > 0 && used + needed > circumference) break
      ring.push(gene)
      used += needed
      at++
    }
    ring.forEach((gene, index) => {
      const angle = (2 * Math.PI * index) / ring.length - Math.PI / 2
      positions.set(gene, {
        x: Math.round(radius * Math.cos(angle)),
        y: Math.round(radius * Math.sin(angle) * FLATTEN),
      })
    })
    radius += step
  }
  return positions
}
