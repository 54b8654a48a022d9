import { type Breathe, forEachValue, type Values } from './expression'
import { medianInPlace } from '../../core/linalg/median'

/** Fewer genes, or fewer degrees of freedom within the experiments, do not tell depth from regulation. */
const FEWEST_GENES = 10
const FEWEST_DEGREES = 6
/** Genes with fewer counts on average follow the depth of a sample too loosely to measure it. */
const LOWEST_MEAN = 1
/** Variance of a log count that is not shared, at least: one gene alone must not decide. */
const LEAST_VARIANCE = 0.05
/** Variances and covariances of more samples are known well enough from some of them. */
const MOST_SAMPLES = 4000
/** standard deviation of a normal sample over its median absolute deviation */
const NORMAL_MAD = 1.4826
/** about 20 ms of work */
const SAMPLES_PER_BREATH = 5000

export interface PanelFactors {
  /** [samples] divisors */
  readonly factors: Float64Array
  /** standard deviation of the log depth of the samples of an experiment, as estimated */
  readonly depthSd: number
}

/**
 * How deeply each sample was sequenced, from the counts of a panel of genes: too few for size factors, which take
 * the changes of single genes for depth. A depth is a factor that all genes share, while regulation joins few:
 *
 *   log(x_gi + ½) = mean of gene g in the experiment of i + f_i + e_gi,  f_i ~ N(0, σ²),  e_gi ~ N(0, ω_g)
 *
 * σ² is the median of the covariances of all pairs of genes within the experiments, ω_g the variance of gene g
 * less σ², and f_i its posterior mean σ² Σ_g r_gi / ω_g / (1 + σ² Σ_g 1 / ω_g) of the residuals r (best linear unbiased
 * prediction, Robinson 1991, Statistical Science 6:15). The mean depth of an experiment of n samples, N(0, σ²/n), comes from
 * the median over genes of its mean log counts against those of all samples, shrunk alike: few genes answer to an
 * intervention, all to depth. Without differences of depth σ² is 0 and nothing is divided. This project's design
 * (docs/decisions/025-depth-of-a-panel.md).
 *
 * @param environmentOf by sample of the table
 * @returns null when genes or samples are too few
 */
export async function panelFactors(
  table: Values,
  genes: Int32Array,
  samples: Int32Array,
  environmentOf: Int32Array,
  breathe: Breathe,
): Promise<PanelFactors | null> {
  const present = new Set<number>()
  for (const sample of samples) present.add(environmentOf[sample]!)
  const groupOf = new Map([...present].map((environment, group) => [environment, group]))
  const groups = Int32Array.from(samples, (sample) => groupOf.get(environmentOf[sample]!)!)
  const degrees = samples.length - present.size
  if (genes.length < FEWEST_GENES || degrees < FEWEST_DEGREES) return null

  const sums = new Float64Array(genes.length)
  const logSums = new Float64Array(genes.length * present.size)
  await forEachValue(table, genes, samples, breathe, (value, gene, at) => {
    sums[gene]! += value
    logSums[gene * present.size + groups[at]!]! += Math.log(value + 0.5)
  })
  const used = Int32Array.from(genes.keys()).filter((gene) => sums[gene]! >= LOWEST_MEAN * samples.length)
  if (used.length < FEWEST_GENES) return null

  const sizes = new Float64Array(present.size)
  for (const group of groups) sizes[group]!++
  const residuals = new Float64Array(used.length)
  const residualsOf = (at: number): Float64Array => {
    const group = groups[at]!
    for (let u = 0; u < used.length; u++) {
      const gene = used[u]!
      const mean = logSums[gene * present.size + group]! / sizes[group]!
      residuals[u] = Math.log(table.get(genes[gene]!, samples[at]!) + 0.5) - mean
    }
    return residuals
  }

  const { shared, own } = await sharedVariance(residualsOf, samples.length, degrees, used.length, breathe)
  let precision = 0
  for (const variance of own) precision += 1 / variance
  const depths = meanDepths(logSums, used, sizes, shared)
  const factors = new Float64Array(samples.length)
  for (let at = 0; at < samples.length; at++) {
    const r = residualsOf(at)
    let sum = 0
    for (let u = 0; u < used.length; u++) sum += r[u]! / own[u]!
    factors[at] = Math.exp(depths[groups[at]!]! + (shared * sum) / (1 + shared * precision))
    if (at % SAMPLES_PER_BREATH === SAMPLES_PER_BREATH - 1) await breathe()
  }
  return { factors, depthSd: Math.sqrt(shared) }
}

/**
 * Posterior mean of the mean log depth of every experiment.
 * @param logSums [genes, experiments]; @param used genes; @param sizes [experiments] samples; @param shared σ²
 */
function meanDepths(
  logSums: Float64Array,
  used: Int32Array,
  sizes: Float64Array,
  shared: number,
): Float64Array {
  const experiments = sizes.length
  const samples = sizes.reduce((sum, size) => sum + size, 0)
  const means = Float64Array.from(used, (gene) => {
    const own = logSums.subarray(gene * experiments, (gene + 1) * experiments)
    return own.reduce((sum, each) => sum + each, 0) / samples
  })
  const shifts = new Float64Array(used.length)
  return sizes.map((size, experiment) => {
    used.forEach((gene, u) => {
      shifts[u] = logSums[gene * experiments + experiment]! / size - means[u]!
    })
    const centre = medianInPlace(shifts)
    const spread = NORMAL_MAD * medianInPlace(shifts.map((shift) => Math.abs(shift - centre)))
    // variance of the median of a normal sample
    const error = ((Math.PI / 2) * spread ** 2) / used.length
    const expected = shared / size
    return expected > 0 ? (centre * expected) / (expected + error) : 0
  })
}

/** σ², and [genes] ω. */
async function sharedVariance(
  residualsOf: (sample: number) => Float64Array,
  samples: number,
  degrees: number,
  genes: number,
  breathe: Breathe,
): Promise<{ shared: number; own: Float64Array }> {
  const step = Math.ceil(samples / MOST_SAMPLES)
  const products = new Float64Array(genes * genes)
  let looked = 0
  for (let at = 0; at < samples; at += step) {
    const r = residualsOf(at)
    for (let g = 0; g < genes; g++) for (let h = 0; h <= g; h++) products[g * genes + h]! += r[g]! * r[h]!
    if (++looked % 500 === 0) await breathe()
  }
  // of the samples looked at, as many degrees as of all
  const scale = samples / (looked * degrees)
  const covariances = new Float64Array((genes * (genes - 1)) / 2)
  for (let g = 0, at = 0; g < genes; g++)
    for (let h = 0; h < g; h++) covariances[at++] = products[g * genes + h]! * scale
  const shared = Math.max(0, medianInPlace(covariances))
  const own = new Float64Array(genes)
  for (let g = 0; g < genes; g++) own[g] = Math.max(LEAST_VARIANCE, products[g * genes + g]! * scale - shared)
  return { shared, own }
}
