import type { AnalysisResult } from '../../../src-shared/domain/result'
import { thresholdOf, type ExportInput, type Exporter } from './exporter'
import { geneIds } from './gene-ids'
import { exportEdges } from './network'
import { tableFile, type Cell, type Table } from './table'

export const EDGE_COLUMNS = [
  'source',
  'target',
  'source_id',
  'target_id',
  'sign',
  'effect',
  'probability',
  'ci_low',
  'ci_high',
  'constraint',
  'n_experiments',
  'run_id',
  'log_odds',
  'chain_difference',
] as const

const SIGN = { activates: '+', inhibits: '-', unknown: '?' } as const

/** An edge below this probability has no effect estimate worth a sign. */
const NEGLIGIBLE_PROBABILITY = 0.01

/** Digits of the result hash that name a run. */
export const runId = ({ resultHash }: AnalysisResult): string => resultHash.slice(0, 16)

/** Ordered pairs of different genes from a probability on, most probable first. `effect` and its 95 % interval are in control sd. */
export function edgeTable({ result, options }: ExportInput, threshold: number): Table {
  const d = result.genes.length
  const { logOdds } = result.edges
  const idOf = geneIds(result)
  const edges = exportEdges(result, threshold)
    .filter((edge) => options.edges === 'all' || !edge.required)
    .sort((a, b) => logOdds[b.source * d + b.target]! - logOdds[a.source * d + a.target]! || 0)
  const rows = edges.map((edge): Cell[] => {
    const source = { text: result.genes[edge.source]! }
    const target = { text: result.genes[edge.target]! }
    return [
      source,
      target,
      { text: idOf(source.text) },
      { text: idOf(target.text) },
      edge.probability >= NEGLIGIBLE_PROBABILITY ? SIGN[edge.sign] : SIGN.unknown,
      edge.effect,
      edge.probability,
      edge.effectLow,
      edge.effectHigh,
      edge.constraint,
      edge.experiments,
      runId(result),
      logOdds[edge.source * d + edge.target]!,
      edge.chainDifference,
    ]
  })
  return { columns: EDGE_COLUMNS, rows }
}

export const edgesTsv: Exporter = (input) =>
  tableFile('tsv', edgeTable(input, thresholdOf('edges-tsv', input.options)), input.options.raw)

export const edgesCsv: Exporter = (input) =>
  tableFile('csv', edgeTable(input, thresholdOf('edges-csv', input.options)), input.options.raw)
