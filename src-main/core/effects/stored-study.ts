import type { LearnedResult, SerialisedPreprocessing } from '../../../src-shared/domain/result'
import { computeFeatures, FEATURES_PER_GENE, featureVariances, type Basis } from '../features/basis'
import { rawScore } from '../features/gene-scale'
import { EVIDENCE } from '../evidence/hyperparameters'
import type { EvidenceStudy } from '../evidence/study'

/** The basis that a result was learned with. */
export function storedBasis(preprocessing: SerialisedPreprocessing): Basis {
  const { basisHalfWidth: halfWidth, basisMeans, betweenVariance } = preprocessing
  return { halfWidth, means_d5: basisMeans, variances: featureVariances(halfWidth, betweenVariance) }
}

/**
 * Scaled expression of any values under the scales of a result.
 *
 * @param values [n, d] in the result's gene order, transformed as its input was
 * @returns [n, d]
 */
export function applyStoredScales(
  preprocessing: SerialisedPreprocessing,
  values: Float64Array,
  n: number,
): Float64Array {
  const d = preprocessing.genes.length
  const out = new Float64Array(n * d)
  for (let j = 0; j < d; j++) {
    const scale = preprocessing.genes[j]!
    for (let r = 0; r < n; r++) out[r * d + j] = (rawScore(scale, values[r * d + j]!) - scale.mean) / scale.sd
  }
  return out
}

/**
 * The study of scaled expression under the basis of a result; tied genes with their mid-rank scores.
 *
 * @param scaled [n, d]
 * @param starts [K + 2] row offsets, control first
 */
export function storedStudy(
  basis: Basis,
  scaled: Float64Array,
  d: number,
  starts: Int32Array,
): EvidenceStudy {
  const features = new Float64Array(scaled.length * FEATURES_PER_GENE)
  computeFeatures(basis, scaled, d, starts, features)
  return {
    genes: d,
    environments: starts.length - 2,
    samples: starts.at(-1)!,
    starts,
    features,
    variances: basis.variances,
    effects: [scaled],
    hard: [],
    tied: new Uint8Array(d),
    visits: new Int32Array(0),
    hyper: EVIDENCE,
  }
}

interface OpenedStudy {
  readonly study: EvidenceStudy
  readonly basis: Basis
}

/** A report asks for the study of its result once per edge and target it shows; making the features takes most of that. */
const opened = new WeakMap<LearnedResult, OpenedStudy>()

/** The data of a result as its evidence saw them: made once per result, and shared, so nobody may write into them. */
export function studyOfResult(result: LearnedResult): OpenedStudy {
  const before = opened.get(result)
  if (before) return before
  const made = openStudy(result)
  opened.set(result, made)
  return made
}

function openStudy(result: LearnedResult): OpenedStudy {
  const { preprocessing } = result.learned
  const basis = storedBasis(preprocessing)
  const starts = new Int32Array(result.environments.length + 2)
  result.input.samplesPerEnvironment.forEach((count, k) => (starts[k + 1] = starts[k]! + count))
  const scaled = applyStoredScales(preprocessing, result.input.values, result.input.samples.length)
  return { study: storedStudy(basis, scaled, result.genes.length, starts), basis }
}

/** The environment (0 = control) of every sample. */
export function environmentOfSamples(starts: Int32Array): Int32Array {
  const out = new Int32Array(starts.at(-1)!)
  for (let k = 0; k + 1 < starts.length; k++) out.fill(k, starts[k], starts[k + 1])
  return out
}
