import { availableParallelism } from 'node:os'
import type { Dataset } from '../../../src-shared/domain/dataset'
import type { RunSettings } from '../../../src-shared/domain/run-settings'
import { FEATURES_PER_GENE } from '../../core/features/basis'
import { parentSetsOf } from './gene-scores'
import { planRun, type Plan } from './plan'

/** Starting the workers and writing the result; it does not shrink with the study. */
const START_SECONDS = 0.8
/** Opening the network, which is closed again when it is idle. */
const OPENING_SECONDS = 0.3

/** On a free computer of usual speed. */
export interface ExpectedRun {
  readonly seconds: number
  readonly memoryBytes: number
}

/**
 * Time and memory that a run will need, from its size; measured constants, within a factor of about two.
 * @param d number of genes, where it is to be another one than the dataset's
 */
export function estimateRun(
  dataset: Dataset,
  settings: RunSettings,
  d: number = dataset.genes.length,
): ExpectedRun {
  const K = dataset.environments.length - 1
  const n = dataset.samples.length
  const network = {
    seconds: settings.mode === 'closed-form' ? 0 : OPENING_SECONDS + d * d * (n * 4e-8 + 1.2e-5),
    memoryBytes: settings.mode === 'closed-form' ? 0 : 60e6 + d * d * 1500,
  }
  if (settings.mode === 'instant')
    return { seconds: network.seconds, memoryBytes: 120e6 + network.memoryBytes }
  const plan: Plan = planRun(d, settings, 0)
  const sets = parentSetsOf(plan.candidates, plan.maxParents, 0).count
  const threads = availableParallelism()
  const evidence =
    d *
    (sets * Math.max(1, K) * 4e-6 +
      (d > plan.candidates + 1 ? (d + 32) * Math.max(1, K) * 1.5e-6 : 0) +
      n * 1e-6 * plan.candidates)
  const search = plan.exactOrders ? d * 2 ** d * 2e-7 : plan.chains * plan.sweeps * d * 1.8e-5
  const averaging = d * sets * Math.max(1, K) * 8e-6
  const bytes =
    120e6 +
    threads * 40e6 +
    n * d * FEATURES_PER_GENE * 8 * (1 + threads) +
    d * sets * Math.max(1, K) * 17 +
    d * 2 ** plan.candidates * 8
  return {
    seconds:
      START_SECONDS + network.seconds + (evidence + search) / Math.min(threads, Math.max(1, d)) + averaging,
    memoryBytes: bytes + network.memoryBytes,
  }
}
