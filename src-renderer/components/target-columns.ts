import { formatProbability, text } from '../strings'
import type { TableColumn } from './table-column'

const words = text.targets

/** What the leading columns show. */
export interface RankedTarget {
  readonly rank: number
  readonly environment: string
  readonly gene: string
  readonly probability: number
  readonly logOdds: number
}

/** Widths of the leading columns, in pixels. */
export interface LeadingWidths {
  readonly rank: number
  readonly environment: number
  readonly gene: number
  readonly probability: number
}

/** What every table of targets begins with: rank, experiment, gene and its probability. */
export const leadingTargetColumns = <Row extends RankedTarget>(width: LeadingWidths): TableColumn<Row>[] => [
  {
    key: 'rank',
    label: words.rank,
    width: `${width.rank}px`,
    right: true,
    value: (row) => String(row.rank),
    raw: (row) => row.rank,
    sortBy: (row) => row.rank,
  },
  {
    key: 'environment',
    label: words.experiment,
    width: `${width.environment}px`,
    value: (row) => row.environment,
    sortBy: (row) => row.environment,
  },
  {
    key: 'gene',
    label: words.gene,
    width: `${width.gene}px`,
    italic: true,
    value: (row) => row.gene,
    sortBy: (row) => row.gene,
  },
  {
    key: 'probability',
    label: words.probability,
    width: `${width.probability}px`,
    value: (row) => formatProbability(row.probability),
    raw: (row) => row.probability,
    sortBy: (row) => row.logOdds,
    descendingFirst: true,
  },
]
