import { FEATURE_CLIP, type StudySummary } from '../features/summary'
import { mean, quantile } from './statistics'
import { experimentColumn, pairColumn, studySizes } from './summary-columns'

/** A gene counts as shifted in an experiment beyond this many standard errors. */
const SHIFTED = 3
const LARGEST_Z = 8

/** Study-level quantities: inputs of the combiner, and what is compared with the range of its training studies. */
export const STUDY_QUANTITIES = [
  'genes',
  'experiments',
  'controlSamples',
  'fewestSamples',
  'medianSamples',
  'mostSamples',
  'largestShiftedShare',
  'meanAbsoluteZ',
  'ratioGain95',
  'heteroscedasticity90',
  'meanAbsoluteSkew',
  'meanKurtosis',
  'zeroShare',
  'clippedShare',
] as const
/** The quantities that every cell of a study carries as its last inputs, in this order. */
export const CELL_QUANTITIES = [
  'meanAbsoluteZ',
  'ratioGain95',
  'heteroscedasticity90',
  'meanAbsoluteSkew',
  'meanKurtosis',
  'zeroShare',
] as const satisfies readonly (typeof STUDY_QUANTITIES)[number][]
export type StudyQuantity = (typeof STUDY_QUANTITIES)[number]

export interface StudyContext {
  readonly quantities: Readonly<Record<StudyQuantity, number>>
  /** [K] share of genes with |z| > 3: near 1 when the whole experiment is shifted, as by a batch */
  readonly shiftedShare: Float64Array
  /** [K] mean |z| of an experiment, each at most 8 */
  readonly meanAbsoluteZ: Float64Array
  /** [d] of the reference */
  readonly skew: Float64Array
  readonly kurtosis: Float64Array
  readonly zeroShare: Float64Array
}

/** Everything about a study that is not about one pair or one cell. Cost d² log d + K d. */
export function describeStudy(summary: StudySummary): StudyContext {
  const { genes: d, experiments: K, pair, experiment } = summary
  const { skew, kurtosis, zeroShare } = describeGenes(summary)
  const z = experimentColumn(summary, 'absz')
  const shiftedShare = new Float64Array(K)
  const meanAbsoluteZ = new Float64Array(K)
  const shifted = Math.asinh(SHIFTED)
  for (let k = 0; k < K; k++) {
    let count = 0
    for (let j = 0; j < d; j++) {
      const value = z[k * d + j]!
      if (value > shifted) count++
      meanAbsoluteZ[k]! += Math.min(LARGEST_Z, Math.sinh(value)) / d
    }
    shiftedShare[k] = count / d
  }
  const sizes = studySizes(summary)
  const samples = sizes.experimentSamples.slice().sort()
  return {
    quantities: {
      genes: d,
      experiments: K,
      controlSamples: sizes.noControl ? 0 : sizes.controlSamples,
      fewestSamples: samples[0]!,
      medianSamples: quantile(samples, 0.5),
      mostSamples: samples.at(-1)!,
      largestShiftedShare: shiftedShare.reduce((a, b) => Math.max(a, b), 0),
      meanAbsoluteZ: mean(meanAbsoluteZ),
      ratioGain95: quantile(offDiagonal(pairColumn(summary, 'etagain'), d).sort(), 0.95) / 4,
      heteroscedasticity90: quantile(offDiagonal(pairColumn(summary, 'het'), d).sort(), 0.9) / 2,
      meanAbsoluteSkew: mean(skew.map(Math.abs)),
      meanKurtosis: mean(kurtosis),
      zeroShare: mean(zeroShare),
      clippedShare: (clippedCount(pair) + clippedCount(experiment)) / (pair.length + experiment.length),
    },
    shiftedShare,
    meanAbsoluteZ,
    skew,
    kurtosis,
    zeroShare,
  }
}

/** Skewness, excess kurtosis and zero share of each gene [d]: the diagonals of the higher moments. */
function describeGenes(summary: StudySummary): Pick<StudyContext, 'skew' | 'kurtosis' | 'zeroShare'> {
  const d = summary.genes
  const third = pairColumn(summary, 'm21')
  const fourth = pairColumn(summary, 'm31')
  const zero = pairColumn(summary, 'zeroShare')
  const diagonal = (x: Float64Array): Float64Array =>
    Float64Array.from({ length: d }, (_, j) => x[j * d + j]!)
  return {
    skew: diagonal(third).map(Math.sinh),
    kurtosis: diagonal(fourth).map((x) => Math.sinh(2 * x)),
    zeroShare: diagonal(zero),
  }
}

function offDiagonal(x: Float64Array, d: number): Float64Array {
  return x.filter((_, at) => at % (d + 1) !== 0)
}

function clippedCount(x: Float32Array): number {
  let count = 0
  for (let i = 0; i < x.length; i++) if (Math.abs(x[i]!) >= FEATURE_CLIP) count++
  return count
}
