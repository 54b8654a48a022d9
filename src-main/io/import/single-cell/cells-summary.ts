import type { DetectedCells } from '../../../../src-shared/contract/dataset-summary'
import type { Bounds } from './cell-quality'
import type { CellSource } from './cell-source'
import type { Groups } from './cell-groups'

/** more experiments are not listed one by one */
const MOST_LISTED = 200
const MOST_COLUMNS = 50
/** numbers are held twice while the data set is assembled, 8 bytes each */
const BYTES = 16

interface Choices {
  readonly mode: DetectedCells['mode']
  readonly bounds: Bounds
  /** [cells] 1 = good enough */
  readonly kept: Uint8Array
  readonly replicateColumn: string | null
  readonly cap: number
}

/** What became of the cells, experiment by experiment, and what each way of using them takes. */
export function cellsSummary(
  source: CellSource,
  labels: readonly string[] | null,
  { experiments, experimentOf, groups }: Groups,
  { mode, bounds, kept, replicateColumn, cap }: Choices,
): DetectedCells {
  const cells = new Map<string, number>()
  for (const label of labels ?? []) if (label !== '') cells.set(label, (cells.get(label) ?? 0) + 1)
  const good = new Int32Array(experiments.length)
  for (const experiment of experimentOf) if (experiment >= 0) good[experiment]!++
  const samples = experiments.map((_, at) =>
    mode === 'sample'
      ? Math.min(cap, good[at]!)
      : groups.filter(({ experiment }) => experiment === at).length,
  )
  const known = experiments.map((name, at) => ({
    name,
    cells: cells.get(name) ?? source.cells.length,
    kept: good[at]!,
    samples: samples[at]!,
  }))
  const gone = [...cells].filter(([name]) => !experiments.includes(name))
  const genes = source.genes.length
  return {
    mode,
    replicateColumn,
    columns: source.columns.slice(0, MOST_COLUMNS),
    bounds,
    experiments: [
      ...known,
      ...gone.map(([name, count]) => ({ name, cells: count, kept: 0, samples: 0 })),
    ].slice(0, MOST_LISTED),
    total: source.cells.length,
    kept: kept.reduce((sum, each) => sum + each, 0),
    memoryBytes: {
      pseudobulk: groups.length * genes * BYTES,
      sample: good.reduce((sum, count) => sum + Math.min(cap, count), 0) * genes * BYTES,
      all: source.cells.length * genes * BYTES,
    },
  }
}
