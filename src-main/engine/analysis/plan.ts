import type { RunSettings } from '../../../src-shared/domain/run-settings'
import { EXACT_ORDER_LIMIT } from '../../core/search/exact-orders'

/** What 'decide from the data' came to. */
export interface Plan {
  readonly preset: 'clean' | 'noisy-counts'
  readonly maxParents: number
  readonly candidates: number
  readonly exactOrders: boolean
  readonly sweeps: number
  readonly burnIn: number
  readonly chains: number
}

/** A gene drops out when one value (zero, as a rule) is shared by this part of the reference … */
export const DROPOUT_TIE = 0.1
/** … and a study is 'noisy counts' when this share of its genes drops out; mere rounding makes no noise. */
const DROPOUT_GENES = 0.25
const FOUR_PARENTS_UP_TO = 20
const ALL_CANDIDATES_UP_TO = 12
const WIDE_STUDY = 100
const DEFAULT_SWEEPS = 3000
const BURN_IN_SHARE = 1 / 6

/** @param d number of genes; @param dropoutGenes how many of them drop out */
export function planRun(d: number, settings: RunSettings, dropoutGenes: number): Plan {
  const preset =
    settings.preset !== 'auto' ? settings.preset : dropoutGenes > DROPOUT_GENES * d ? 'noisy-counts' : 'clean'
  const automatic = d <= ALL_CANDIDATES_UP_TO ? d - 1 : d >= WIDE_STUDY ? 6 : 8
  const candidates = Math.max(0, Math.min(d - 1, settings.candidates || automatic))
  const maxParents = Math.min(candidates, settings.maxParents || (d <= FOUR_PARENTS_UP_TO ? 4 : 3))
  const sweeps = settings.sweeps || DEFAULT_SWEEPS
  return {
    preset,
    maxParents,
    candidates,
    exactOrders: d <= EXACT_ORDER_LIMIT,
    sweeps,
    burnIn: Math.floor(sweeps * BURN_IN_SHARE),
    chains: settings.chains,
  }
}
