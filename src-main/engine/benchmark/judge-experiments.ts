import type { AnalysisResult } from '../../../src-shared/domain/result'
import type { Truth } from './manifest'

/** One experiment: whether it had a target, and what was said about it. */
export interface JudgedExperiment {
  readonly hasTarget: boolean
  /** P(no target) */
  readonly noTarget: number
  /** 'no confident target' was the answer */
  readonly raised: boolean
}

export function judgeExperiments(result: AnalysisResult, truth: Truth): JudgedExperiment[] {
  return result.environments.flatMap((name, k) =>
    Object.hasOwn(truth.targets, name)
      ? [
          {
            hasTarget: truth.targets[name]!.length > 0,
            noTarget: result.targets.noTarget[k]!,
            raised: result.targets.noConfidentTarget[k]!,
          },
        ]
      : [],
  )
}
