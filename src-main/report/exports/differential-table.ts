import type { ExperimentDifferential } from '../../../src-shared/contract/differential-view'
import { AppError } from '../../../src-shared/contract/errors'
import { CHANGE_CLASSES, CHANGED_AT } from '../../../src-shared/domain/differential'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { changesOf, type Changes } from '../changes'
import type { Exporter, ExportInput } from './exporter'
import { geneIds } from './gene-ids'
import { tableFile, type Cell, type Table } from './table'
import type { Separator } from './table-text'
import { workbook } from './xlsx'

export const DIFFERENTIAL_COLUMNS = [
  'experiment',
  'gene',
  'gene_id',
  'log_fold_change',
  'average_expression',
  't',
  'p_value',
  'adjusted_p',
  'change',
  'propagated_shift',
] as const

/** Every tested gene of one experiment in the order of the file; `change` is a word of CHANGE_CLASSES. */
export function differentialRows(view: ExperimentDifferential, idOf: (gene: string) => string): Cell[][] {
  return view.genes.map((gene, at): Cell[] => [
    { text: view.environment },
    { text: gene },
    { text: idOf(gene) },
    view.logFoldChange[at]!,
    view.averageExpression[at]!,
    view.t[at]!,
    view.pValue[at]!,
    view.adjusted[at]!,
    CHANGE_CLASSES[view.changeClass[at]!]!,
    view.propagatedShift[at]!,
  ])
}

/** @throws AppError DATA_INSUFFICIENT when the result holds no differential expression */
function requireChanges(result: AnalysisResult): Changes {
  const changes = changesOf(result)
  if (changes) return changes
  throw new AppError(
    'DATA_INSUFFICIENT',
    'The result holds no differential expression: it needs a control and replicates, and results of an older version have none.',
  )
}

/** One experiment after the other, so that a large study never lies in memory as rows. */
function textFile(separator: Separator, { result, options }: ExportInput): Uint8Array {
  const changes = requireChanges(result)
  const idOf = geneIds(result)
  const encoder = new TextEncoder()
  const empty = { columns: DIFFERENTIAL_COLUMNS, rows: [] }
  const head = tableFile(separator, empty, options.raw)
  const parts = [encoder.encode(head)]
  result.environments.forEach((_, k) => {
    const table = { columns: DIFFERENTIAL_COLUMNS, rows: differentialRows(changes.experiment(k), idOf) }
    parts.push(encoder.encode(tableFile(separator, table, options.raw).slice(head.length)))
  })
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

export const differentialTsv: Exporter = (input) => textFile('tsv', input)

export const differentialCsv: Exporter = (input) => textFile('csv', input)

/** The genes that changed, the most certain first in each experiment, and one row per experiment that counts them. */
export const differentialXlsx: Exporter = ({ result }) => {
  const changes = requireChanges(result)
  const idOf = geneIds(result)
  const rows = result.environments.flatMap((_, k) => {
    const view = changes.experiment(k)
    const all = differentialRows(view, idOf)
    return Array.from(view.genes.keys())
      .filter((at) => view.adjusted[at]! <= CHANGED_AT)
      .sort((a, b) => view.pValue[a]! - view.pValue[b]! || a - b)
      .map((at) => all[at]!)
  })
  return workbook(
    [
      { name: 'Experiments', table: overviewTable(changes) },
      { name: 'Changed genes', table: { columns: DIFFERENTIAL_COLUMNS, rows } },
    ],
    result.createdAt,
  )
}

function overviewTable({ overview }: Changes): Table {
  return {
    columns: ['experiment', 'tested', 'changed', 'up', 'down', 'changed_in_network', 'targets', 'explained'],
    rows: overview.experiments.map((each): Cell[] => [
      { text: each.environment },
      each.tested,
      each.changed,
      each.up,
      each.down,
      each.changedInNetwork,
      { text: each.targets.join('; ') },
      each.explained ?? NaN,
    ]),
  }
}
