import { createShrunkPrecision } from '../features/summary/shrunk-precision'

/**
 * Prior probability that the label of a sample is wrong, shared by the other environments: the share of mixed-up samples
 * that Westra et al. (Bioinformatics 27, 2011) found in published expression data.
 */
const WRONG_LABEL = 0.03
/** Mean log likelihood ratio of its replicates, towards the environment that a sample is said to belong to, below which the two differ. */
const REPLICATES_AGAINST = -1
/** From this many control samples on, spread and correlations are theirs: swapped samples would widen those of the others. */
const ENOUGH_CONTROL = 20
/** A hint is given from this posterior probability on. */
const HINT_FROM = 0.9

/** Where a sample would be put by its expression alone. */
export interface SampleFit {
  /** row of the study */
  readonly row: number
  /** environment (0 = control) whose other samples it resembles most, its own left aside */
  readonly nearest: number
  /** natural log of the likelihood ratio: that environment against its own */
  readonly logRatio: number
  /** P(its label is wrong) over all other environments, with a prior of 3 % */
  readonly wrong: number
  /** the label is probably wrong, and the sample's replicates belong where they are */
  readonly hint: boolean
}

/**
 * Tells for every sample whether another environment explains it better than its own: multivariate t densities around
 * the mean of an environment's other samples, log density −½ d log(1 + 1/m) − ½(ν + d) log(1 + q/(ν(1 + 1/m))), with
 * q = (x − mean)ᵀ Ω (x − mean), m samples behind the mean, the shrunken precision Ω of the control (with fewer than 20
 * samples: of all samples within their environments; features/summary/shrunk-precision), its degrees of freedom ν, and
 * q and d scaled to what shrinking left of the correlations (docs/method.md, section 6).
 *
 * An experiment that did nothing resembles the control, but so do its replicates: that is no hint of a swap. Of two
 * replicates nobody can tell which one is wrong.
 *
 * @param x [n, d] scaled expression, rows sorted by environment
 * @param starts [K + 2] row offsets, control first
 * @returns [n] in row order; alone in its environment a sample has nearest −1
 */
export function sampleFits(x: Float64Array, d: number, starts: Int32Array): SampleFit[] {
  const environments = starts.length - 1
  const n = starts.at(-1)!
  const size = Int32Array.from({ length: environments }, (_, e) => starts[e + 1]! - starts[e]!)
  const used = size[0]! >= ENOUGH_CONTROL ? 1 : environments
  const freedom = 1 + freedomOf(size.subarray(0, used))
  const whiten = whitening(x, d, starts.subarray(0, used + 1), freedom)
  const samples = new Float64Array(n * d)
  whiten(x, n, samples)
  const means = environmentMeans(samples, d, starts)
  const { scale, dimensions } = leftCorrelated(residuals(samples, d, starts, means), d, freedomOf(size))

  const logDensity = new Float64Array(n * environments).fill(-Infinity)
  for (let own = 0; own < environments; own++)
    for (let r = starts[own]!; r < starts[own + 1]!; r++)
      for (let e = 0; e < environments; e++) {
        const m = e === own ? size[e]! - 1 : size[e]!
        if (m < 1) continue
        // without the sample itself the mean of its own environment lies (m + 1)/m as far from it
        const stretch = e === own ? (m + 1) / m : 1
        let q = 0
        for (let j = 0; j < d; j++) q += scale * (stretch * (samples[r * d + j]! - means[e * d + j]!)) ** 2
        const spread = 1 + 1 / m
        logDensity[r * environments + e] =
          -0.5 * dimensions * Math.log(spread) -
          0.5 * (freedom + dimensions) * Math.log1p(q / (freedom * spread))
      }
  return judge(logDensity, starts)
}

const freedomOf = (size: Int32Array): number => size.reduce((sum, count) => sum + Math.max(0, count - 1), 0)

/**
 * What shrinking left of the correlations: squared distances of samples are those of fewer dimensions than d, and of another
 * scale. With the covariance C of the turned samples within environments, d_eff = tr(C)²/tr(C²), and a squared distance
 * times d_eff/tr(C) has d_eff dimensions in the mean and in the spread (Satterthwaite 1946).
 */
function leftCorrelated(
  residual: Float64Array,
  d: number,
  freedom: number,
): { scale: number; dimensions: number } {
  let [trace, squares] = [0, 0]
  for (let i = 0; i < d; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0
      for (let at = 0; at < residual.length; at += d) sum += residual[at + i]! * residual[at + j]!
      const value = sum / Math.max(1, freedom)
      if (i === j) trace += value
      squares += (i === j ? 1 : 2) * value * value
    }
  if (!(squares > 0)) return { scale: 1, dimensions: d }
  const dimensions = (trace * trace) / squares
  return { scale: dimensions / trace, dimensions }
}

