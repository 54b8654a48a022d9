import type { NextCandidate, NextExperiments } from '../../../src-shared/domain/next-experiment'
import type { TableColumn } from '../../components/table-column'
import { formatNumber, formatPercent, text } from '../../strings'

export type NextRow = NextCandidate & { readonly id: string }

/** Columns of the genes to perturb next. */
export function nextColumns({ openBits }: Pick<NextExperiments, 'openBits'>): TableColumn<NextRow>[] {
  const { columns, ...words } = text.next
  return [
    {
      key: 'gene',
      label: columns.gene,
      width: '96px',
      italic: true,
      value: (row) => row.gene,
      sortBy: (row) => row.gene,
    },
    {
      key: 'gain',
      label: columns.gain,
      width: '160px',
      value: (row) => words.plusMinus(formatNumber(row.bits, 2), formatNumber(row.bitsError, 2)),
      raw: (row) => row.bits,
      sortBy: (row) => row.bits,
      descendingFirst: true,
      help: words.gainHelp,
    },
    {
      key: 'share',
      label: columns.share,
      width: '72px',
      right: true,
      value: (row) => formatPercent(row.bits / openBits),
      raw: (row) => row.bits / openBits,
      help: words.shareHelp,
    },
    {
      key: 'followers',
      label: columns.followers,
      width: '116px',
      right: true,
      value: (row) => formatNumber(row.followers, 1),
      raw: (row) => row.followers,
      sortBy: (row) => row.followers,
      descendingFirst: true,
      help: words.followersHelp,
    },
    {
      key: 'hitIn',
      label: columns.hitIn,
      width: '120px',
      value: (row) => row.hitIn.join(', '),
      help: words.hitInHelp,
    },
  ]
}
