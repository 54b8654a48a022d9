import type { TableColumn } from '../../components/table-column'
import type { EdgeChange, TargetChange } from '../../services/run-diff'
import { formatProbability, formatSigned, text } from '../../strings'

const words = text.compare
const ARROWS = { activates: '→', inhibits: '⊣', unknown: '–●' } as const

const probability = (value: number): string => (Number.isNaN(value) ? '–' : formatProbability(value))

/** The columns that edges and targets have in common; the names of the runs are their titles. */
function changes<T extends EdgeChange | TargetChange>(before: string, after: string): TableColumn<T>[] {
  return [
    {
      key: 'before',
      label: before,
      width: '120px',
      value: (row) => probability(row.before),
      sortBy: (row) => row.before,
      descendingFirst: true,
    },
    {
      key: 'after',
      label: after,
      width: '120px',
      value: (row) => probability(row.after),
      sortBy: (row) => row.after,
      descendingFirst: true,
    },
    {
      key: 'difference',
      label: words.difference,
      width: '90px',
      right: true,
      value: (row) => formatSigned(row.difference),
      sortBy: (row) => row.difference,
      descendingFirst: true,
    },
  ]
}

const kind = <T extends EdgeChange | TargetChange>(): TableColumn<T> => ({
  key: 'kind',
  label: words.change,
  width: '96px',
  value: (row) => `${words.marks[row.kind]} ${words.kinds[row.kind]}`,
  sortBy: (row) => row.kind,
})

export const edgeChangeColumns = (before: string, after: string): TableColumn<EdgeChange>[] => [
  kind(),
  {
    key: 'edge',
    label: words.edge,
    width: '160px',
    italic: true,
    value: (row) => `${row.source} ${ARROWS[row.sign]} ${row.target}`,
    sortBy: (row) => `${row.source} ${row.target}`,
  },
  ...changes<EdgeChange>(before, after),
  {
    key: 'reason',
    label: words.reason,
    width: '130px',
    help: words.reasonHelp,
    value: (row) => words.reasons[row.reason],
    sortBy: (row) => row.reason,
  },
]

export const targetChangeColumns = (before: string, after: string): TableColumn<TargetChange>[] => [
  kind(),
  {
    key: 'environment',
    label: words.experiment,
    width: '130px',
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
  ...changes<TargetChange>(before, after),
]
