import type { Rng } from '../../random/rng'
import type { Rows } from './cells'
import { between, chance, columnMoments, logBetween, pick } from './draws'
import { borrow } from './workspace'

/**
 * How technical conditions move whole experiments against the control: every gene a little, in mean and in
 * spread. Sizes are in control sd for centred values and in logarithms for rates.
 */
interface BatchStyle {
  readonly mean: number
  readonly spread: number
  readonly noise: number
  /** share of genes that are moved, and whether all move together */
  readonly touched: number
  readonly together: number
}

const NO_BATCH: BatchStyle = { mean: 0, spread: 0, noise: 0, touched: 0, together: 0 }

function drawBatchStyle(rng: Rng): BatchStyle {
  if (!chance(rng, 0.42)) return NO_BATCH
  return {
    mean: logBetween(rng, 0.03, 0.8),
    spread: chance(rng, 0.5) ? logBetween(rng, 0.03, 0.5) : 0,
    noise: chance(rng, 0.3) ? logBetween(rng, 0.05, 0.6) : 0,
    touched: chance(rng, 0.7) ? 1 : between(rng, 0.2, 0.8),
    together: chance(rng, 0.3) ? between(rng, 0.2, 1) : 0,
  }
}

/**
 * What a measurement makes of additive-noise values with sd 1, in place; the result needs no transform
 * (centred values, possibly cut off at a limit of detection) or has had it (counts).
 *
 * @param x [D, N]
 */
export function measureAdditive(x: Float64Array, D: number, rows: Rows, rng: Rng): void {
  const kind = rng.next()
  addMeasurementNoise(x, D, rows, rng)
  moveExperiments(x, D, rows, rng)
  if (kind < 0.18) {
    const level = between(rng, -0.5, 2)
    const widest = between(rng, 0.3, 1)
    for (let j = 0; j < D; j++) {
      const location = level + rng.normal()
      const width = between(rng, 0.2, widest)
      for (let s = 0; s < rows.count; s++)
        x[j * rows.count + s] = Math.exp(Math.min(12, location + width * x[j * rows.count + s]!))
    }
    countAndNormalise(x, D, rows, rng)
  } else if (kind < 0.28) cutBelowDetection(x, D, rows, rng)
}

/**
 * What a measurement makes of rates, in place, after the transform: log1p of rates, arrays or bulk
 * sequencing with error, UMI counts.
 *
 * @param x [D, N] rates ≥ 0
 */
export function measureRates(x: Float64Array, D: number, rows: Rows, rng: Rng): void {
  const kind = rng.next()
  moveRates(x, D, rows, rng)
  if (kind < 0.36) {
    const unit = chance(rng, 0.6) ? 1 : logBetween(rng, 0.3, 30)
    logRates(x, unit)
  } else if (kind < 0.54) {
    const depth = logBetween(rng, 1, 60)
    const error = logBetween(rng, 0.03, 0.5)
    for (let cell = 0; cell < x.length; cell++)
      x[cell] = Math.log2(1 + depth * x[cell]!) + error * rng.normal()
  } else countAndNormalise(x, D, rows, rng)
}

/** log1p of rates ≥ 0 in a unit of their own, in place. */
export function logRates(x: Float64Array, unit = 1): void {
  for (let cell = 0; cell < x.length; cell++) x[cell] = Math.log1p(unit * x[cell]!)
}

/** Independent error of each value, from none to as large as the gene's own spread. */
function addMeasurementNoise(x: Float64Array, D: number, rows: Rows, rng: Rng): void {
  if (!chance(rng, 0.62)) return
  const N = rows.count
  const largest = logBetween(rng, 0.05, 1)
  for (let j = 0; j < D; j++) {
    const error = largest * rng.next()
    for (let s = 0; s < N; s++) x[j * N + s]! += error * rng.normal()
  }
}

function moveExperiments(x: Float64Array, D: number, rows: Rows, rng: Rng): void {
  const style = drawBatchStyle(rng)
  if (style.mean === 0) return
  const N = rows.count
  for (let k = 0; k + 1 < rows.first.length; k++) {
    const [from, to] = [rows.first[k]!, rows.first[k + 1]!]
    const common = style.together * rng.normal()
    const commonSpread = rng.normal()
    for (let j = 0; j < D; j++) {
      if (!chance(rng, style.touched)) continue
      const shift = style.mean * (common + (1 - style.together) * rng.normal())
      const stretch = Math.exp(style.spread * (0.7 * commonSpread + 0.7 * rng.normal()))
      let sum = 0
      for (let s = from; s < to; s++) sum += x[j * N + s]!
      const mean = sum / (to - from)
      for (let s = from; s < to; s++) {
        const at = j * N + s
        x[at] = mean + stretch * (x[at]! - mean) + shift
        if (style.noise > 0) x[at] += style.noise * rng.normal()
      }
    }
  }
}

