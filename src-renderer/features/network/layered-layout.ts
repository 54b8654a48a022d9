import { Graph, layout } from '@dagrejs/dagre'
import type { Point } from '../../services/point'
import { balanceLayers } from './balance-layers'
import { edgeKey, NODE_HEIGHT, nodeKey, nodeWidth } from './graph-elements'
import { layoutEdges, type LayoutEdge } from './layout-edges'

const GAP = 14

/** Layers from causes to effects for the joined genes, rows of the others below. */
export function layeredLayout(
  genes: readonly string[],
  rows: readonly LayoutEdge[],
  aspect: number,
): Map<string, Point> {
  const edges = layoutEdges(rows, genes.length)
  const inEdge = new Set(edges.flatMap((edge) => [edge.source, edge.target]))
  const joined = genes.filter((gene) => inEdge.has(gene))
  const graph = new Graph({ multigraph: true, compound: true })
  graph.setGraph({ rankdir: 'TB', nodesep: GAP, edgesep: 10, ranksep: 48, ranker: 'network-simplex' })
  for (const gene of joined) graph.setNode(nodeKey(gene), { width: nodeWidth(gene), height: NODE_HEIGHT })
  for (const { id, source, target, probability } of edges) {
    // Whole numbers: rounding errors in its sums make the network simplex look for an edge that does not exist.
    const weight = 1 + Math.round(4 * probability)
    graph.setEdge(nodeKey(source), nodeKey(target), { minlen: 1, weight }, edgeKey(id))
  }
  if (joined.length > 0) layout(graph)
  const positions = new Map<string, Point>()
  for (const gene of joined) {
    const { x, y } = graph.node(nodeKey(gene)) as Point
    positions.set(gene, { x, y })
  }
  balanceLayers(positions, aspect, (gene) => nodeWidth(gene) + GAP)
  placeRows(
    positions,
    genes.filter((gene) => !inEdge.has(gene)),
    aspect,
  )
  return positions
}

/** Genes without a credible edge, in rows under the layers. */
function placeRows(positions: Map<string, Point>, lonely: readonly string[], aspect: number): void {
  const placed = [...positions.values()]
  const left = Math.min(0, ...placed.map((point) => point.x))
  const right = Math.max(0, ...placed.map((point) => point.x))
  const bottom = placed.length > 0 ? Math.max(...placed.map((point) => point.y)) + 64 : 0
  const cell = Math.max(0, ...lonely.map(nodeWidth)) + GAP
  const width = Math.max(right - left, Math.sqrt(lonely.length * cell * (NODE_HEIGHT + GAP) * aspect))
  const perRow = Math.max(1, Math.floor(width / Math.max(1, cell)))
  lonely.forEach((gene, index) => {
    const inRow = Math.min(perRow, lonely.length)
    const x = (left + right) / 2 + ((index % perRow) - (inRow - 1) / 2) * cell
    positions.set(gene, { x, y: bottom + Math.floor(index / perRow) * (NODE_HEIGHT + GAP) })
  })
}
