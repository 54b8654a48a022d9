import { TARGET_KINDS, type AnalysisResult } from '../../../src-shared/domain/result'
import type { NewExperimentSummary } from '../../../src-shared/domain/evidence'
import { changesOf } from '../changes'
import { targetsOf } from '../findings'
import type { Exporter } from './exporter'
import { foldChanges, type FoldChanges } from './fold-change'
import { geneIds } from './gene-ids'
import { tableFile, type Cell, type Table } from './table'

export const TARGET_COLUMNS = [
  'experiment',
  'gene',
  'gene_id',
  'rank',
  'probability',
  'list_fdr',
  'direction',
  'observed_lfc',
  'predicted_lfc',
  'de_padj',
  'status',
  'kind',
  'log_odds',
  'observed_shift',
  'predicted_shift',
] as const

type Targets = Pick<
  NewExperimentSummary,
  | 'genes'
  | 'environments'
  | 'probability'
  | 'logOdds'
  | 'rank'
  | 'kind'
  | 'listFdr'
  | 'observedShift'
  | 'predictedShift'
>

/** `given`: named in the settings; `confident`: on the list that is cut at the false discovery rate. */
export type TargetStatus = 'given' | 'confident' | 'not-confident'

/**
 * Every experiment with every gene, by rank. Shifts are in control sd; fold changes see `foldChanges`, NA where there are
 * none, as adjusted p. `direction` is that of the change which the causes of the gene do not explain.
 */
export function targetTable(
  targets: Targets,
  statusOf: (environment: number, gene: number) => TargetStatus,
  changes: FoldChanges | null,
  adjusted: Float64Array | null,
  idOf: (gene: string) => string = (gene) => gene,
): Table {
  const d = targets.genes.length
  const rows = targets.environments.flatMap((environment, k) => {
    const ranked = Array.from({ length: d }, (_, gene) => gene)
    ranked.sort((a, b) => targets.rank[k * d + a]! - targets.rank[k * d + b]! || a - b)
    return ranked.map((gene): Cell[] => {
      const cell = k * d + gene
      const name = { text: targets.genes[gene]! }
      const unexplained = targets.observedShift[cell]! - targets.predictedShift[cell]!
      return [
        { text: environment },
        name,
        { text: idOf(name.text) },
        targets.rank[cell]!,
        targets.probability[cell]!,
        targets.listFdr[cell]!,
        unexplained > 0 ? 'up' : unexplained < 0 ? 'down' : 'NA',
        changes?.observed[cell] ?? NaN,
        changes?.predicted[cell] ?? NaN,
        adjusted?.[cell] ?? NaN,
        statusOf(k, gene),
        TARGET_KINDS[targets.kind[cell]!] ?? 'NA',
        targets.logOdds[cell]!,
        targets.observedShift[cell]!,
        targets.predictedShift[cell]!,
      ]
    })
  })
  return { columns: TARGET_COLUMNS, rows }
}

/** The targets of a run. */
export function runTargetTable(result: AnalysisResult): Table {
  const status = result.environments.map(
    (_, environment) =>
      new Map(
        targetsOf(result, environment).map((target): [number, TargetStatus] => [
          target.gene,
          target.known ? 'given' : target.confident ? 'confident' : 'not-confident',
        ]),
      ),
  )
  return targetTable(
    { ...result.targets, genes: result.genes, environments: result.environments },
    (environment, gene) => status[environment]!.get(gene)!,
    foldChanges(result),
    adjustedByCell(result),
    geneIds(result),
  )
}

/** [K*d] adjusted p of differential expression; NaN for a gene that was not tested. */
function adjustedByCell(result: AnalysisResult): Float64Array | null {
  const changes = changesOf(result)
  if (!changes) return null
  const d = result.genes.length
  const adjusted = new Float64Array(result.environments.length * d).fill(NaN)
  result.environments.forEach((_, k) => {
    const view = changes.experiment(k)
    view.inNetwork.forEach((gene, at) => {
      if (gene >= 0) adjusted[k * d + gene] = view.adjusted[at]!
    })
  })
  return adjusted
}

/** `targets.tsv` of new experiments that were read under a stored posterior, cut at a false discovery rate. */
export function newTargetsTsv(summary: NewExperimentSummary, fdr: number): string {
  const d = summary.genes.length
  const status = (environment: number, gene: number): TargetStatus =>
    !summary.noConfidentTarget[environment] && summary.listFdr[environment * d + gene]! <= fdr
      ? 'confident'
      : 'not-confident'
  return tableFile('tsv', targetTable(summary, status, null, null), false)
}

export const targetsTsv: Exporter = ({ result, options }) =>
  tableFile('tsv', runTargetTable(result), options.raw)

export const targetsCsv: Exporter = ({ result, options }) =>
  tableFile('csv', runTargetTable(result), options.raw)
