import type { Core } from 'cytoscape'
import type { EdgeRow } from '../../services/edge-list'
import type { Point } from '../../services/point'
import { edgeKey, NODE_HEIGHT, nodeKey, nodeWidth } from './graph-elements'

const GAP = 14
/** The time of dagre grows faster than its edges: 150 among 300 genes take half a second, 600 take seven. */
const MOST_EDGES = 150

/** The edges the layered layout is made from: the credible ones, thinned so that layers stay readable. */
export function layoutEdges(rows: readonly EdgeRow[], genes: number): readonly EdgeRow[] {
  const credible = rows.filter((row) => row.probability >= 0.5)
  const base = credible.length > 0 ? credible : rows
  return base.slice(0, Math.min(MOST_EDGES, Math.max(20, genes * 2)))
}

/**
 * Layers from causes to effects for the joined genes, rows of the others below. Runs on a graph of its own,
 * so nothing on screen moves while it works.
 */
export function layeredLayout(
  scratch: Core,
  genes: readonly string[],
  rows: readonly EdgeRow[],
  aspect: number,
): Map<string, Point> {
  const edges = layoutEdges(rows, genes.length)
  const joined = new Set(edges.flatMap((edge) => [edge.source, edge.target]))
  scratch.elements().remove()
  scratch.add([
    ...genes
      .filter((gene) => joined.has(gene))
      .map((gene) => ({ data: { id: nodeKey(gene), gene, w: nodeWidth(gene) } })),
    ...edges.map((edge) => ({
      data: {
        id: edgeKey(edge.id),
        source: nodeKey(edge.source),
        target: nodeKey(edge.target),
        p: edge.probability,
      },
    })),
  ])
  const options = {
    name: 'dagre',
    rankDir: 'TB',
    nodeSep: GAP,
    edgeSep: 10,
    rankSep: 48,
    ranker: 'network-simplex',
    fit: false,
    animate: false,
    // Whole numbers: rounding errors in its sums make the network simplex look for an edge that does not exist.
    edgeWeight: (edge: { data(key: 'p'): number }) => 1 + Math.round(4 * edge.data('p')),
  }
  if (joined.size > 0) scratch.layout(options).run()
  const positions = new Map<string, Point>()
  scratch.nodes().forEach((node) => {
    positions.set(String(node.data('gene')), { ...node.position() })
  })
  placeRows(
    positions,
    genes.filter((gene) => !joined.has(gene)),
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