/**
 * Turns samples so that their squared distance is the one under Ω: y = Lᵀx with Ω = L Lᵀ.
 * @param starts of the environments that Ω is estimated on
 */
function whitening(
  x: Float64Array,
  d: number,
  starts: Int32Array,
  freedom: number,
): (rows: Float64Array, n: number, out: Float64Array) => void {
  const n = starts.at(-1)!
  const residual = residuals(x.subarray(0, n * d), d, starts, environmentMeans(x, d, starts))
  const covariance = new Float64Array(d * d)
  for (let r = 0; r < n; r++)
    for (let i = 0; i < d; i++)
      for (let j = 0; j <= i; j++)
        covariance[i * d + j]! += (residual[r * d + i]! * residual[r * d + j]!) / freedom
  // one prior sample of the control's unit variance keeps a gene that never varies finite
  for (let i = 0; i < d; i++) {
    covariance[i * d + i]! += 1 / freedom
    for (let j = 0; j < i; j++) covariance[j * d + i] = covariance[i * d + j]!
  }
  const precision = new Float64Array(d * d)
  createShrunkPrecision()(covariance, d, freedom, 0, precision, new Float64Array(d * d))
  const factor = choleskyFactor(precision, d)
  return (rows, count, out) => {
    for (let r = 0; r < count; r++)
      for (let j = 0; j < d; j++) {
        let sum = 0
        for (let i = j; i < d; i++) sum += factor[i * d + j]! * rows[r * d + i]!
        out[r * d + j] = sum
      }
  }
}

/** Lower factor of a positive definite matrix. @param a [d, d] */
function choleskyFactor(a: Float64Array, d: number): Float64Array {
  const factor = new Float64Array(d * d)
  for (let i = 0; i < d; i++)
    for (let j = 0; j <= i; j++) {
      let sum = a[i * d + j]!
      for (let k = 0; k < j; k++) sum -= factor[i * d + k]! * factor[j * d + k]!
      factor[i * d + j] = i === j ? Math.sqrt(sum) : sum / factor[j * d + j]!
    }
  return factor
}

function judge(logDensity: Float64Array, starts: Int32Array): SampleFit[] {
  const environments = starts.length - 1
  const prior = Math.log(WRONG_LABEL / (1 - WRONG_LABEL) / Math.max(1, environments - 1))
  const fits: SampleFit[] = []
  for (let own = 0; own < environments; own++) {
    const group: SampleFit[] = []
    for (let row = starts[own]!; row < starts[own + 1]!; row++) {
      const at = row * environments
      const here = logDensity[at + own]!
      let [nearest, best, odds] = [-1, -Infinity, 0]
      if (here > -Infinity)
        for (let e = 0; e < environments; e++) {
          const ratio = logDensity[at + e]! - here
          if (e === own || ratio === -Infinity) continue
          odds += Math.exp(prior + ratio)
          if (ratio > best) [nearest, best] = [e, ratio]
        }
      const wrong = odds === Infinity ? 1 : odds / (1 + odds)
      group.push({ row, nearest, logRatio: best, wrong, hint: wrong >= HINT_FROM })
    }
    for (const fit of group) {
      const others = group.filter((other) => other !== fit)
      const towards = others.reduce(
        (sum, { row }) =>
          sum + logDensity[row * environments + fit.nearest]! - logDensity[row * environments + own]!,
        0,
      )
      fits.push({ ...fit, hint: fit.hint && towards < REPLICATES_AGAINST * others.length })
    }
  }
  return fits
}

/** [environments, d] */
function environmentMeans(x: Float64Array, d: number, starts: Int32Array): Float64Array {
  const means = new Float64Array((starts.length - 1) * d)
  for (let e = 0; e + 1 < starts.length; e++)
    for (let r = starts[e]!; r < starts[e + 1]!; r++)
      for (let j = 0; j < d; j++) means[e * d + j]! += x[r * d + j]! / (starts[e + 1]! - starts[e]!)
  return means
}

/** [n, d] */
function residuals(x: Float64Array, d: number, starts: Int32Array, means: Float64Array): Float64Array {
  const out = x.slice()
  for (let e = 0; e + 1 < starts.length; e++)
    for (let r = starts[e]!; r < starts[e + 1]!; r++)
      for (let j = 0; j < d; j++) out[r * d + j]! -= means[e * d + j]!
  return out
}
