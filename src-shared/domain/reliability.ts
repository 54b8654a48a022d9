import { z } from 'zod'

/** Predictions of one kind, for studies with one number of samples per experiment: how probable, and how often true. */
export const ReliabilityCurve = z.object({
  kind: z.enum(['targets', 'edges']),
  samplesPerEnvironment: z.number().int().positive(),
  /** bins of the predicted probability, ascending */
  bins: z.array(
    z.object({
      count: z.number().int().nonnegative(),
      meanPrediction: z.number().min(0).max(1),
      observedShare: z.number().min(0).max(1),
    }),
  ),
})
export type ReliabilityCurve = z.infer<typeof ReliabilityCurve>

const WithCurves = z.object({ reliability: z.array(ReliabilityCurve) })

/** The curves in the `evaluation` of a model's manifest; none when it holds none. */
export function reliabilityOf(evaluation: unknown): ReliabilityCurve[] {
  const read = WithCurves.safeParse(evaluation)
  return read.success ? read.data.reliability : []
}
