import type { RunDiagnostics } from '../../../src-shared/domain/result'
import { applyConstraints } from './apply-constraints'
import type { NetworkPart } from './ask-network'
import type { Answer } from './assemble-result'
import type { ClosedForm } from './closed-form'
import { combineParts, keepParts } from './learned-answer'
import type { PreparedRun } from './prepare-run'
import { closedFormRule, learnedRule } from './target-rule'
import { summariseTargets } from './target-summary'

type RunRecord = Pick<RunDiagnostics, 'seconds' | 'peakMemoryBytes'>

/** The closed form alone. */
export function closedFormAnswer(
  { settings, environments: K, genes: d }: PreparedRun,
  closed: ClosedForm,
  record: RunRecord,
  warnings: readonly string[],
): Answer {
  const rule = closedFormRule(closed.targets, K, d, settings)
  return {
    mode: 'closed-form',
    model: null,
    parts: null,
    edges: closed.edges,
    targets: summariseTargets(closed.targets, K, d, rule),
    learned: closed.learned,
    diagnostics: { ...closed.diagnostics, targetCountPrior: Array.from(rule.countPrior), ...record },
    warnings,
  }
}

/**
 * Network and closed form combined. Effects, predictions, kinds and evidence are the closed form's; constraints and known
 * targets hold exactly.
 */
export function fullAnswer(
  run: PreparedRun,
  network: NetworkPart,
  closed: ClosedForm,
  record: RunRecord,
): Answer {
  const { settings, environments: K, genes: d, given } = run
  const closedLogOdds = { edge: closed.edges.logOdds, target: closed.targets.logOdds }
  const combined = combineParts(network, closedLogOdds, given)
  const { countPrior } = closedFormRule(closed.targets, K, d, settings)
  return {
    mode: 'full',
    model: network.model,
    parts: keepParts(network, closedLogOdds, K * d),
    edges: { ...closed.edges, ...applyConstraints(combined.edge, run.constraints) },
    targets: summariseTargets({ ...closed.targets, logOdds: combined.target }, K, d, learnedRule(settings)),
    learned: closed.learned,
    diagnostics: { ...closed.diagnostics, targetCountPrior: Array.from(countPrior), ...record },
    warnings: [],
  }
}
