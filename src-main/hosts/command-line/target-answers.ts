import { TARGET_KINDS, type TargetKind } from '../../../src-shared/domain/result'
import { columns } from './terminal'

/**
 * The first-ranked gene of one experiment; `confident` false means that the answer is 'no confident target'. With
 * `confident` true and an empty list a target is likely, but no gene is certain enough to be listed.
 */
export interface ExperimentAnswer {
  readonly experiment: string
  readonly gene: string
  readonly probability: number
  readonly kind: TargetKind
  readonly confident: boolean
  /** genes above the cut at the false discovery rate of the settings */
  readonly listed: readonly string[]
}

interface Targets {
  readonly genes: readonly string[]
  readonly environments: readonly string[]
  readonly probability: Float64Array
  readonly rank: Int32Array
  readonly kind: Uint8Array
  readonly listFdr: Float64Array
  readonly noConfidentTarget: readonly boolean[]
}

export function describeTargets(targets: Targets, fdr: number): ExperimentAnswer[] {
  const d = targets.genes.length
  return targets.environments.map((experiment, k) => {
    const ranked = targets.genes
      .map((gene, index) => ({ gene, cell: k * d + index }))
      .sort((a, b) => targets.rank[a.cell]! - targets.rank[b.cell]!)
    const first = ranked[0]!
    const confident = targets.noConfidentTarget[k] !== true
    return {
      experiment,
      gene: first.gene,
      probability: targets.probability[first.cell]!,
      kind: TARGET_KINDS[targets.kind[first.cell]!] ?? 'hard',
      confident,
      listed: confident
        ? ranked.filter(({ cell }) => targets.listFdr[cell]! <= fdr).map(({ gene }) => gene)
        : [],
    }
  })
}

export function targetsText(answers: readonly ExperimentAnswer[]): string {
  if (answers.length === 0) return 'No perturbed experiment: only the network was learned.\n'
  const rows = answers.map(({ experiment, gene, probability, kind, confident, listed }) =>
    confident && listed.length > 0
      ? [experiment, gene, shown(probability), kind, listed.length > 1 ? `and ${listed.length - 1} more` : '']
      : [
          experiment,
          confident ? 'gene unclear' : 'no confident target',
          '',
          '',
          `first: ${gene} ${shown(probability)}`,
        ],
  )
  return `Most probable direct target\n${columns(rows)}`
}

/** A probability that is not certain is never shown as 1. */
const shown = (probability: number): string =>
  probability > 0.9995 && probability < 1 ? '>0.999' : probability.toFixed(3)
