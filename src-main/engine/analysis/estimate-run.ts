import { availableParallelism } from 'node:os'
import type { Dataset } from '../../../src-shared/domain/dataset'
import type { RunSettings } from '../../../src-shared/domain/run-settings'
import { FEATURES_PER_GENE } from '../../core/features/basis'
import { parentSetsOf } from './gene-scores'
import { planRun, type Plan } from './plan'
import type { ExpectedStage } from './progress-meter'

/** Starting the workers; it does not shrink with the study. */
const START_SECONDS = 0.3
/** Opening the network, which is closed again when it is idle. */
const OPENING_SECONDS = 0.4
/** Scaling the study, and putting the result together. */
const FRAME_SECONDS = 0.1

/** On a free computer of usual speed. */
export interface ExpectedRun {
  readonly seconds: number
  readonly memoryBytes: number
  /** in their order; together `seconds` */
  readonly stages: readonly ExpectedStage[]
}

/**
 * Time and memory that a run will need, from its size; constants measured on studies of 20 to 120 genes, within a factor of about
 * two.
 * @param d number of genes, where it is to be another one than the dataset's
 * @param threads 0 = one per core
 */
export function estimateRun(
  dataset: Dataset,
  settings: RunSettings,
  d: number = dataset.genes.length,
  threads = 0,
): ExpectedRun {
  const K = dataset.environments.length - 1
  const n = dataset.samples.length
  const cores = threads || availableParallelism()
  const network = {
    seconds: settings.mode === 'closed-form' ? 0 : OPENING_SECONDS + d * d * (n * 4e-8 + 1.2e-5),
    memoryBytes: settings.mode === 'closed-form' ? 0 : 60e6 + d * d * 1500,
  }
  const ends: readonly ExpectedStage[] = [
    { stage: 'preparing', seconds: FRAME_SECONDS },
    { stage: 'asking-network', seconds: network.seconds },
  ]
  const combining: ExpectedStage = { stage: 'combining', seconds: FRAME_SECONDS + d * d * 1e-5 }
  if (settings.mode === 'instant') return expected([...ends, combining], 120e6 + network.memoryBytes)
  const plan: Plan = planRun(d, settings, 0)
  const sets = parentSetsOf(plan.candidates, plan.maxParents, 0).count
  const scoring =
    d *
    (sets * Math.max(1, K) * 5e-6 +
      (d > plan.candidates + 1 ? (d + 32) * Math.max(1, K) * 2e-6 : 0) +
      n * 1e-6 * plan.candidates)
  // A chain is one thread's work from its beginning to its end.
  const search = plan.exactOrders
    ? d * 2 ** d * 2e-7
    : Math.ceil(plan.chains / cores) * plan.sweeps * d * 5e-6
  const averaging = d * sets * Math.max(1, K) * 6e-6
  const bytes =
    120e6 +
    cores * 40e6 +
    n * d * FEATURES_PER_GENE * 8 * (1 + cores) +
    d * sets * Math.max(1, K) * 17 +
    d * 2 ** plan.candidates * 8
  return expected(
    [
      ...ends,
      { stage: 'scoring', seconds: START_SECONDS + scoring / Math.min(cores, Math.max(1, d)) },
      { stage: 'searching', seconds: search },
      { stage: 'averaging', seconds: averaging },
      combining,
    ],
    bytes + network.memoryBytes,
  )
}

const expected = (stages: readonly ExpectedStage[], memoryBytes: number): ExpectedRun => ({
  stages,
  seconds: stages.reduce((sum, { seconds }) => sum + seconds, 0),
  memoryBytes,
})
