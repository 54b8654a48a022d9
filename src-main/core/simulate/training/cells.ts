import type { Rng } from '../../random/rng'
import { between, chance, coin, logBetween } from './draws'
import type { Design } from './design'

/** Rows of a simulation: hidden reference samples, control, experiments. All columns have this length. */
export interface Rows {
  /** N */
  readonly count: number
  /** samples under control conditions that only fix the scales of mechanisms; they come first */
  readonly hidden: number
  /** hidden and control samples: rows 0 .. reference − 1 */
  readonly reference: number
  /** [K + 1] first row of experiment 1..K, then N */
  readonly first: Int32Array
}

/** Mechanisms are scaled on at least this many samples, so that a tiny control does not make strange mechanisms. */
const FEWEST_REFERENCE = 96

export function layRows(design: Design): Rows {
  const hidden = Math.max(0, FEWEST_REFERENCE - design.control)
  const K = design.sizes.length
  const first = new Int32Array(K + 1)
  first[0] = hidden + design.control
  for (let k = 0; k < K; k++) first[k + 1] = first[k]! + design.sizes[k]!
  return { count: first[K]!, hidden, reference: hidden + design.control, first }
}

/** What makes cells differ beyond chance: cell types and hidden factors. */
export interface CellVariation {
  readonly types: number
  /** [N] */
  readonly typeOf: Uint8Array
  /** how many factors act on many genes at once */
  readonly factors: number
  /** [factors, N] */
  readonly factor: Float64Array
  /** [factors, D] */
  readonly loading: Float64Array
}

/** All cells are alike. */
export function plainCells({ count }: Rows): CellVariation {
  const none = new Float64Array(0)
  return { types: 1, typeOf: new Uint8Array(count), factors: 0, factor: none, loading: none }
}

export function drawCellVariation(rows: Rows, D: number, rng: Rng): CellVariation {
  const types = chance(rng, 0.45) ? 2 + rng.int(7) : 1
  const typeOf = new Uint8Array(rows.count)
  if (types > 1) drawTypes(typeOf, types, rows, rng)
  const factors = chance(rng, 0.35) ? (chance(rng, 0.35) ? 2 : 1) : 0
  const factor = new Float64Array(factors * rows.count)
  const loading = new Float64Array(factors * D)
  if (factors > 0) drawFactors(factor, loading, factors, rows, D, rng)
  return { types, typeOf, factors, factor, loading }
}

/** Composition is that of the control everywhere, or drifts from experiment to experiment. */
function drawTypes(typeOf: Uint8Array, types: number, rows: Rows, rng: Rng): void {
  const drift = chance(rng, 0.6) ? 0 : between(rng, 0.1, 0.8)
  const common = composition(types, rng)
  const cumulative = new Float64Array(types)
  fillTypes(typeOf, 0, rows.reference, accumulate(common, common, 0, cumulative), rng)
  for (let k = 0; k + 1 < rows.first.length; k++) {
    const own = drift > 0 ? composition(types, rng) : common
    fillTypes(typeOf, rows.first[k]!, rows.first[k + 1]!, accumulate(common, own, drift, cumulative), rng)
  }
}

/** Uniform on the simplex. */
function composition(types: number, rng: Rng): Float64Array {
  const shares = Float64Array.from({ length: types }, () => rng.exponential())
  const total = shares.reduce((sum, share) => sum + share, 0)
  for (let t = 0; t < types; t++) shares[t]! /= total
  return shares
}

function accumulate(
  common: Float64Array,
  own: Float64Array,
  drift: number,
  cumulative: Float64Array,
): Float64Array {
  let sum = 0
  for (let t = 0; t < common.length; t++) cumulative[t] = sum += (1 - drift) * common[t]! + drift * own[t]!
  return cumulative
}

function fillTypes(typeOf: Uint8Array, from: number, to: number, cumulative: Float64Array, rng: Rng): void {
  for (let s = from; s < to; s++) {
    const u = rng.next()
    let type = 0
    while (type < cumulative.length - 1 && u >= cumulative[type]!) type++
    typeOf[s] = type
  }
}

/** One normal factor, or two that are the sine and cosine of a phase, as in the cell cycle. */
function drawFactors(
  factor: Float64Array,
  loading: Float64Array,
  factors: number,
  rows: Rows,
  D: number,
  rng: Rng,
): void {
  const N = rows.count
  for (let s = 0; s < N; s++) {
    if (factors === 1) factor[s] = rng.normal()
    else {
      const phase = 2 * Math.PI * rng.next()
      factor[s] = Math.SQRT2 * Math.cos(phase)
      factor[N + s] = Math.SQRT2 * Math.sin(phase)
    }
  }
  const strength = logBetween(rng, 0.1, 1)
  const touched = chance(rng, 0.5) ? 1 : between(rng, 0.2, 0.7)
  const oneSided = chance(rng, 0.4)
  for (let j = 0; j < D; j++) {
    if (!chance(rng, touched)) continue
    const size = strength * between(rng, 0.3, 1)
    if (factors === 1) loading[j] = oneSided ? size : size * coin(rng)
    else {
      const peak = 2 * Math.PI * rng.next()
      loading[j] = size * Math.cos(peak)
      loading[D + j] = size * Math.sin(peak)
    }
  }
}
