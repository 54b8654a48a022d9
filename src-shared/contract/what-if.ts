import { z } from 'zod'

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
