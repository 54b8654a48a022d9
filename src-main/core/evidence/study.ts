import { environmentStarts, type Dataset } from '../../../src-shared/domain/dataset'
import { computeFeatures, FEATURES_PER_GENE, fitBasis, type Basis } from '../features/basis'
import { scaleExpression, type ScaledExpression } from '../features/preprocess'
import { EVIDENCE, type EvidenceHyperparameters } from './hyperparameters'
import { hardEvidence } from './hard-evidence'
import { visitOrder } from './visit-order'

/** Everything the evidence of one study is computed from; made once, read by every worker. */
export interface EvidenceStudy {
  /** d */
  readonly genes: number
  /** K, without the control */
  readonly environments: number
  /** N samples */
  readonly samples: number
  /** [K + 2] row offsets, control first */
  readonly starts: Int32Array
  /** [N, d, 7] features of every gene as a cause */
  readonly features: Float64Array
  /** [7] prior variance per feature */
  readonly variances: Float64Array
  /** one [N, d] per draw of tied genes */
  readonly effects: readonly Float64Array[]
  /** one [K, d] per draw: log evidence of a replaced mechanism */
  readonly hard: readonly Float64Array[]
  /** [d] 1 = the effect differs between draws */
  readonly tied: Uint8Array
  /** [d, K] environments 1..K in the order in which the coordinate ascent visits them; see visit-order.ts */
  readonly visits: Int32Array
  readonly hyper: EvidenceHyperparameters
}

export interface PreparedStudy {
  readonly study: EvidenceStudy
  readonly scaled: ScaledExpression
  readonly basis: Basis
  readonly betweenVariance: number
}

/** Prior variance of the weight of x̄ (docs/method.md, section 1). */
export const BETWEEN_VARIANCE = { clean: 0.1, 'noisy-counts': 0.5 } as const

/**
 * Scales a dataset and computes its features and hard evidence.
 *
 * @param betweenVariance prior variance of the weight of an experiment's mean
 * @param seed decides the randomised scores of tied genes
 */
export function prepareStudy(
  dataset: Dataset,
  betweenVariance: number,
  seed: number,
  hyper: EvidenceHyperparameters = EVIDENCE,
): PreparedStudy {
  const d = dataset.genes.length
  const starts = environmentStarts(dataset.environmentOf, dataset.environments.length)
  const scaled = scaleExpression(dataset.values, dataset.samples.length, d, starts[1]!, seed)
  return { ...studyOfScaled(scaled, d, starts, betweenVariance, hyper), scaled, betweenVariance }
}

/** The study of already scaled expression. @param starts [K + 2] row offsets, control first */
export function studyOfScaled(
  scaled: Pick<ScaledExpression, 'causes_nd' | 'effects_nd' | 'tied'>,
  d: number,
  starts: Int32Array,
  betweenVariance: number,
  hyper: EvidenceHyperparameters = EVIDENCE,
): { study: EvidenceStudy; basis: Basis } {
  const n = starts.at(-1)!
  const basis = fitBasis(scaled.causes_nd, n, d, betweenVariance)
  const features = new Float64Array(n * d * FEATURES_PER_GENE)
  computeFeatures(basis, scaled.causes_nd, d, starts, features)
  const study: EvidenceStudy = {
    genes: d,
    environments: starts.length - 2,
    samples: n,
    starts,
    features,
    variances: basis.variances,
    effects: scaled.effects_nd,
    hard: scaled.effects_nd.map((effects) => hardEvidence(effects, d, starts, hyper)),
    tied: scaled.tied,
    visits: visitOrder(scaled.causes_nd, d, starts),
    hyper,
  }
  return { study, basis }
}

/** t_k = c/(c + n): large experiments count less, the control fully. */
export function temper(study: EvidenceStudy, k: number): number {
  const n = study.starts[k + 1]! - study.starts[k]!
  return k === 0 ? 1 : study.hyper.temperCount / (study.hyper.temperCount + n)
}
