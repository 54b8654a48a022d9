import type { PartLogOdds } from '../../src-shared/domain/answer-parts'
import { TARGET_KINDS, type TargetKind, type TargetPosterior } from '../../src-shared/domain/result'
import { targetStatus, type TargetStatus } from '../../src-shared/domain/target-status'
import { isDisputed } from './answer-parts'

export interface TargetRow {
  readonly id: string
  readonly environment: string
  readonly gene: string
  readonly probability: number
  readonly logOdds: number
  readonly rank: number
  readonly kind: TargetKind
  readonly listFdr: number
  readonly observedShift: number
  readonly predictedShift: number
  /** passes the false discovery rate and its experiment has a confident target */
  readonly isTarget: boolean
  /** network and closed form disagree about it, and it is not given as known */
  readonly disputed: boolean
}

export interface Verdict {
  readonly environment: string
  readonly targets: readonly TargetRow[]
  readonly top: TargetRow | undefined
  readonly noTarget: number
  readonly confident: boolean
}

/** What the target views need; `ResultView` and the answer to a new experiment both have it. */
export interface TargetTable extends Omit<TargetPosterior, 'noConfidentTarget'> {
  readonly genes: readonly string[]
  readonly environments: readonly string[]
  readonly noConfidentTarget: readonly boolean[]
  /** what each method said; absent when one answered alone */
  readonly partLogOdds?: PartLogOdds
}

export const statusOf = (row: Pick<TargetRow, 'isTarget' | 'probability'>): TargetStatus =>
  targetStatus(row.isTarget, row.probability)

/** Order of a column of statuses. */
export const STATUS_ORDER: Readonly<Record<TargetStatus, number>> = { target: 0, lead: 1, unlikely: 2 }

export const targetId = (environment: string, gene: string): string => `${environment}\u0000${gene}`

/** One row per experiment and gene, by experiment and rank. */
export function listTargets(table: TargetTable, fdr: number): TargetRow[] {
  const d = table.genes.length
  return table.environments.flatMap((environment, k) => {
    const confident = !table.noConfidentTarget[k]
    return table.genes
      .map((gene, j): TargetRow => {
        const at = k * d + j
        return {
          id: targetId(environment, gene),
          environment,
          gene,
          probability: table.probability[at]!,
          logOdds: table.logOdds[at]!,
          rank: table.rank[at]!,
          kind: TARGET_KINDS[table.kind[at]!] ?? 'shift',
          listFdr: table.listFdr[at]!,
          observedShift: table.observedShift[at]!,
          predictedShift: table.predictedShift[at]!,
          isTarget: confident && table.listFdr[at]! <= fdr,
          disputed:
            table.probability[at]! > 0 && table.probability[at]! < 1 && isDisputed(table.partLogOdds, at),
        }
      })
      .sort((a, b) => a.rank - b.rank)
  })
}

/** `rows` as listTargets returns them. */
export function verdicts(table: TargetTable, rows: readonly TargetRow[]): Verdict[] {
  const d = table.genes.length
  return table.environments.map((environment, k) => {
    const own = rows.slice(k * d, (k + 1) * d)
    const targets = own.filter((row) => row.isTarget)
    return {
      environment,
      targets,
      top: own[0],
      noTarget: table.noTarget[k]!,
      confident: targets.length > 0,
    }
  })
}

export interface HeatmapRow {
  readonly gene: string
  /** [K] in the order of the experiments */
  readonly cells: readonly TargetRow[]
}

/** Genes × experiments; genes with the highest probability in any experiment first. */
export function heatmapRows(table: TargetTable, rows: readonly TargetRow[]): HeatmapRow[] {
  const byGene = new Map<string, (TargetRow | undefined)[]>()
  const column = new Map(table.environments.map((environment, k) => [environment, k]))
  for (const row of rows) {
    const cells =
      byGene.get(row.gene) ?? Array.from<TargetRow | undefined>({ length: table.environments.length })
    cells[column.get(row.environment)!] = row
    byGene.set(row.gene, cells)
  }
  const result: (HeatmapRow & { readonly best: number })[] = []
  for (const [gene, cells] of byGene) {
    const known = cells.filter((cell) => cell !== undefined)
    result.push({ gene, cells: known, best: Math.max(...known.map((cell) => cell.logOdds)) })
  }
  return result.sort((a, b) => b.best - a.best || (a.gene < b.gene ? -1 : 1))
}

/** Step 0..6 of the probability ramp in tokens.css. */
export function rampStep(probability: number): number {
  if (!(probability > 0)) return 0
  const bounds = [0.05, 0.15, 0.3, 0.5, 0.7, 0.9]
  let step = 0
  while (step < bounds.length && probability >= bounds[step]!) step++
  return step
}

/** Kass and Raftery's words for a natural log Bayes factor (J. Am. Stat. Assoc. 90, 773-795, 1995, section 3.2). */
export function bayesFactorWords(logBayesFactor: number): 'very-strong' | 'strong' | 'positive' | 'weak' {
  const twice = 2 * Math.abs(logBayesFactor)
  if (twice > 10) return 'very-strong'
  if (twice > 6) return 'strong'
  return twice > 2 ? 'positive' : 'weak'
}
