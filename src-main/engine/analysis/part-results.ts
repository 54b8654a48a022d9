import type { AnalysisResult } from '../../../src-shared/domain/result'
import { meanOfLogOdds } from '../../core/combine'
import { applyConstraints } from './apply-constraints'
import { compileConstraints } from './gene-constraints'
import { compileKnownTargets } from './known-targets'
import { closedFormRule, learnedRule } from './target-rule'
import { summariseTargets, type TargetInputs } from './target-summary'

export const PARTS = ['network', 'closed-form', 'mean'] as const
/** One method by itself, or the plain mean of both log-odds. */
export type Part = (typeof PARTS)[number]

/**
 * The full result with the edges and targets that one of its parts would have given alone: for comparisons of methods on
 * the same run. Constraints and known targets hold as in the result.
 *
 * @returns undefined when the result does not hold both parts
 */
export function partResult(result: AnalysisResult, part: Part): AnalysisResult | undefined {
  const { parts, learned, genes, environments, settings } = result
  if (!parts?.edges.closedForm || !parts.targets.closedForm || !learned) return undefined
  const [d, K] = [genes.length, environments.length]
  const closed = { edge: parts.edges.closedForm, target: parts.targets.closedForm }
  const network = { edge: parts.edges.network, target: parts.targets.network }
  const { edge, target } =
    part === 'network' ? network : part === 'closed-form' ? closed : meanOf(network, closed, d)
  const inputs: TargetInputs = {
    logOdds: target,
    given: compileKnownTargets(settings.knownTargets, environments, genes),
    prior: learned.priorTarget,
    hardShare: new Float64Array(K * d).fill(NaN),
    observedShift: result.targets.observedShift,
    predictedShift: result.targets.predictedShift,
    shiftZ: new Float64Array(K * d).fill(NaN),
  }
  const rule = part === 'closed-form' ? closedFormRule(inputs, K, d, settings) : learnedRule(settings)
  return {
    ...result,
    edges: { ...result.edges, ...applyConstraints(edge, compileConstraints(settings.constraints, genes)) },
    targets: summariseTargets(inputs, K, d, rule),
  }
}

interface LogOdds {
  readonly edge: Float64Array
  readonly target: Float64Array
}

function meanOf(network: LogOdds, closed: LogOdds, d: number): LogOdds {
  const narrow = {
    edge: Float32Array.from(network.edge),
    ancestor: new Float32Array(0),
    target: Float32Array.from(network.target),
  }
  return meanOfLogOdds(narrow, closed, d, { targets: 1, edges: 1 })
}
