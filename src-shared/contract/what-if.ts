import { z } from 'zod'
import type { TargetKind } from '../domain/result'

/** Genes that a prediction acts on at the same time, at most. */
export const MOST_INTERVENTIONS = 8
/** Levels and differences beyond say nothing: no control gene is ever so far from its mean. */
export const LARGEST_INTERVENTION = 20

/** One gene held at a level, or shifted, in control sd. */
export const InterventionRequest = z.object({
  gene: z.string(),
  kind: z.enum(['hold', 'shift']),
  amount: z.number().min(-LARGEST_INTERVENTION).max(LARGEST_INTERVENTION),
})
export type InterventionRequest = z.infer<typeof InterventionRequest>

/** An experiment to plan: one gene held at a level, in so many samples. */
export const NextQuestion = z.object({
  level: z.number().min(-LARGEST_INTERVENTION).max(LARGEST_INTERVENTION).default(-2),
  samples: z.number().int().min(1).max(100).default(5),
})

/** What is known of a gene in an experiment; shifts in control sd. */
export interface HitGene {
  readonly gene: string
  /** on the list of its experiment: within the false discovery rate, with a confident target */
  readonly isTarget: boolean
  readonly kind: TargetKind
  readonly observedShift: number
  /** NaN where it is not known */
  readonly predictedShift: number
}

/**
 * What an experiment did, to be predicted and compared with what was seen: its direct targets, or its most probable gene
 * where none is confident. A replaced mechanism is held at the level that was observed; otherwise the gene is shifted by
 * what its causes do not account for.
 *
 * @param rows of the experiment, by rank
 */
export function interventionsOf(rows: readonly HitGene[]): InterventionRequest[] {
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
