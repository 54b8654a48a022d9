import { totalmem } from 'node:os'
import { AppError } from '../../../src-shared/contract/errors'
import type { Dataset } from '../../../src-shared/domain/dataset'
import { FEATURES_PER_GENE } from '../../core/features/basis'
import type { GeneScores } from './gene-scores'

/** @throws AppError DATA_INSUFFICIENT, RESOURCE_LIMIT */
export function refuseImpossible(dataset: Dataset): void {
  const d = dataset.genes.length
  if (d < 2)
    throw new AppError(
      'DATA_INSUFFICIENT',
      'The table has fewer than two genes; a network needs at least two.',
    )
  if (dataset.samples.length < 3)
    throw new AppError(
      'DATA_INSUFFICIENT',
      `The table has ${dataset.samples.length} samples; at least three are needed.`,
    )
  const bytes = dataset.samples.length * d * FEATURES_PER_GENE * 8 * 3
  if (bytes > 0.6 * totalmem())
    throw new AppError(
      'RESOURCE_LIMIT',
      `Needs about ${Math.ceil(bytes / 1e9)} GB. Select fewer genes or average the samples of each experiment.`,
      { bytes },
    )
}

/** @throws AppError NUMERIC_FAILURE naming the gene and the sample */
export function checkFinite(features: Float64Array, dataset: Dataset): void {
  const perSample = dataset.genes.length * FEATURES_PER_GENE
  const at = features.findIndex((value) => !Number.isFinite(value))
  if (at < 0) return
  const gene = dataset.genes[Math.floor((at % perSample) / FEATURES_PER_GENE)]!
  const sample = dataset.samples[Math.floor(at / perSample)]!
  throw new AppError(
    'NUMERIC_FAILURE',
    `The values of ${gene} cannot be scaled (sample ${sample}). Check the gene's values or leave it out.`,
    { gene, sample },
  )
}

/** @throws AppError NUMERIC_FAILURE naming the gene */
export function checkGene(scores: GeneScores, dataset: Dataset): void {
  if (scores.logEvidence.every(Number.isFinite) && scores.targetLogOdds.every(Number.isFinite)) return
  const gene = dataset.genes[scores.gene]!
  throw new AppError(
    'NUMERIC_FAILURE',
    `The evidence of ${gene} is not a number. Check the gene's values or leave it out.`,
    { gene },
  )
}
