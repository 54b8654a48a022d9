import { layoutNetwork } from '../figures/network-layout'
import type { ExportNetwork } from './network'

/** Above this a layered drawing takes long and shows nothing; programs lay such a graph out themselves. */
const MOST_EDGES = 400
const BOX = { width: 90, height: 36 }
const GAP = 24
const PER_ROW = 8

/**
 * Centres of the nodes by number of the gene, layered from causes to effects, unconnected genes in rows below. null for a
 * graph that is too large for it.
 */
export function positionsOf({ nodes, edges }: ExportNetwork): Map<number, { x: number; y: number }> | null {
  if (edges.length > MOST_EDGES) return null
  const connected = new Set(edges.flatMap((edge) => [edge.source, edge.target]))
  const drawn = nodes.filter((node) => connected.has(node.gene))
  const layout = layoutNetwork(
    drawn.map((node) => ({ id: String(node.gene), ...BOX })),
    edges.map((edge) => ({ source: String(edge.source), target: String(edge.target) })),
  )
  const positions = new Map<number, { x: number; y: number }>()
  for (const [id, [x, y]] of layout.positions) positions.set(Number(id), { x: rounded(x), y: rounded(y) })
  const top = drawn.length > 0 ? layout.height + 2 * GAP : 0
  nodes
    .filter((node) => !connected.has(node.gene))
    .forEach((node, index) => {
      const [column, row] = [index % PER_ROW, Math.floor(index / PER_ROW)]
      positions.set(node.gene, {
        x: rounded((column + 0.5) * (BOX.width + GAP)),
        y: rounded(top + (row + 0.5) * (BOX.height + GAP)),
      })
    })
  return positions
}

const rounded = (value: number): number => Number(value.toFixed(2))
