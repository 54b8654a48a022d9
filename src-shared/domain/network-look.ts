import { z } from 'zod'

const GeneName = z.string().min(1).max(10_000)
const Coordinate = z.number().min(-1e7).max(1e7)

/** Where one gene lies on the canvas, in the unit of the layout. */
export const GenePlace = z.object({ gene: GeneName, x: Coordinate, y: Coordinate })
export type GenePlace = z.infer<typeof GenePlace>

export const LAYOUTS = ['layered', 'force', 'concentric'] as const
export type LayoutName = (typeof LAYOUTS)[number]

export const GeneGroup = z.object({ name: z.string().min(1).max(200), genes: z.array(GeneName).max(20_000) })
export type GeneGroup = z.infer<typeof GeneGroup>

/**
 * How the network is drawn. Lists by gene are lists and not objects, because a gene may be called anything.
 * Every field has a default: a project of an earlier version opens with what it does not know yet.
 */
export const NetworkLook = z.object({
  layout: z.enum(LAYOUTS).default('layered'),
  /** of the layout */
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
  places: z.array(GenePlace).max(20_000).default([]),
  /** least probability of the edges shown */
  threshold: z.number().min(0).max(1).default(0.3),
  /** only the most probable edges; null = all that reach the threshold */
  topEdges: z.number().int().min(1).max(100_000).nullable().default(null),
  hidden: z.array(GeneName).max(20_000).default([]),
  groups: z.array(GeneGroup).max(1_000).default([]),
  nodeSize: z.enum(['equal', 'effects', 'targets']).default('equal'),
})
export type NetworkLook = z.infer<typeof NetworkLook>

export const DEFAULT_LOOK: NetworkLook = NetworkLook.parse({})
