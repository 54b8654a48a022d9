import type { TableColumn } from '../../components/table-column'
import { leadingTargetColumns } from '../../components/target-columns'
import type { EdgeRow } from '../../services/edge-list'
import { STATUS_ORDER, statusOf, type TargetRow } from '../../services/target-list'
import { formatInterval, formatNumber, formatProbability, formatSigned, text } from '../../strings'

const edges = text.edges
const targets = text.targets

export const EDGE_COLUMNS: readonly TableColumn<EdgeRow>[] = [
  {
    key: 'source',
    label: edges.cause,
    width: '72px',
    italic: true,
    value: (row) => row.source,
    sortBy: (row) => row.source,
  },
  {
    key: 'target',
    label: edges.effect,
    width: '72px',
    italic: true,
    value: (row) => row.target,
    sortBy: (row) => row.target,
  },
  {
    key: 'sign',
    label: edges.sign,
    width: '86px',
    value: (row) => edges.signs[row.sign],
    sortBy: (row) => row.sign,
  },
  {
    key: 'probability',
    label: edges.probability,
    width: '114px',
    value: (row) => formatProbability(row.probability),
    raw: (row) => row.probability,
    sortBy: (row) => row.logOdds,
    descendingFirst: true,
  },
  {
    key: 'effect',
    label: edges.sizeInterval,
    width: '174px',
    right: true,
    value: (row) =>
      Number.isNaN(row.effect)
        ? '–'
        : `${formatSigned(row.effect)} (${formatInterval(row.effectLow, row.effectHigh)})`,
    sortBy: (row) => row.effect,
    descendingFirst: true,
    help: text.inspector.effectUnit,
  },
  {
    key: 'chains',
    label: edges.chains,
    width: '72px',
    help: edges.chainsHelp,
    right: true,
    value: (row) => (Number.isNaN(row.effect) ? '–' : formatNumber(row.chainDifference)),
    sortBy: (row) => row.chainDifference,
    descendingFirst: true,
  },
  {
    key: 'mark',
    label: edges.constraint,
    width: '82px',
    value: (row) => row.mark,
    sortBy: (row) => row.mark,
    descendingFirst: true,
  },
]

export const TARGET_COLUMNS: readonly TableColumn<TargetRow>[] = [
  ...leadingTargetColumns({ rank: 38, environment: 100, gene: 68, probability: 114 }),
  {
    key: 'kind',
    label: targets.kind,
    width: '68px',
    help: targets.kindHelp,
    value: (row) => targets.kinds[row.kind],
    sortBy: (row) => row.kind,
  },
  {
    key: 'fdr',
    label: targets.listFdr,
    width: '68px',
    right: true,
    value: (row) => formatProbability(row.listFdr),
    raw: (row) => row.listFdr,
    sortBy: (row) => row.listFdr,
  },
  {
    key: 'observed',
    label: targets.observed,
    width: '80px',
    right: true,
    value: (row) => formatSigned(row.observedShift),
    raw: (row) => row.observedShift,
    sortBy: (row) => row.observedShift,
    descendingFirst: true,
    help: targets.observedHelp,
  },
  {
    key: 'predicted',
    label: targets.predicted,
    width: '72px',
    right: true,
    value: (row) => formatSigned(row.predictedShift),
    raw: (row) => row.predictedShift,
    sortBy: (row) => row.predictedShift,
    descendingFirst: true,
    help: targets.predictedHelp,
  },
  {
    key: 'status',
    label: targets.status,
    width: '72px',
    value: (row) => targets[statusOf(row)],
    sortBy: (row) => STATUS_ORDER[statusOf(row)],
  },
]

export interface SampleRow {
  readonly id: string
  readonly name: string
  readonly environment: string
}

export const SAMPLE_COLUMNS: readonly TableColumn<SampleRow>[] = [
  { key: 'name', label: text.experiments.sample, value: (row) => row.name, sortBy: (row) => row.name },
  {
    key: 'environment',
    label: text.experiments.experiment,
    value: (row) => row.environment || text.experiments.leftOut,
    sortBy: (row) => row.environment,
  },
]
