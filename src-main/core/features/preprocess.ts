import { createRng } from '../random/rng'
import { fitGeneScale, moments, rawScore, tiedScore, type GeneScale } from './gene-scale'

/** Draws of the randomised scores over which the evidence of a tied gene is averaged. */
export const TIED_DRAWS = 4

const SMALLEST_CONTROL_FOR_RANKS = 20
const SMALLEST_CONTROL_FOR_SCALE = 5

export interface ScaledExpression {
  readonly scales: readonly GeneScale[]
  /** [n, d] every gene as a cause */
  readonly causes_nd: Float64Array
  /** one [n, d] per draw, every gene as an effect; one draw when no gene is tied */
  readonly effects_nd: readonly Float64Array[]
  /** [d] 1 = the effect differs between draws */
  readonly tied: Uint8Array
}

/**
 * Puts every gene on the scale of the evidence: optional normal scores, then centred and scaled by the
 * control (≥ 5 samples), otherwise by median and sd of all samples. docs/method.md, section 1.
 *
 * @param values [n, d] transformed expression, finite, rows sorted with the control first
 * @param controlCount control samples; they are the first rows
 */
export function scaleExpression(
  values: Float64Array,
  n: number,
  d: number,
  controlCount: number,
  seed: number,
): ScaledExpression {
  const scales: GeneScale[] = []
  const causes = new Float64Array(n * d)
  const effects = new Float64Array(n * d)
  const tied = new Uint8Array(d)
  const referenceCount = controlCount >= SMALLEST_CONTROL_FOR_RANKS ? controlCount : n
  const reference = new Float64Array(referenceCount)
  const column = new Float64Array(n)
  for (let j = 0; j < d; j++) {
    for (let r = 0; r < referenceCount; r++) reference[r] = values[r * d + j]!
    const fitted = fitGeneScale(reference)
    for (let r = 0; r < n; r++) column[r] = rawScore(fitted, values[r * d + j]!)
    const { mean, sd } = centreAndSpread(column, controlCount)
    // tied scores are already in normal units; dividing by their reduced spread would blow up rare values
    const scale = { ...fitted, mean, sd: fitted.kind === 'tied' ? 1 : sd }
    scales.push(scale)
    tied[j] = fitted.kind === 'tied' ? 1 : 0
    for (let r = 0; r < n; r++) effects[r * d + j] = causes[r * d + j] = (column[r]! - scale.mean) / scale.sd
  }
  if (!tied.includes(1)) return { scales, causes_nd: causes, effects_nd: [effects], tied }
  const draws: Float64Array[] = []
  for (let draw = 0; draw < TIED_DRAWS; draw++) {
    const drawn = effects.slice()
    for (let j = 0; j < d; j++)
      if (tied[j]) drawTiedEffects(scales[j]!, values, drawn, n, d, j, tiedSeed(seed, draw))
    draws.push(drawn)
  }
  return { scales, causes_nd: causes, effects_nd: draws, tied }
}

/** The randomised response of one tied gene; column j of `out` is overwritten. */
export function drawTiedEffects(
  scale: GeneScale,
  values: Float64Array,
  out: Float64Array,
  n: number,
  d: number,
  j: number,
  seed: number,
): void {
  const rng = createRng(seed, j)
  for (let r = 0; r < n; r++) out[r * d + j] = tiedScore(scale, values[r * d + j]!, rng.next()) - scale.mean
}

export function tiedSeed(seed: number, draw: number): number {
  return seed * TIED_DRAWS + draw
}

function centreAndSpread(column: Float64Array, controlCount: number): { mean: number; sd: number } {
  const all = moments(column)
  const byControl = controlCount >= SMALLEST_CONTROL_FOR_SCALE
  const control = byControl ? moments(column.subarray(0, controlCount)) : all
  const mean = byControl ? control.mean : median(column)
  const sd = control.sd < 1e-6 + 0.02 * all.sd ? Math.max(all.sd, 1e-6) : control.sd
  return { mean, sd }
}

function median(column: Float64Array): number {
  const sorted = column.slice().sort()
  const half = sorted.length >> 1
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}
