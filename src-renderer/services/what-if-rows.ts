import {
  LARGEST_INTERVENTION,
  MOST_INTERVENTIONS,
  type InterventionRequest,
} from '../../src-shared/contract/what-if'
import type { WhatIf } from '../../src-shared/domain/what-if'
import type { TargetRow } from './target-list'

/** What is predicted for one gene. */
export interface WhatIfRow {
  readonly id: string
  readonly gene: string
  readonly shift: number
  readonly low: number
  readonly high: number
  /** P(downstream of what was done) */
  readonly downstream: number
  /** more likely downstream than not */
  readonly follows: boolean
  /** the interval holds no 0 */
  readonly moves: boolean
  /** this is what was done, not what follows */
  readonly acted: boolean
  /** shift in the experiment that is compared with; NaN without one */
  readonly observed: number
}

/** @param observed shift of each gene in the experiment that is compared with */
export function whatIfRows(answer: WhatIf, observed: (gene: string) => number): WhatIfRow[] {
  const acted = new Set(answer.interventions.map(({ gene }) => gene))
  return answer.genes.map((gene, j) => {
    const [low, high] = [answer.low[j]!, answer.high[j]!]
    return {
      id: gene,
      gene,
      shift: answer.shift[j]!,
      low,
      high,
      downstream: answer.downstream[j]!,
      follows: answer.downstream[j]! >= 0.5,
      moves: low > 0 || high < 0,
      acted: acted.has(gene),
      observed: observed(gene),
    }
  })
}

/** Lowest and highest number that the rows show, 0 included; a little room at both ends. */
export function whatIfRange(rows: readonly WhatIfRow[]): [number, number] {
  let [low, high] = [-0.5, 0.5]
  for (const row of rows) {
    low = Math.min(low, row.low, Number.isNaN(row.observed) ? 0 : row.observed)
    high = Math.max(high, row.high, Number.isNaN(row.observed) ? 0 : row.observed)
  }
  const room = 0.04 * (high - low)
  return [low - room, high + room]
}

/**
 * What an experiment did, to be predicted and compared with what was seen: its direct targets, or its most probable gene
 * where none is confident. A replaced mechanism is held at the level that was observed; otherwise the gene is shifted by
 * what its causes do not account for.
 *
 * @param rows of the experiment, by rank
 */
export function interventionsOf(rows: readonly TargetRow[]): InterventionRequest[] {
  const targets = rows.filter((row) => row.isTarget)
  return (targets.length > 0 ? targets : rows.slice(0, 1)).slice(0, MOST_INTERVENTIONS).map((row) => {
    const held = row.kind === 'hard' || Number.isNaN(row.predictedShift)
    const amount = held ? row.observedShift : row.observedShift - row.predictedShift
    return {
      gene: row.gene,
      kind: held ? 'hold' : 'shift',
      amount: Math.max(-LARGEST_INTERVENTION, Math.min(LARGEST_INTERVENTION, Number(amount.toFixed(2)))),
    }
  })
}
