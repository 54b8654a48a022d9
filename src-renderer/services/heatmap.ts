import { clusterRows, treeBars, type TreeBar } from './cluster'
import type { HeatmapRow, TargetRow } from './target-list'

export const HEATMAP_ORDERS = ['given', 'clustered', 'name'] as const
/** `given`: genes by their best probability, experiments as in the data */
export type HeatmapOrder = (typeof HEATMAP_ORDERS)[number]

export interface HeatmapChoice {
  readonly genes: HeatmapOrder
  readonly experiments: HeatmapOrder
  /** the genes with the best probabilities; 0 = all */
  readonly top: number
  /** words that a gene's name must hold one of */
  readonly filter: string
  /** genes and experiments with a target only */
  readonly onlyTargets: boolean
}

export interface ArrangedHeatmap {
  readonly rows: readonly HeatmapRow[]
  readonly environments: readonly string[]
  /** empty unless that side is clustered */
  readonly rowTree: readonly TreeBar[]
  readonly columnTree: readonly TreeBar[]
}

const byName = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })

/**
 * The heatmap as chosen: filtered, cut to the best genes, then ordered. Clustering compares probabilities (Euclidean,
 * average linkage), of what is shown only.
 *
 * @param rows by best probability, cells in the order of `environments`
 */
export function arrangeHeatmap(
  rows: readonly HeatmapRow[],
  environments: readonly string[],
  choice: HeatmapChoice,
): ArrangedHeatmap {
  const words = choice.filter
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean)
  let kept = rows.filter(
    ({ gene, cells }) =>
      (words.length === 0 || words.some((word) => gene.toLowerCase().includes(word))) &&
      (!choice.onlyTargets || cells.some((cell) => cell.isTarget)),
  )
  if (choice.top > 0) kept = kept.slice(0, choice.top)
  const columns = environments
    .map((_, index) => index)
    .filter((index) => !choice.onlyTargets || kept.some(({ cells }) => cells[index]?.isTarget))
  const value = (cell: TargetRow | undefined): number => cell?.probability ?? NaN

  const geneOrder = order(
    choice.genes,
    kept.map((row) => row.gene),
    () => kept.map(({ cells }) => columns.map((column) => value(cells[column]))),
  )
  const columnOrder = order(
    choice.experiments,
    columns.map((column) => environments[column]!),
    () => columns.map((column) => kept.map(({ cells }) => value(cells[column]))),
  )
  const shown = columnOrder.order.map((at) => columns[at]!)
  return {
    rows: geneOrder.order.map((at) => ({
      gene: kept[at]!.gene,
      cells: shown.map((column) => kept[at]!.cells[column]!),
    })),
    environments: shown.map((column) => environments[column]!),
    rowTree: geneOrder.tree,
    columnTree: columnOrder.tree,
  }
}

function order(
  by: HeatmapOrder,
  names: readonly string[],
  profiles: () => readonly number[][],
): { order: readonly number[]; tree: readonly TreeBar[] } {
  const given = names.map((_, index) => index)
  if (by === 'name') return { order: given.sort((a, b) => byName(names[a]!, names[b]!)), tree: [] }
  if (by === 'given' || names.length < 2) return { order: given, tree: [] }
  const clustering = clusterRows(profiles())
  return { order: clustering.order, tree: treeBars(clustering) }
}
