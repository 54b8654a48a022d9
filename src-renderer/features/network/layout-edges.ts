import type { EdgeRow } from '../../services/edge-list'

/** The time of dagre grows faster than its edges: 150 among 300 genes take half a second, 600 take seven. */
const MOST_EDGES = 150

export type LayoutEdge = Pick<EdgeRow, 'id' | 'source' | 'target' | 'probability'>

/** The edges the layered layout is made from: the credible ones, thinned so that layers stay readable. */
export function layoutEdges<Row extends LayoutEdge>(rows: readonly Row[], genes: number): readonly Row[] {
  const credible = rows.filter((row) => row.probability >= 0.5)
  const base = credible.length > 0 ? credible : rows
  return base.slice(0, Math.min(MOST_EDGES, Math.max(20, genes * 2)))
}