/** The same for rates: factors, so that a silent gene stays silent. */
function moveRates(x: Float64Array, D: number, rows: Rows, rng: Rng): void {
  const style = drawBatchStyle(rng)
  if (style.mean === 0) return
  const N = rows.count
  for (let k = 0; k + 1 < rows.first.length; k++) {
    const common = style.together * rng.normal()
    for (let j = 0; j < D; j++) {
      if (!chance(rng, style.touched)) continue
      const factor = Math.exp(0.5 * style.mean * (common + (1 - style.together) * rng.normal()))
      for (let s = rows.first[k]!; s < rows.first[k + 1]!; s++) {
        const scatter = style.noise > 0 ? Math.exp(0.6 * style.noise * rng.normal()) : 1
        x[j * N + s]! *= factor * scatter
      }
    }
  }
}

/** Values below a limit that is the same for all samples of a gene are reported as the limit. */
function cutBelowDetection(x: Float64Array, D: number, rows: Rows, rng: Rng): void {
  const N = rows.count
  const centre = between(rng, -2, 0.3)
  for (let j = 0; j < D; j++) {
    const { mean, sd } = columnMoments(x.subarray(j * N, (j + 1) * N), rows.reference)
    const limit = mean + sd * (centre + 0.5 * rng.normal())
    for (let s = 0; s < N; s++) if (x[j * N + s]! < limit) x[j * N + s] = limit
  }
}

/** Values that stand for the distribution of all in the choice of the midpoint of dropout. */
const QUANTILE_SAMPLE = 500

/**
 * UMI counts and their transform: library sizes, dropout that takes weakly expressed genes more often,
 * Poisson sampling, then log1p of counts over size factors.
 *
 * Size factors are library sizes over their geometric mean, as the importer takes them from sparse tables
 * (io/import/size-factors.ts), of all genes of the file: those simulated, latent ones included, and, in most
 * studies, a background of other genes that outweighs them.
 */
function countAndNormalise(x: Float64Array, D: number, rows: Rows, rng: Rng): void {
  const N = rows.count
  const depth = logBetween(rng, 0.4, 60)
  const librarySd = chance(rng, 0.15) ? 0 : between(rng, 0.05, 0.7)
  const experimentSd = chance(rng, 0.3) ? between(rng, 0.05, 0.5) : 0
  const background = pick(rng, [0, 3, 30, 30]) * D
  const dropout = chance(rng, 0.5)
  const steepness = between(rng, 0.8, 4)
  const midpoint = dropout ? Math.log1p(quantileOf(x, between(rng, 0.05, 0.7), rng)) : 0

  const library = borrow('library', N)
  let experiment = -1
  let experimentDepth = depth
  for (let s = 0; s < N; s++) {
    while (s >= rows.first[experiment + 1]! && experiment + 2 < rows.first.length) {
      experiment++
      experimentDepth = depth * Math.exp(experimentSd * rng.normal())
    }
    library[s] = experimentDepth * Math.exp(librarySd * rng.normal())
  }
  const total = borrow('total', N)
  for (let s = 0; s < N; s++) total[s] = background > 0 ? rng.poisson(background * library[s]!) : 0
  for (let j = 0; j < D; j++)
    for (let s = 0; s < N; s++) {
      const at = j * N + s
      const rate = x[at]!
      const lost = dropout && rng.next() * (1 + Math.exp(-steepness * (Math.log1p(rate) - midpoint))) >= 1
      const count = lost || rate === 0 ? 0 : rng.poisson(rate * library[s]!)
      x[at] = count
      total[s]! += count
    }
  normalise(x, D, N, total)
}

/** log1p(count / size factor); a sample without any count keeps the factor 1. */
function normalise(x: Float64Array, D: number, N: number, total: Float64Array): void {
  let logs = 0
  let counted = 0
  for (let s = 0; s < N; s++)
    if (total[s]! > 0) {
      logs += Math.log(total[s]!)
      counted++
    }
  const centre = Math.exp(logs / Math.max(1, counted))
  for (let s = 0; s < N; s++) total[s] = total[s]! > 0 ? centre / total[s]! : 1
  for (let j = 0; j < D; j++)
    for (let s = 0; s < N; s++) {
      const count = x[j * N + s]!
      if (count > 0) x[j * N + s] = Math.log1p(count * total[s]!)
    }
}

/** A quantile of the values, from a random sample of them. */
function quantileOf(values: Float64Array, probability: number, rng: Rng): number {
  const sample = Float64Array.from({ length: QUANTILE_SAMPLE }, () => values[rng.int(values.length)]!)
  sample.sort()
  return sample[Math.floor(probability * (QUANTILE_SAMPLE - 1))]!
}
