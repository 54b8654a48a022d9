import { edgeTable, runId } from './edge-table'
import { thresholdOf, type ExportInput, type Exporter } from './exporter'
import type { Table } from './table'
import { runTargetTable } from './target-table'
import { workbook } from './xlsx'

/** Edges, targets, and what they are, as one workbook. */
export const tablesXlsx: Exporter = (input) => {
  const threshold = thresholdOf('tables-xlsx', input.options)
  return workbook(
    [
      { name: 'Targets', table: runTargetTable(input.result) },
      { name: 'Edges', table: edgeTable(input, threshold) },
      { name: 'About', table: about(input, threshold) },
    ],
    input.result.createdAt,
  )
}

function about({ result }: ExportInput, threshold: number): Table {
  const unit =
    result.input.transform === 'none' ? 'difference of means, in the unit of the values' : 'log2 fold change'
  return {
    columns: ['what', 'value'],
    rows: [
      ['data set', { text: result.input.name }],
      ['run_id', runId(result)],
      ['result hash', result.resultHash],
      ['software', `${result.app.name} ${result.app.version}`],
      ['date', result.createdAt],
      ['edges from probability', threshold],
      [
        'effect, ci_low, ci_high',
        'change of the target in its control sd per control sd of the source; 95 % interval',
      ],
      ['n_experiments', 'perturbed experiments in which the target of the edge was probably not hit itself'],
      ['list_fdr', 'expected share of non-targets among the genes ranked at least as high'],
      ['observed_lfc, predicted_lfc', `${unit}, against control; predicted from the causes of the gene`],
      [
        'de_padj',
        'Benjamini–Hochberg adjusted p of differential expression (moderated t) over all genes of the file; empty when the result holds none',
      ],
      ['status', 'given in the settings; confident at the false discovery rate; not-confident'],
      ['false discovery rate', result.settings.fdr],
    ],
  }
}
