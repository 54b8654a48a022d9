import { GENE_FATES } from '../../../src-shared/domain/measured-genes'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { FATE_WORDS } from '../exports/dropped-genes'
import { bytes, count, plural } from '../format'
import { gene, html, label, type Markup } from '../markup'
import { cell, factTable, table } from '../table'
import type { ReportContext } from './section'

const TRANSFORM_WORDS = {
  none: 'none: values as they stand in the file',
  log1p: 'log(1 + x)',
  'log1p-size-factors': 'counts divided by size factors from all genes of the file, then log(1 + x)',
  'log1p-cpm': 'counts per million of all genes of the file, then log(1 + x)',
  'log1p-panel-factors':
    'counts divided by the depth of each sample, estimated from the panel of genes, then log(1 + x)',
} as const

/** What went in. Samples per experiment stand in the overview of the experiments. */
export function dataSection({ result, findings }: ReportContext): Markup {
  const { input } = result
  const mapped = result.learned?.preprocessing.genes.filter(({ kind }) => kind !== 'linear').length ?? 0
  return html`${factTable('data-facts', 'The data set', [
    ['Name', label(input.name, 80)],
    [
      'Genes',
      result.measured && result.measured.names.length > result.genes.length
        ? `${count(result.genes.length)} analysed of ${count(result.measured.names.length)} measured`
        : count(result.genes.length),
    ],
    ['Samples', count(findings.totalSamples)],
    [
      'Control',
      input.control === null
        ? 'none'
        : html`${label(input.control)} (${plural(findings.controlSamples, 'sample')})`,
    ],
    ['Perturbed experiments', count(findings.experiments.length)],
    ['Transform', TRANSFORM_WORDS[input.transform]],
    [
      'Changed on import',
      (input.repairs ?? []).length === 0 ? 'nothing' : plural(input.repairs!.length, 'repair', 'repairs'),
    ],
    ['Genes mapped to normal scores', mapped === 0 ? 'none' : `${count(mapped)} (skew, heavy tails or ties)`],
  ])}${leftOutTable(result)}${
    input.repairs !== undefined &&
    input.repairs.length > 0 &&
    table({
      id: 'repairs',
      caption: 'What was changed on import',
      rowHeaders: true,
      columns: [{ title: 'Repair' }, { title: 'What was done' }],
      rows: input.repairs.map(({ rule, text }) => [cell(label(rule)), cell(label(text, 400))]),
    })
  }${
    input.files.length > 0 &&
    table({
      id: 'files',
      caption: 'Input files',
      rowHeaders: true,
      columns: [{ title: 'File' }, { title: 'Size', numeric: true }, { title: 'SHA-256' }],
      rows: input.files.map((file) => [
        cell(label(file.name, 48)),
        cell(bytes(file.bytes), file.bytes),
        cell(html`<code class="hash">${file.sha256}</code>`),
      ]),
    })
  }`
}

/** How many genes of the file are not in the network, and why. */
function leftOutTable({ measured }: AnalysisResult): Markup | null {
  if (!measured) return null
  const groups = GENE_FATES.map((fate, index) => ({
    fate,
    genes: measured.names.filter((_, gene) => measured.fate[gene] === index),
  })).filter(({ fate, genes }) => fate !== 'analysed' && genes.length > 0)
  if (groups.length === 0) return null
  return table({
    id: 'left-out',
    caption: 'Genes of the file that were not analysed',
    rowHeaders: true,
    columns: [{ title: 'Why' }, { title: 'Genes', numeric: true }, { title: 'Among them' }],
    rows: groups.map(({ fate, genes }) => [
      cell(FATE_WORDS[fate]),
      cell(count(genes.length), genes.length),
      cell(genes.slice(0, 5).map((name, at) => html`${at > 0 && ', '}${gene(name, 20)}`)),
    ]),
  })
}
