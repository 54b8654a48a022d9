import type { Dataset } from '../../../src-shared/domain/dataset'
import type { OutsideRange } from '../../../src-shared/domain/answer-parts'
import type { NewExperimentSummary } from '../../../src-shared/domain/evidence'
import {
  isLearned,
  TARGET_KINDS,
  type AnalysisResult,
  type LearnedResult,
} from '../../../src-shared/domain/result'
import {
  adaptToNewExperiments,
  evidenceOfNewExperiments,
  type NewEvidence,
} from '../../core/evidence/new-experiment'
import {
  askNetworkIfPossible,
  instantUnavailable,
  modelMissingWarning,
  type LearnedModels,
  type NetworkPart,
} from './ask-network'
import { joinNewExperiments, type JoinedStudy } from './joined-study'
import { compileKnownTargets, OPEN } from './known-targets'
import { combineTargetParts, keepParts } from './learned-answer'
import { learnedRule } from './target-rule'
import { summariseTargets } from './target-summary'

/**
 * Targets of new experiments under a stored result; its network is not learned again. They are answered as the result was:
 * by both methods combined, by the network alone, or by the closed form alone. The network reads the stored study with the
 * new experiments beside its own; the closed form takes the stored posterior.
 *
 * @throws AppError MODEL_UNAVAILABLE for an instant result when there is no model
 */
export async function adapt(
  result: AnalysisResult,
  data: Dataset,
  models: LearnedModels | undefined,
): Promise<NewExperimentSummary> {
  const closed = isLearned(result) ? closedForm(result, data) : undefined
  if (closed && result.mode === 'closed-form') return closed.summary
  const joined = joinNewExperiments(result, data)
  const asked = await askNetworkIfPossible(models, joined)
  if ('missing' in asked) {
    if (!closed) throw instantUnavailable(asked.missing)
    return {
      ...closed.summary,
      warnings: [...closed.summary.warnings, modelMissingWarning(asked.missing)],
    }
  }
  return learnedSummary(result, data, joined, asked, closed)
}

interface ClosedFormAdaptation {
  readonly evidence: NewEvidence
  readonly summary: NewExperimentSummary
}

function closedForm(result: LearnedResult, data: Dataset): ClosedFormAdaptation {
  const evidence = evidenceOfNewExperiments(result, data)
  return { evidence, summary: adaptToNewExperiments(result, data, evidence) }
}

function learnedSummary(
  result: AnalysisResult,
  data: Dataset,
  joined: JoinedStudy,
  network: NetworkPart,
  closed: ClosedFormAdaptation | undefined,
): NewExperimentSummary {
  const d = result.genes.length
  const stored = result.environments.length
  const K = data.environments.length - 1
  const own = (values: Float32Array | Float64Array): Float64Array =>
    Float64Array.from(values.subarray(stored * d, (stored + K) * d))
  const logOdds =
    closed && result.parts?.targets.closedForm && result.parts.edges.closedForm
      ? combineWithStored(result, network, closed.evidence.logOdds)
      : own(network.answer.target)
  const { missing } = joined
  for (let cell = 0; cell < K * d; cell++) if (missing[cell % d]) logOdds[cell] = -Infinity
  const unknown = (): Float64Array => new Float64Array(K * d).fill(NaN)
  const targets = summariseTargets(
    {
      logOdds,
      given: new Uint8Array(K * d),
      prior: NaN,
      hardShare: unknown(),
      observedShift: closed?.summary.observedShift ?? joined.observedShift,
      predictedShift: closed?.summary.predictedShift ?? unknown(),
      shiftZ: unknown(),
    },
    K,
    d,
    learnedRule(result.settings),
  )
  for (let cell = 0; cell < K * d; cell++)
    if (missing[cell % d]) targets.probability[cell] = targets.listFdr[cell] = NaN
  return {
    mode: closed ? 'full' : 'instant',
    parts: {
      targets: { network: own(network.answer.target), closedForm: closed?.evidence.logOdds ?? null },
      outside: ofNewExperiments(keepParts(network, null, (stored + K) * d).outside, stored),
    },
    genes: result.genes,
    environments: data.environments.slice(1),
    missingGenes: result.genes.filter((_, j) => missing[j]),
    ...targets,
    kind: closed?.summary.kind ?? new Uint8Array(K * d).fill(TARGET_KINDS.indexOf('unknown')),
    milliseconds: 0,
    warnings: [...(closed?.summary.warnings ?? joined.warnings), ...otherModel(result, network)],
  }
}

/** @returns [K new, d] */
function combineWithStored(
  result: AnalysisResult,
  network: NetworkPart,
  newLogOdds: Float64Array,
): Float64Array {
  const { edges, targets } = result.parts!
  const target = new Float64Array(targets.closedForm!.length + newLogOdds.length)
  target.set(targets.closedForm!)
  target.set(newLogOdds, targets.closedForm!.length)
  const given = new Uint8Array(target.length).fill(OPEN)
  given.set(compileKnownTargets(result.settings.knownTargets, result.environments, result.genes))
  const stored = result.environments.length
  return combineTargetParts(network, { edge: edges.closedForm!, target }, given, stored)
}

/** What is unusual about the new experiments; the stored study was judged when it was analysed. */
function ofNewExperiments(outside: readonly OutsideRange[], stored: number): OutsideRange[] {
  return outside.flatMap((range) =>
    range.environment !== null && range.environment >= stored
      ? [{ ...range, environment: range.environment - stored }]
      : [],
  )
}

const otherModel = (result: AnalysisResult, { model }: NetworkPart): string[] =>
  result.model && result.model.sha256 !== model.sha256
    ? ['The learned model of this program is another one than that of the stored result.']
    : []
