import type { DifferentialExpression } from '../../../src-shared/domain/differential'
import { twoSidedStudentT } from '../linalg/student-t'
import { adjustedP } from './benjamini-hochberg'
import type { GroupDesign } from './group-design'
import { fitVariancePrior, squeezedVariance } from './variance-prior'

/** Fitted group means and residual variances of the tested genes. */
export interface GroupFits {
  /** [T] positions among the genes of the file */
  readonly genes: Int32Array
  /** [K*T] difference of each group's mean from the control's */
  readonly logFoldChange: Float32Array
  /** [T] mean of all samples */
  readonly averageExpression: Float32Array
  /** [T] residual variance */
  readonly variance: Float64Array
}

/** A table of more cells is not kept whole: 16 MB of fold changes. */
export const MOST_CELLS = 2 ** 22

/**
 * Moderated t statistics of every gene in every experiment, compact: t = logFoldChange / (sd · errorFactor) with sd² the
 * squeezed variance and ν₀ + ν degrees of freedom, at most those of all genes pooled (Smyth 2004, section 3; limma's eBayes).
 *
 * Beyond `mostCells` the genes with the largest |t| in any experiment and those in `kept` stay, with their adjusted p, which
 * then no longer follows from the genes that are here.
 *
 * @param kept positions among the genes of the file that stay in any case
 */
export function moderatedT(
  fits: GroupFits,
  design: GroupDesign,
  kept: ReadonlySet<number> = new Set(),
  mostCells = MOST_CELLS,
): DifferentialExpression {
  const { freedom, errorFactor, batches } = design
  const prior = fitVariancePrior(fits.variance, freedom)
  const T = fits.genes.length
  const whole: DifferentialExpression = {
    genes: fits.genes,
    tested: T,
    logFoldChange: fits.logFoldChange,
    averageExpression: fits.averageExpression,
    sd: fits.variance.map((variance) => Math.sqrt(squeezedVariance(variance, freedom, prior))),
    errorFactor,
    freedom: Math.min(freedom + prior.freedom, freedom * T),
    priorFreedom: prior.freedom,
    priorVariance: prior.variance,
    adjusted: null,
    batches,
  }
  const K = errorFactor.length
  return K * T <= mostCells ? whole : strongest(whole, kept, Math.max(1, Math.floor(mostCells / K)))
}

/** One experiment of a differential expression: [T] each. */
export interface ExperimentStatistics {
  readonly t: Float64Array
  readonly pValue: Float64Array
  readonly adjusted: Float64Array
}

/** @param experiment 0 … K − 1; NaN throughout for one without samples */
export function experimentStatistics(
  differential: DifferentialExpression,
  experiment: number,
): ExperimentStatistics {
  const { freedom, adjusted } = differential
  const T = differential.genes.length
  const t = moderatedTOf(differential, experiment)
  const pValue = t.map((value) => twoSidedStudentT(value, freedom))
  return {
    t,
    pValue,
    adjusted: adjusted
      ? Float64Array.from(adjusted.subarray(experiment * T, (experiment + 1) * T))
      : adjustedP(pValue, differential.tested),
  }
}

/**
 * The smallest |t| of a gene whose adjusted p is at most `level`; Infinity when there is none. Looks at the largest |t| only,
 * so that counting changes costs little.
 */
export function changedFrom(differential: DifferentialExpression, experiment: number, level: number): number {
  const { freedom, tested, adjusted } = differential
  const size = moderatedTOf(differential, experiment).map(Math.abs)
  const T = size.length
  if (adjusted) {
    let least = Infinity
    for (let gene = 0; gene < T; gene++)
      if (adjusted[experiment * T + gene]! <= level && size[gene]! < least) least = size[gene]!
    return least
  }
  const critical = criticalT(level, freedom)
  const largest = size.filter((value) => value >= critical).sort()
  // ascending, so the first of them has the last rank
  for (let at = 0; at < largest.length; at++)
    if (twoSidedStudentT(largest[at]!, freedom) <= (level * (largest.length - at)) / tested)
      return largest[at]!
  return Infinity
}

/** A |t| a little below the one with this two-sided p. */
function criticalT(p: number, freedom: number): number {
  let [low, high] = [0, 1]
  while (twoSidedStudentT(high, freedom) > p) [low, high] = [high, 2 * high]
  for (let step = 0; step < 30; step++) {
    const middle = (low + high) / 2
    if (twoSidedStudentT(middle, freedom) > p) low = middle
    else high = middle
  }
  return low
}

/** [T] */
export function moderatedTOf(
  { genes, logFoldChange, sd, errorFactor }: DifferentialExpression,
  experiment: number,
): Float64Array {
  const T = genes.length
  const factor = errorFactor[experiment]!
  const t = new Float64Array(T)
  for (let gene = 0; gene < T; gene++) t[gene] = logFoldChange[experiment * T + gene]! / (sd[gene]! * factor)
  return t
}

function strongest(
  whole: DifferentialExpression,
  kept: ReadonlySet<number>,
  most: number,
): DifferentialExpression {
  const T = whole.genes.length
  const K = whole.errorFactor.length
  const largest = new Float64Array(T)
  const adjusted = new Float32Array(K * T)
  for (let k = 0; k < K; k++) {
    const statistics = experimentStatistics(whole, k)
    adjusted.set(statistics.adjusted, k * T)
    for (let gene = 0; gene < T; gene++)
      largest[gene] = Math.max(largest[gene]!, Math.abs(statistics.t[gene]!) || 0)
  }
  for (let gene = 0; gene < T; gene++) if (kept.has(whole.genes[gene]!)) largest[gene] = Infinity
  const chosen = Int32Array.from(largest.keys())
    .sort((a, b) => largest[b]! - largest[a]! || a - b)
    .subarray(0, most)
    .sort()
  const byGene = <A extends Float32Array | Float64Array | Int32Array>(values: A, into: A): A => {
    chosen.forEach((gene, at) => (into[at] = values[gene]!))
    return into
  }
  const byCell = (values: Float32Array): Float32Array => {
    const into = new Float32Array(K * chosen.length)
    for (let k = 0; k < K; k++)
      chosen.forEach((gene, at) => (into[k * chosen.length + at] = values[k * T + gene]!))
    return into
  }
  return {
    ...whole,
    genes: byGene(whole.genes, new Int32Array(chosen.length)),
    logFoldChange: byCell(whole.logFoldChange),
    averageExpression: byGene(whole.averageExpression, new Float32Array(chosen.length)),
    sd: byGene(whole.sd, new Float64Array(chosen.length)),
    adjusted: byCell(adjusted),
  }
}
