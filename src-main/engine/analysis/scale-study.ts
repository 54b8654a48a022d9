import type { SerialisedPreprocessing } from '../../../src-shared/domain/result'
import { BETWEEN_VARIANCE, studyOfScaled, type EvidenceStudy } from '../../core/evidence/study'
import type { Basis } from '../../core/features/basis'
import { largestTie } from '../../core/features/gene-scale'
import { scaleExpression } from '../../core/features/preprocess'
import { checkFinite } from './checks'
import { DROPOUT_TIE, planRun, type Plan } from './plan'
import type { PreparedRun } from './prepare-run'
import { shareStudy } from './shared-study'

/** The expression on the scale of the evidence, and what 'decide from the data' came to. */
export interface ScaledRun {
  readonly study: EvidenceStudy
  readonly basis: Basis
  readonly plan: Plan
  readonly preprocessing: SerialisedPreprocessing
}

/** @throws AppError NUMERIC_FAILURE */
export function scaleStudy({ dataset, settings, genes: d, starts }: PreparedRun): ScaledRun {
  const scaled = scaleExpression(dataset.values, dataset.samples.length, d, starts[1]!, settings.seed)
  const dropoutGenes = scaled.scales.filter((scale) => largestTie(scale) >= DROPOUT_TIE).length
  const plan = planRun(dataset.genes.length, settings, dropoutGenes)
  const betweenVariance = BETWEEN_VARIANCE[plan.preset]
  const { study, basis } = studyOfScaled(scaled, d, starts, betweenVariance)
  checkFinite(study.features, dataset)
  return {
    study: shareStudy(study),
    basis,
    plan,
    preprocessing: {
      responseNoise: scaled.tied.includes(1) ? 'ties' : 'none',
      basisHalfWidth: basis.halfWidth,
      basisMeans: basis.means_d5,
      betweenVariance,
      hasControl: starts[1]! > 0,
      genes: scaled.scales,
    },
  }
}
