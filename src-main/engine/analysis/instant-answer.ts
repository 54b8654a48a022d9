import type { RunDiagnostics } from '../../../src-shared/domain/result'
import { observedMean } from '../../core/effects/observed-mean'
import { applyConstraints } from './apply-constraints'
import type { NetworkPart } from './ask-network'
import type { Answer } from './assemble-result'
import { keepParts } from './learned-answer'
import type { PreparedRun } from './prepare-run'
import type { ScaledRun } from './scale-study'
import { learnedRule } from './target-rule'
import { summariseTargets } from './target-summary'

/**
 * The network's answer alone: constraints and known targets hold exactly, but nothing is fitted to the samples, so there
 * are no effects, predictions, kinds or evidence views.
 */
export function instantAnswer(
  run: PreparedRun,
  { study, plan }: ScaledRun,
  network: NetworkPart,
  record: Pick<RunDiagnostics, 'seconds' | 'peakMemoryBytes'>,
): Answer {
  const { genes: d, environments: K, given, prior, settings } = run
  const unknown = (length: number): Float64Array => new Float64Array(length).fill(NaN)
  const parts = keepParts(network, null, K * d)
  const observedShift = new Float64Array(K * d)
  for (let k = 0; k < K; k++)
    for (let j = 0; j < d; j++)
      observedShift[k * d + j] = observedMean(study.effects[0]!, d, study.starts, j, k + 1)
  const targets = {
    logOdds: parts.targets.network,
    given,
    prior,
    hardShare: unknown(K * d),
    observedShift,
    predictedShift: unknown(K * d),
    shiftZ: unknown(K * d),
  }
  return {
    mode: 'instant',
    model: network.model,
    parts,
    edges: {
      ...applyConstraints(parts.edges.network, run.constraints),
      effect: unknown(d * d),
      effectSd: unknown(d * d),
      chainDifference: new Float64Array(d * d),
    },
    targets: summariseTargets(targets, K, d, learnedRule(settings)),
    learned: null,
    diagnostics: {
      preset: plan.preset,
      maxParents: 0,
      candidates: 0,
      parentSetsPerGene: 0,
      sweeps: 0,
      chains: 0,
      exactOrders: false,
      maxChainDifference: 0,
      effectiveOrders: 0,
      targetCountPrior: [],
      threads: 0,
      ...record,
    },
    warnings: [],
  }
}
