import type { TableColumn } from '../../components/table-column'
import { leadingTargetColumns } from '../../components/target-columns'
import { STATUS_ORDER, statusOf, type TargetRow } from '../../services/target-list'
import { formatNumber, formatSigned, text } from '../../strings'

const words = text.targets

/** Targets of a new experiment, which has no predictions to compare with before the network is learned again. */
export const NEW_TARGET_COLUMNS: readonly TableColumn<TargetRow>[] = [
  ...leadingTargetColumns({ rank: 48, environment: 120, gene: 100, probability: 150 }),
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
    value: (row) => (Number.isNaN(row.probability) ? words.notMeasured : words[statusOf(row)]),
    sortBy: (row) => STATUS_ORDER[statusOf(row)],
  },
]
