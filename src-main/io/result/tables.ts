import { TARGET_KINDS, type AnalysisResult } from '../../../src-shared/domain/result'
import { constraintMarks } from './constraint-marks'

export const EDGE_COLUMNS = [
  'source',
  'target',
  'probability',
  'log_odds',
  'effect',
  'sign',
  'constraint',
] as const

export const TARGET_COLUMNS = [
  'experiment',
  'gene',
  'probability',
  'log_odds',
  'rank',
  'kind',
  'list_fdr',
  'observed_shift',
  'predicted_shift',
] as const

/** What a table of targets is made of: a run's own experiments, or new ones under its stored posterior. */
export interface TargetTable {
  readonly genes: readonly string[]
  readonly environments: readonly string[]
  readonly probability: Float64Array
  readonly logOdds: Float64Array
  readonly rank: Int32Array
  readonly kind: Uint8Array
  readonly listFdr: Float64Array
  readonly observedShift: Float64Array
  readonly predictedShift: Float64Array
}

/** Every ordered pair of different genes, most probable first. */
export function edgesTsv(result: AnalysisResult): string {
  const { genes, edges } = result
  const d = genes.length
  const marks = constraintMarks(result.settings.constraints, genes)
  const pairs: number[] = []
  for (let pair = 0; pair < d * d; pair++) if (Math.floor(pair / d) !== pair % d) pairs.push(pair)
  pairs.sort((a, b) => edges.logOdds[b]! - edges.logOdds[a]! || a - b)
  const rows = pairs.map((pair) => [
    textCell(genes[Math.floor(pair / d)]!),
    textCell(genes[pair % d]!),
    numberCell(edges.probability[pair]!),
    numberCell(edges.logOdds[pair]!),
    numberCell(edges.effect[pair]!),
    signOf(edges.probability[pair]!, edges.effect[pair]!, edges.effectSd[pair]!),
    marks[pair]!,
  ])
  return table(EDGE_COLUMNS, rows)
}

/** Every experiment with every gene, by experiment and rank. */
export function targetsTsv(targets: TargetTable): string {
  const d = targets.genes.length
  const rows = targets.environments.flatMap((environment, k) => {
    const cells = Array.from({ length: d }, (_, gene) => k * d + gene)
    cells.sort((a, b) => targets.rank[a]! - targets.rank[b]! || a - b)
    return cells.map((cell) => [
      textCell(environment),
      textCell(targets.genes[cell - k * d]!),
      numberCell(targets.probability[cell]!),
      numberCell(targets.logOdds[cell]!),
      String(targets.rank[cell]!),
      TARGET_KINDS[targets.kind[cell]!] ?? '',
      numberCell(targets.listFdr[cell]!),
      numberCell(targets.observedShift[cell]!),
      numberCell(targets.predictedShift[cell]!),
    ])
  })
  return table(TARGET_COLUMNS, rows)
}

/** An edge below this probability has no effect estimate worth a sign. */
const NEGLIGIBLE_PROBABILITY = 0.01

/** The sign is told only when the 95 % interval of the effect leaves out zero. */
function signOf(probability: number, effect: number, effectSd: number): '+' | '-' | '?' {
  if (!(probability >= NEGLIGIBLE_PROBABILITY) || !(Math.abs(effect) >= 1.96 * effectSd) || effect === 0)
    return '?'
  return effect > 0 ? '+' : '-'
}

/** Shortest text that reads back as the same number; NA is what R and pandas read as missing. */
const numberCell = (value: number): string => (Number.isFinite(value) ? String(value) : 'NA')

/** A spreadsheet would run a cell that starts like a formula, so such text gets a leading apostrophe. */
function textCell(text: string): string {
  const cell = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return cell.replace(/[\t\r\n]+/g, ' ')
}

const table = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  [columns, ...rows].map((row) => `${row.join('\t')}\n`).join('')
