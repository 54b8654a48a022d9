import { z } from 'zod'

const GeneName = z.string().min(1).max(10_000)
export const Edge = z.object({ source: GeneName, target: GeneName })
export type Edge = z.infer<typeof Edge>

/**
 * What the user knows about the graph. Restricts parent sets and orders exactly:
 * a forbidden edge gets probability 0, a required one probability 1.
 */
export const Constraints = z.object({
  required: z.array(Edge).default([]),
  forbidden: z.array(Edge).default([]),
  /** Genes of a later tier never cause genes of an earlier one; genes in no tier are free. */
  tiers: z.array(z.array(GeneName)).default([]),
  /** Genes without a cause. Absent = none, so that results from before this field keep their hash. */
  roots: z.array(GeneName).optional(),
  /** Genes without an effect. */
  leaves: z.array(GeneName).optional(),
})
export type Constraints = z.infer<typeof Constraints>

export const NO_CONSTRAINTS: Constraints = { required: [], forbidden: [], tiers: [] }

export type ConstraintMark = '' | 'required' | 'forbidden' | 'tier' | 'root' | 'leaf'

/** Largest number of causes that the evidence of one gene can hold. */
export const MOST_CAUSES = 4
