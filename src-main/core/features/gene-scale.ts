import type { SerialisedGeneScale } from '../../../src-shared/domain/result'
import { normalQuantile } from '../linalg/normal-quantile'

/**
 * How one gene's expression is put on the scale of the evidence (docs/method.md, section 1, "Per gene").
 * `linear` genes look Gaussian in the reference; `normal-scores` genes are mapped monotonically;
 * `tied` genes (> 5 % equal values, typically zeros) get mid-rank scores as a cause and
 * randomised scores as an effect, because an all-zero experiment has no density.
 */
export type GeneScale = SerialisedGeneScale

const SKEW_LIMIT = 0.7
const EXCESS_KURTOSIS_LIMIT = 1.5
const TIE_LIMIT = 0.05
const FEWEST_KNOTS = 5
const TIED_SCORE_CLIP = 1e-4

/** @param reference [r] values of the gene in the reference samples, any order; not changed */
export function fitGeneScale(reference: Float64Array): GeneScale {
  const n = reference.length
  const sorted = reference.slice().sort()
  const { values, counts } = distinct(sorted)
  const { mean, sd } = moments(reference)
  if (1 - values.length / n > TIE_LIMIT) {
    const cumulative = new Float64Array(counts.length)
    let total = 0
    for (let i = 0; i < counts.length; i++) cumulative[i] = total += counts[i]!
    const tailSd = sd + 0.25 * Math.abs(sorted[n - 1]!) + 1e-9
    return { kind: 'tied', mean: 0, sd: 1, tailMean: mean, tailSd, knots: values, scores: cumulative }
  }
  const tailSd = sd + 1e-9
  if (values.length < FEWEST_KNOTS || looksGaussian(reference, mean, tailSd))
    return { kind: 'linear', mean: 0, sd: 1, tailMean: mean, tailSd, knots: EMPTY, scores: EMPTY }
  const scores = new Float64Array(values.length)
  let rank = 0
  for (let i = 0; i < values.length; i++) {
    let sum = 0
    for (let c = 0; c < counts[i]!; c++) sum += normalQuantile(clip((rank++ + 0.5) / n, 1e-6))
    scores[i] = sum / counts[i]!
  }
  return { kind: 'normal-scores', mean: 0, sd: 1, tailMean: mean, tailSd, knots: values, scores }
}

/** The gene's score as a cause, on the scale's own units (before its mean and sd are applied). */
export function rawScore(scale: GeneScale, x: number): number {
  if (scale.kind === 'linear') return (x - scale.tailMean) / scale.tailSd
  if (scale.kind === 'tied') return tiedScore(scale, x, 0.5)
  const { knots, scores } = scale
  const last = knots.length - 1
  if (x < knots[0]!) return scores[0]! + (x - knots[0]!) / scale.tailSd
  if (x > knots[last]!) return scores[last]! + (x - knots[last]!) / scale.tailSd
  const i = firstAtLeast(knots, x)
  if (knots[i] === x) return scores[i]!
  const slope = (scores[i]! - scores[i - 1]!) / (knots[i]! - knots[i - 1]!)
  return scores[i - 1]! + slope * (x - knots[i - 1]!)
}

/**
 * Normal score of a tied gene at a point `u` in [0, 1] of the value's probability interval,
 * with half a pseudo-count at each side; above the reference linear, at most 4 sd.
 */
export function tiedScore(scale: GeneScale, x: number, u: number): number {
  const { knots, scores } = scale
  const last = knots.length - 1
  const n = scores[last]!
  if (x > knots[last]!)
    return normalQuantile(n / (n + 1)) + Math.min((x - knots[last]!) / scale.tailSd, TIED_EXCESS_LIMIT)
  const i = firstAtLeast(knots, x)
  const below = i > 0 ? scores[i - 1]! : 0
  const upTo = knots[i] === x ? scores[i]! : below
  const low = below / (n + 1)
  const high = (upTo + 1) / (n + 1)
  return normalQuantile(clip(low + (high - low) * u, TIED_SCORE_CLIP))
}

const TIED_EXCESS_LIMIT = 4
const EMPTY = new Float64Array(0)

function clip(p: number, margin: number): number {
  return p < margin ? margin : p > 1 - margin ? 1 - margin : p
}

/** Smallest index with knots[i] ≥ x; knots.length when there is none. */
function firstAtLeast(knots: Float64Array, x: number): number {
  let low = 0
  let high = knots.length
  while (low < high) {
    const mid = (low + high) >> 1
    if (knots[mid]! < x) low = mid + 1
    else high = mid
  }
  return low
}

function distinct(sorted: Float64Array): { values: Float64Array; counts: Int32Array } {
  let q = 0
  const values = new Float64Array(sorted.length)
  const counts = new Int32Array(sorted.length)
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) values[q++] = sorted[i]!
    counts[q - 1]!++
  }
  return { values: values.slice(0, q), counts: counts.slice(0, q) }
}

function looksGaussian(x: Float64Array, mean: number, sd: number): boolean {
  let third = 0
  let fourth = 0
  for (let i = 0; i < x.length; i++) {
    const z = (x[i]! - mean) / sd
    third += z * z * z
    fourth += z * z * z * z
  }
  return Math.abs(third / x.length) <= SKEW_LIMIT && fourth / x.length - 3 <= EXCESS_KURTOSIS_LIMIT
}

/** Mean and population sd. */
export function moments(x: Float64Array): { mean: number; sd: number } {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += x[i]!
  const mean = sum / x.length
  let squares = 0
  for (let i = 0; i < x.length; i++) squares += (x[i]! - mean) ** 2
  return { mean, sd: Math.sqrt(squares / x.length) }
}

/** Share of the reference that has the most frequent value; 0 for genes without ties. */
export function largestTie(scale: GeneScale): number {
  if (scale.kind !== 'tied') return 0
  const { scores } = scale
  let largest = 0
  for (let i = 0; i < scores.length; i++)
    largest = Math.max(largest, scores[i]! - (i > 0 ? scores[i - 1]! : 0))
  return largest / scores.at(-1)!
}
