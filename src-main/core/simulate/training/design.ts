import type { Rng } from '../../random/rng'
import { shuffled } from './balanced-graph'
import { between, chance, coin, logBetween } from './draws'
import type { StudyShape } from './training-study'

/** What is done to a target. The number is what `Design.actionKind` holds. */
export const ACTION = {
  none: 0,
  hard: 1,
  shift: 2,
  scale: 3,
  knockDown: 4,
  knockOut: 5,
  overExpression: 6,
  mechanism: 7,
} as const
const ACTION_COUNT = 7

/** Who is sampled how often, and what is done to whom. */
export interface Design {
  /** control samples; 0 = no control */
  readonly control: number
  /** [K] samples of each experiment */
  readonly sizes: Int32Array
  /** [K, D] an ACTION */
  readonly actionKind: Uint8Array
  /** [K, D] size of the action in control sd (or in its own way for factors), > 0 */
  readonly actionSize: Float64Array
  /** [K, D] ±1 */
  readonly actionSign: Int8Array
  /** [K, D] uniform in [0, 1): what else an action depends on */
  readonly actionExtra: Float64Array
  /** share of the samples of an experiment that its action reaches */
  reach: number
}

/** Samples of all experiments together may take this many draws; larger experiments are cut. */
export const MOST_SAMPLES = 6000

export interface DesignOptions {
  readonly mostSamples: number
  /** probability that no experiment of the study does anything */
  readonly untouched: number
  /** all actions are weak */
  readonly weak: boolean
  /** all actions are shifts */
  readonly shift: boolean
}

/** @param measured [d] of D genes; the others are latent */
export function drawDesign(
  { experiments: K }: StudyShape,
  D: number,
  measured: Int32Array,
  { mostSamples, untouched: untouchedShare, weak, shift }: DesignOptions,
  rng: Rng,
): Design {
  const control = drawControl(Math.floor(mostSamples / 2), rng)
  const sizes = drawSizes(K, mostSamples - control, rng)
  const design = emptyDesign(control, sizes, D)
  design.reach = chance(rng, 0.9) ? 1 : between(rng, 0.4, 0.95)
  const untouched = chance(rng, untouchedShare)
  const targetFree = untouched ? 1 : chance(rng, 0.35) ? 0 : between(rng, 0, 0.6)
  const single = chance(rng, 0.45) ? 1 : between(rng, 0.3, 0.9)
  const pool = chance(rng, 0.5) ? Int32Array.from({ length: D }, (_, gene) => gene) : measured
  const deal = dealer(pool, rng)
  const action = actionSource(weak, shift, rng)
  for (let k = 0; k < K; k++) {
    if (chance(rng, targetFree)) continue
    const count = chance(rng, single) ? 1 : chance(rng, 0.6) ? 2 : 3
    for (let t = 0; t < Math.min(count, pool.length); t++) action(design, k * D + deal())
  }
  return design
}

/** Nothing is done to anybody. */
export function emptyDesign(control: number, sizes: Int32Array, D: number): Design {
  const cells = sizes.length * D
  return {
    control,
    sizes,
    actionKind: new Uint8Array(cells),
    actionSize: new Float64Array(cells),
    actionSign: new Int8Array(cells),
    actionExtra: new Float64Array(cells),
    reach: 1,
  }
}

function drawControl(most: number, rng: Rng): number {
  const kind = rng.next()
  if (kind < 0.12) return 0
  const size =
    kind < 0.2 ? logBetween(rng, 5, 20) : kind < 0.96 ? logBetween(rng, 20, 500) : logBetween(rng, 500, 3000)
  return Math.min(most, Math.round(size))
}

function drawSizes(K: number, most: number, rng: Rng): Int32Array {
  const kind = rng.next()
  const typical =
    kind < 0.06 ? logBetween(rng, 1, 3) : kind < 0.975 ? logBetween(rng, 3, 50) : logBetween(rng, 50, 500)
  const spread = chance(rng, 0.6) ? 0 : between(rng, 0.1, 0.8)
  const largest = Math.max(1, Math.min(500, Math.floor(most / K)))
  return Int32Array.from({ length: K }, () =>
    Math.max(1, Math.min(largest, Math.round(typical * Math.exp(spread * rng.normal())))),
  )
}

/** Which genes are hit: each once before any again, by chance, or a few over and over. */
function dealer(pool: Int32Array, rng: Rng): () => number {
  const kind = rng.next()
  if (kind >= 0.5 && kind < 0.8) return () => pool[rng.int(pool.length)]!
  const order = shuffled(pool.length, rng)
  const used = kind < 0.5 ? pool.length : Math.max(1, Math.round(between(rng, 0.15, 0.7) * pool.length))
  let next = 0
  return () => pool[order[next++ % used]!]!
}

type ActionSource = (design: Design, at: number) => void

/** Kind, size and sign of one action: the same for a study, or drawn anew for each. */
function actionSource(allWeak: boolean, allShifts: boolean, rng: Rng): ActionSource {
  const drawnKind = chance(rng, 0.7) ? 1 + rng.int(ACTION_COUNT) : 0
  const pure = allShifts ? ACTION.shift : drawnKind
  const drawnWeak = chance(rng, 0.22) ? 1 : between(rng, 0, 0.45)
  const weak = allWeak ? 1 : drawnWeak
  const direction = chance(rng, 0.3) ? coin(rng) : 0
  return (design, at) => {
    design.actionKind[at] = pure || 1 + rng.int(ACTION_COUNT)
    design.actionSize[at] = chance(rng, weak) ? between(rng, 0.3, 1) : between(rng, 1, 4)
    design.actionSign[at] = direction || coin(rng)
    design.actionExtra[at] = rng.next()
  }
}
