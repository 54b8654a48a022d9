import type { TableColumn } from '../../components/table-column'
import type { WhatIfRow } from '../../services/what-if-rows'
import { formatInterval, formatProbability, formatSigned, text } from '../../strings'

/** Columns of the predicted shifts; the last one when an experiment is compared with. */
export function whatIfColumns(compared: string | null): TableColumn<WhatIfRow>[] {
  const { columns, ...words } = text.whatIf
  const signed = (value: number): string => (Number.isNaN(value) ? '' : formatSigned(value))
  return [
    {
      key: 'gene',
      label: columns.gene,
      width: '90px',
      italic: true,
      value: (row) => row.gene,
      sortBy: (row) => row.gene,
    },
    { key: 'plot', label: columns.plot, width: '160px', value: () => '', help: words.shiftHelp },
    {
      key: 'shift',
      label: columns.shift,
      width: '64px',
      right: true,
      value: (row) => signed(row.shift),
      raw: (row) => row.shift,
      sortBy: (row) => Math.abs(row.shift),
      descendingFirst: true,
      help: words.shiftHelp,
    },
    {
      key: 'interval',
      label: columns.interval,
      width: '124px',
      right: true,
      value: (row) => (row.acted ? words.acted : formatInterval(row.low, row.high)),
      help: words.intervalHelp,
    },
    {
      key: 'downstream',
      label: columns.downstream,
      width: '80px',
      right: true,
      value: (row) => (row.acted ? '' : formatProbability(row.downstream)),
      raw: (row) => row.downstream,
      sortBy: (row) => row.downstream,
      descendingFirst: true,
      help: words.downstreamHelp,
    },
    ...(compared === null
      ? []
      : [
          {
            key: 'observed',
            label: columns.observed(compared),
            width: '104px',
            right: true,
            value: (row: WhatIfRow) => signed(row.observed),
            raw: (row: WhatIfRow) => row.observed,
            sortBy: (row: WhatIfRow) => Math.abs(row.observed),
            descendingFirst: true,
            help: words.observedHelp,
          },
        ]),
  ]
}
