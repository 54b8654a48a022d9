import { z } from 'zod'
import { Constraints, NO_CONSTRAINTS } from './constraints'

/**
 * Known targets of one environment. `complete`: these are all its targets;
 * otherwise they are certain and the other genes stay open.
 */
export const KnownTargets = z.object({ genes: z.array(z.string()), complete: z.boolean() })
export type KnownTargets = z.infer<typeof KnownTargets>

export const RUN_MODES = ['full', 'instant', 'closed-form'] as const
export type RunMode = (typeof RUN_MODES)[number]

/** Everything besides the data that determines a result. Texts and ranges: contract/settings.ts. */
export const RunSettings = z.object({
  mode: z.enum(RUN_MODES).default('full'),
  preset: z.enum(['auto', 'clean', 'noisy-counts']).default('auto'),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
  /** 0 = decide from the number of genes */
  maxParents: z.number().int().min(0).max(4).default(0),
  /** candidate parents per gene; 0 = decide from the number of genes */
  candidates: z.number().int().min(0).max(14).default(0),
  chains: z.number().int().min(2).max(8).default(2),
  /** order-MCMC sweeps per chain; 0 = decide from the number of genes */
  sweeps: z.number().int().min(0).max(200_000).default(0),
  /** α, the weight of the closed-form score in the graph posterior */
  evidenceWeight: z.number().min(0.05).max(1).default(0.5),
  targetsPrior: z.enum(['learned', 'independent', 'at-least-one']).default('learned'),
  fdr: z.number().min(0.001).max(0.5).default(0.1),
  knownTargets: z.record(z.string(), KnownTargets).default({}),
  constraints: Constraints.default(NO_CONSTRAINTS),
})
export type RunSettings = z.infer<typeof RunSettings>
export type RunSettingsInput = z.input<typeof RunSettings>

export const DEFAULT_SETTINGS: RunSettings = RunSettings.parse({})
