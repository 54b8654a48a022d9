import type { AnalysisResult } from '../../src-shared/domain/result'
import type { Cell, Table } from './exports/table'
import { edgesFrom, type Findings } from './findings'
import { count } from './format'
import { html, type Markup } from './markup'

/** Rows of one embedded table; more would leave no room for the project that the report carries. */
const MOST_ROWS = 4_000
const LEAST_EDGE_PROBABILITY = 0.01
const SIGN_MARK = { activates: '+', inhibits: '-', unknown: '?' } as const

type Value = string | number

/** Text that a spreadsheet would run as a formula gets a leading apostrophe (a lone sign is no formula); line breaks and tabs become spaces. */
function textCell(text: string): string {
  const flat = text.replace(/[\t\r\n]+/g, ' ')
  return /^[=+\-@\t\r]./s.test(text) ? `'${flat}` : flat
}

function tsv(header: readonly string[], rows: Iterable<readonly Value[]>): string {
  const lines = [header.join('\t')]
  for (const row of rows)
    lines.push(
      row.map((value) => (typeof value === 'number' ? numberCell(value) : textCell(value))).join('\t'),
    )
  return `${lines.join('\n')}\n`
}

/** Four significant digits are more than any of these estimates carries. */
function numberCell(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : 'NA'
}

/** A link that saves a table which is stored in the page itself. */
function dataLink(label: string, fileName: string, content: string): Markup {
  const base64 = Buffer.from(content, 'utf8').toString('base64')
  return html`<a
    class="save"
    download="${fileName}"
    href="data:text/tab-separated-values;charset=utf-8;base64,${base64}"
    >${label}</a
  >`
}

/** Rows of the table behind one figure; longer ones are in the exports. */
const MOST_FIGURE_ROWS = 1_000

/** A link that saves the numbers behind a figure. */
export function figureDataLink(name: string, { columns, rows }: Table): Markup {
  if (rows.length > MOST_FIGURE_ROWS)
    return html`<span class="save">Its ${count(rows.length)} rows of data are in the exported tables.</span>`
  const text = (cell: Cell): Value => (typeof cell === 'object' ? cell.text : cell)
  return dataLink(
    'Save data (TSV)',
    `${name}.tsv`,
    tsv(
      columns,
      rows.map((row) => row.map(text)),
    ),
  )
}

export interface EmbeddedTable {
  readonly link: Markup
  /** which rows it holds, as a sentence */
  readonly note: string
}

export function edgeTable(result: AnalysisResult): EmbeddedTable {
  const edges = edgesFrom(result, LEAST_EDGE_PROBABILITY).slice(0, MOST_ROWS)
  const header = [
    'source',
    'target',
    'probability',
    'sign',
    'effect',
    'effect_low',
    'effect_high',
    'chain_difference',
    'constraint',
  ]
  const content = tsv(
    header,
    edges.map((edge) => [
      result.genes[edge.source]!,
      result.genes[edge.target]!,
      edge.probability,
      SIGN_MARK[edge.sign],
      edge.effect,
      edge.effectLow,
      edge.effectHigh,
      edge.chainDifference,
      edge.required ? 'required' : '',
    ]),
  )
  return {
    link: dataLink('Save all edges (TSV)', 'edges.tsv', content),
    note: `The file holds the ${edges.length} edges with probability ≥ ${LEAST_EDGE_PROBABILITY}.`,
  }
}

export function targetTable(result: AnalysisResult, findings: Findings): EmbeddedTable {
  const genes = result.genes.length
  const perExperiment = Math.max(
    1,
    Math.min(genes, Math.floor(MOST_ROWS / Math.max(1, findings.experiments.length))),
  )
  const header = [
    'experiment',
    'gene',
    'probability',
    'rank',
    'kind',
    'list_fdr',
    'observed_shift',
    'predicted_shift',
    'on_list',
    'given',
  ]
  const rows = findings.experiments.flatMap((experiment) =>
    experiment.ranking
      .slice(0, perExperiment)
      .map((target): Value[] => [
        result.environments[target.environment]!,
        result.genes[target.gene]!,
        target.probability,
        target.rank,
        target.kind,
        target.listFdr,
        target.observedShift,
        target.predictedShift,
        target.confident ? 'yes' : 'no',
        target.known ? 'yes' : 'no',
      ]),
  )
  return {
    link: dataLink('Save all targets (TSV)', 'targets.tsv', tsv(header, rows)),
    note:
      perExperiment === genes
        ? 'The file holds every gene of every experiment.'
        : `The file holds the ${perExperiment} most probable genes of each experiment.`,
  }
}
