import { calibrationBins, calibrationError, logLoss } from '../../core/metrics'
import { groupBy } from './group-by'
import type { CellRow, DatasetRow, HeadlineRow, Means, PooledCalibration, PooledRow } from './report'
import type { ScoredDataset, ScoredPredictions } from './score-result'

const POOL_ABOVE = 0.05
/** The families and sizes of the headline table; see docs/benchmark.md. */
const HEADLINE_FAMILIES = new Set(['lin', 'anm', 'grn'])
const HEADLINE_GENES = new Set([10, 20])

export function isHeadline(cell: { readonly family: string; readonly genes: number }): boolean {
  return HEADLINE_FAMILIES.has(cell.family) && HEADLINE_GENES.has(cell.genes)
}

/** Means per family × genes × samples, in the order in which the cells first occur. */
export function cellRows(rows: readonly DatasetRow[]): CellRow[] {
  const key = (row: DatasetRow): string => `${row.family}/${row.genes}/${row.samplesPerEnvironment}`
  return [...groupBy(rows, key).values()].map((members) => ({
    family: members[0]!.family,
    genes: members[0]!.genes,
    samplesPerEnvironment: members[0]!.samplesPerEnvironment,
    ...means(members),
  }))
}

export function headlineRows(rows: readonly DatasetRow[]): HeadlineRow[] {
  const groups = groupBy(rows.filter(isHeadline), (row) => row.samplesPerEnvironment)
  return [...groups]
    .map(([samplesPerEnvironment, members]) => ({ samplesPerEnvironment, ...means(members) }))
    .sort((a, b) => a.samplesPerEnvironment - b.samplesPerEnvironment)
}

/** Calibration of the predictions of all studies of a family and number of samples taken together. */
export function pooledRows(scored: readonly ScoredDataset[]): PooledRow[] {
  const key = ({ row }: ScoredDataset): string => `${row.family}/${row.samplesPerEnvironment}`
  const groups = [...groupBy(scored, key).values()].map((members) => ({
    family: members[0]!.row.family,
    samplesPerEnvironment: members[0]!.row.samplesPerEnvironment,
    ...poolStudies(members),
  }))
  if (groups.length < 2) return groups
  return [...groups, { family: 'all', samplesPerEnvironment: null, ...poolStudies(scored) }]
}

function poolStudies(members: readonly ScoredDataset[]): Pick<PooledRow, 'studies' | 'targets' | 'edges'> {
  return {
    studies: members.length,
    targets: pool(
      members.map((member) => member.targets),
      members.map((member) => member.row.targets),
    ),
    edges: pool(
      members.map((member) => member.edges),
      members.map((member) => member.row.edges),
    ),
  }
}

function pool(
  predictions: readonly ScoredPredictions[],
  lists: readonly { readonly listed: number; readonly listedFalse: number }[],
): PooledCalibration {
  const labels = Uint8Array.from(predictions.flatMap((part) => [...part.labels]))
  const probability = Float64Array.from(predictions.flatMap((part) => [...part.probability]))
  const bins = calibrationBins(labels, probability, POOL_ABOVE)
  const listed = lists.reduce((sum, list) => sum + list.listed, 0)
  const listedFalse = lists.reduce((sum, list) => sum + list.listedFalse, 0)
  return {
    bins,
    calibrationError: calibrationError(bins),
    logLoss: logLoss(labels, probability),
    listed,
    realisedFdr: listedFalse / listed,
  }
}

function means(rows: readonly DatasetRow[]): Means {
  const mean = (metric: (row: DatasetRow) => number): number => meanOfDefined(rows.map(metric))
  return {
    runs: rows.length,
    targetAuroc: mean((row) => row.targets.auroc),
    targetAuprc: mean((row) => row.targets.auprc),
    topOne: mean((row) => row.targets.topOne),
    targetCalibration: mean((row) => row.targets.calibrationError),
    edgeAuroc: mean((row) => row.edges.auroc),
    edgeAuprc: mean((row) => row.edges.auprc),
    distance: mean((row) => row.edges.distance),
    edgeCalibration: mean((row) => row.edges.calibrationError),
    seconds: mean((row) => row.seconds),
  }
}

/** Mean of the values that are defined (a study without edges has no edge AUPRC); NaN when none is. */
export function meanOfDefined(values: readonly number[]): number {
  const defined = values.filter((value) => !Number.isNaN(value))
  return defined.reduce((sum, value) => sum + value, 0) / defined.length
}
