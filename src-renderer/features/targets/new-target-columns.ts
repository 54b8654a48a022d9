import type { TableColumn } from '../../components/table-column'
import type { TargetRow } from '../../services/target-list'
import { formatNumber, formatProbability, formatSigned, text } from '../../strings'

const words = text.targets

/** Targets of a new experiment, which has no predictions to compare with before the network is learned again. */
export const NEW_TARGET_COLUMNS: readonly TableColumn<TargetRow>[] = [
  {
    key: 'rank',
    label: words.rank,
    width: '48px',
    right: true,
    value: (row) => String(row.rank),
    sortBy: (row) => row.rank,
  },
  {
    key: 'environment',
    label: words.experiment,
    width: '120px',
    value: (row) => row.environment,
    sortBy: (row) => row.environment,
  },
  {
    key: 'gene',
    label: words.gene,
    width: '100px',
    italic: true,
    value: (row) => row.gene,
    sortBy: (row) => row.gene,
  },
  {
    key: 'probability',
    label: words.probability,
    width: '150px',
    value: (row) => formatProbability(row.probability),
    sortBy: (row) => row.logOdds,
    descendingFirst: true,
  },
  {
    key: 'fdr',
    label: words.listFdr,
    width: '96px',
    right: true,
    value: (row) => formatNumber(row.listFdr),
    sortBy: (row) => row.listFdr,
  },
  {
    key: 'observed',
    label: words.observed,
    width: '96px',
    right: true,
    value: (row) => formatSigned(row.observedShift),
    sortBy: (row) => row.observedShift,
    descendingFirst: true,
  },
  {
    key: 'status',
    label: words.status,
    width: '86px',
    value: (row) =>
      Number.isNaN(row.probability) ? words.notMeasured : row.isTarget ? words.target : words.lead,
    sortBy: (row) => (row.isTarget ? 0 : 1),
  },
]
