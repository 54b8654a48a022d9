import type { ResultView } from '../../../src-shared/contract/result-view'
import {
  entryKey,
  type ConstraintEntry,
  type ConstraintKind,
} from '../../../src-shared/domain/constraint-entries'
import type { TableColumn } from '../../components/table-column'
import { formatProbability, text } from '../../strings'

/** One row of the list of constraints. */
export interface ConstraintRow {
  readonly id: string
  readonly entry: ConstraintEntry
  readonly kind: ConstraintKind
  readonly about: string
  /** of the edge in the run on screen; NaN for statements about genes and genes that the run does not know */
  readonly probability: number
  /** the run on screen already had the statement */
  readonly inRun: boolean
  readonly contradicts: boolean
  readonly note: string
}

export function constraintRow(
  entry: ConstraintEntry,
  view: ResultView,
  known: { inRun: ReadonlySet<string>; contradicting: ReadonlySet<string>; note: string },
): ConstraintRow {
  const key = entryKey(entry)
  const edge = 'edge' in entry ? entry.edge : null
  const [i, j] = edge ? [view.genes.indexOf(edge.source), view.genes.indexOf(edge.target)] : [-1, -1]
  return {
    id: key,
    entry,
    kind: entry.kind,
    about: edge ? `${edge.source} → ${edge.target}` : 'gene' in entry ? entry.gene : '',
    probability: i < 0 || j < 0 ? NaN : view.edges.probability[i * view.genes.length + j]!,
    inRun: known.inRun.has(key),
    contradicts: known.contradicting.has(key),
    note: known.note,
  }
}

const words = text.constraints

export const kindText = ({ entry }: ConstraintRow): string =>
  entry.kind === 'tier' ? words.tierNumber(entry.tier) : words.kinds[entry.kind]

export const CONSTRAINT_COLUMNS: readonly TableColumn<ConstraintRow>[] = [
  {
    key: 'about',
    label: words.about,
    width: '150px',
    italic: true,
    value: (row) => row.about,
    sortBy: (row) => row.about,
  },
  { key: 'kind', label: words.kind, width: '112px', value: kindText, sortBy: kindText },
  {
    key: 'inRun',
    label: words.inRun,
    width: '110px',
    help: words.inRunHelp,
    value: (row) => (Number.isNaN(row.probability) ? '' : formatProbability(row.probability)),
    sortBy: (row) => row.probability,
    descendingFirst: true,
  },
  {
    key: 'since',
    label: words.since,
    width: '100px',
    value: (row) => (row.inRun ? words.thisRun : words.nextRun),
    sortBy: (row) => (row.inRun ? 0 : 1),
  },
  { key: 'note', label: words.note, width: '144px', value: (row) => row.note, sortBy: (row) => row.note },
  { key: 'remove', label: '', width: '52px', value: () => '' },
]
