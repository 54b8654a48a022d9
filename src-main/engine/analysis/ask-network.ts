import { reliabilityOf } from '../../../src-shared/domain/reliability'
import type { ModelRecord } from '../../../src-shared/domain/result'
import { AppError } from '../../../src-shared/contract/errors'
import type { Combiner, NetworkAnswer } from '../../core/combine'
import { summariseStudy, type StudySummary } from '../../core/features/summary'
import type { TargetModel } from '../../model'
import type { ModelHolder } from '../model-holder'

/** Lends the learned model; an engine's model holder is one. */
export type LearnedModels = Pick<ModelHolder, 'use'>

/** What the learned network says about a study, and with which model. */
export interface NetworkPart {
  readonly summary: StudySummary
  readonly answer: NetworkAnswer
  readonly model: ModelRecord
  readonly combiner: Combiner | null
}

interface Study {
  /** [n, d] as analysed, rows sorted by environment */
  readonly values: Float64Array
  readonly genes: number
  /** [K + 2] row offsets, control first */
  readonly starts: Int32Array
}

/**
 * Summarises a study and asks the network: milliseconds (docs/method.md, section 3).
 * @throws AppError MODEL_UNAVAILABLE, RESOURCE_LIMIT, NUMERIC_FAILURE
 */
export async function askNetwork(models: LearnedModels | undefined, study: Study): Promise<NetworkPart> {
  if (!models) throw new AppError('MODEL_UNAVAILABLE', 'This program was started without the learned model.')
  return models.use(async (model) => {
    const summary = summariseStudy(study.values, study.genes, study.starts)
    return {
      summary,
      answer: await model.infer(summary),
      model: recordOf(model),
      combiner: model.combiner,
    }
  })
}

function recordOf({ manifest, provider }: TargetModel): ModelRecord {
  return {
    sha256: manifest.sha256,
    combinerSha256: manifest.combiner?.sha256 ?? null,
    featureVersion: manifest.featureVersion,
    provider: provider.used,
    reliability: reliabilityOf(manifest.evaluation),
  }
}

const RECOVERABLE = new Set(['MODEL_UNAVAILABLE', 'RESOURCE_LIMIT', 'NUMERIC_FAILURE'])

/** The network's answer, or why there is none although the closed form can go on without it. */
export async function askNetworkIfPossible(
  models: LearnedModels | undefined,
  study: Study,
): Promise<NetworkPart | { readonly missing: string }> {
  try {
    return await askNetwork(models, study)
  } catch (error) {
    if (error instanceof AppError && RECOVERABLE.has(error.code)) return { missing: error.message }
    throw error
  }
}

/** The error of an instant answer that cannot be given; there is nothing to fall back on. */
export function instantUnavailable(reason: string): AppError {
  return new AppError(
    'MODEL_UNAVAILABLE',
    `The instant answer is the learned model's, which is not available. ${reason} Choose the method 'Full' or 'Closed form': both work without it.`,
    { reason },
  )
}

export const modelMissingWarning = (reason: string): string =>
  `The learned model did not take part; the answer is the closed form's alone. ${reason}`
