import { digamma, trigamma, trigammaInverse } from '../linalg/polygamma'

/** Prior σ² ~ priorVariance · priorFreedom / χ²(priorFreedom) of the variances of all genes. */
export interface VariancePrior {
  /** Infinity = all genes share one variance */
  readonly freedom: number
  readonly variance: number
}

/** variances below this share of their median are raised to it, as the logarithm of 0 is none */
const LEAST_SHARE = 1e-5

/**
 * Fits the prior of the variances by the moments of their logarithms.
 *
 * s²_g ~ s₀² F(ν, ν₀). With e_g = log s²_g − ψ(ν/2) + log(ν/2): ψ′(ν₀/2) = var(e) − ψ′(ν/2) and
 * log s₀² = mean(e) + ψ(ν₀/2) − log(ν₀/2). When the logarithms vary less than sampling alone explains, ν₀ = ∞ and s₀² is the
 * mean variance.
 *
 * Source: Smyth 2004, Statist. Appl. Genet. Mol. Biol. 3:3, section 6.2; the floor and the mean as in limma's fitFDist.
 *
 * @param variances [genes] residual variances, ≥ 0
 * @param freedom ν > 0, the residual degrees of freedom, the same for all genes
 * @returns freedom 0, which leaves variances as they are, for a single gene
 */
export function fitVariancePrior(variances: Float64Array, freedom: number): VariancePrior {
  const genes = variances.length
  if (genes < 2) return { freedom: 0, variance: genes === 1 ? variances[0]! : NaN }
  const floor = LEAST_SHARE * (middle(variances) || 1)
  const offset = Math.log(freedom / 2) - digamma(freedom / 2)
  let mean = 0
  let sum = 0
  for (let gene = 0; gene < genes; gene++) {
    const variance = Math.max(variances[gene]!, floor)
    sum += variance
    mean += Math.log(variance) + offset
  }
  mean /= genes
  let spread = 0
  for (let gene = 0; gene < genes; gene++)
    spread += (Math.log(Math.max(variances[gene]!, floor)) + offset - mean) ** 2
  const excess = spread / (genes - 1) - trigamma(freedom / 2)
  if (!(excess > 0)) return { freedom: Infinity, variance: sum / genes }
  const prior = 2 * trigammaInverse(excess)
  return { freedom: prior, variance: Math.exp(mean + digamma(prior / 2) - Math.log(prior / 2)) }
}

/** Posterior mean of a variance under the prior: (ν₀ s₀² + ν s²) / (ν₀ + ν). */
export function squeezedVariance(variance: number, freedom: number, prior: VariancePrior): number {
  if (prior.freedom === Infinity) return prior.variance
  return (prior.freedom * prior.variance + freedom * variance) / (prior.freedom + freedom)
}

function middle(values: Float64Array): number {
  const sorted = values.slice().sort()
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}
