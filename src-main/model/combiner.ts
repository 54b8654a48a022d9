import { z } from 'zod'
import type { Combiner as FittedCombiner } from '../core/combine'

/** Parallel arrays, one entry per node; a leaf has feature -1. `x <= threshold` goes left. */
const Tree = z.object({
  feature: z.array(z.number().int()),
  threshold: z.array(z.number()),
  left: z.array(z.number().int()),
  right: z.array(z.number().int()),
  value: z.array(z.number()),
})

const TreeEnsemble = z.object({ features: z.array(z.string()), base: z.number(), trees: z.array(Tree) })

const ForBoth = z.object({ targets: z.number(), edges: z.number() })

/** `combiner.json`: how network and closed form become one answer; fitted and versioned with the network. */
export const Combiner: z.ZodType<FittedCombiner> = z.object({
  version: z.literal(1),
  targets: TreeEnsemble,
  edges: TreeEnsemble,
  temperature: ForBoth,
  blend: ForBoth,
  /** of study-level quantities over the studies of the fit */
  ranges: z.record(z.string(), z.object({ low: z.number(), high: z.number(), median: z.number() })),
})
export type Combiner = FittedCombiner
