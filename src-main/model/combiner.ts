import { z } from 'zod'
import { EDGE_CELL_FEATURES, TARGET_CELL_FEATURES, type Combiner } from '../core/combine'
import { unavailable } from './unavailable'

const Index = z.number().int()
const Value = z.number()

/** Parallel arrays, one entry per node, root first; a leaf has feature −1. Children come after their parent. */
const Tree = z
  .object({
    feature: z.array(Index).min(1),
    threshold: z.array(Value),
    left: z.array(Index),
    right: z.array(Index),
    value: z.array(Value),
  })
  .refine(({ feature, ...others }) => Object.values(others).every((x) => x.length === feature.length), {
    message: 'The arrays of a tree have different lengths.',
  })
  .refine(
    ({ feature, left, right }) =>
      feature.every((by, node) =>
        by < 0
          ? by === -1
          : [left[node]!, right[node]!].every((child) => child > node && child < feature.length),
      ),
    { message: 'A tree has a child that is no later node.' },
  )

const TreeEnsemble = z
  .object({ features: z.array(z.string()).min(1), base: Value, trees: z.array(Tree) })
  .refine(({ features, trees }) => trees.every((tree) => tree.feature.every((by) => by < features.length)), {
    message: 'A tree asks for a feature that is not listed.',
  })

const Temperature = z.object({ targets: Value.positive(), edges: Value.positive() })
const Share = Value.min(0).max(1)

/** The form of `combiner.json`; numbers are finite. */
export const CombinerFile: z.ZodType<Combiner> = z.object({
  version: z.literal(1),
  targets: TreeEnsemble,
  edges: TreeEnsemble,
  temperature: Temperature,
  blend: z.object({ targets: Share, edges: Share }),
  ranges: z.record(z.string(), z.object({ low: Value, high: Value, median: Value })),
})

/**
 * @throws AppError MODEL_UNAVAILABLE when the combiner was fitted on other cell features than this program computes
 */
export function refuseOtherCells({ targets, edges }: Combiner): void {
  const difference =
    firstDifference('target', targets.features, TARGET_CELL_FEATURES) ??
    firstDifference('edge', edges.features, EDGE_CELL_FEATURES)
  if (difference !== null)
    throw unavailable(
      'other-features',
      `The combiner of the learned model was fitted by another program version: ${difference}. Install the program again to restore its model.`,
    )
}

function firstDifference(kind: string, fitted: readonly string[], own: readonly string[]): string | null {
  const at = own.findIndex((name, i) => fitted[i] !== name)
  if (at >= 0) return `${kind} feature ${at + 1} is '${fitted[at] ?? 'none'}' instead of '${own[at]!}'`
  return fitted.length > own.length
    ? `it knows ${fitted.length} ${kind} features instead of ${own.length}`
    : null
}
