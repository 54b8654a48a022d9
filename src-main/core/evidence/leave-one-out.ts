import type { LearnedResult } from '../../../src-shared/domain/result'
import { judgeRows, openEvidence, poolsWithoutExperiment, rowsOf, type ExperimentRows } from './judge-rows'

/** An experiment judged again and again, with the network fixed and none of its samples in the pools. */
export interface LeaveOneOut {
  /** n */
  readonly samples: number
  /** [d] log-odds with all its samples, before the prior on the number of targets */
  readonly all: () => Float64Array
  /** [d] the same without one of them (0 … n − 1) */
  readonly without: (sample: number) => Float64Array
}

/**
 * Leaves the samples of an experiment out one by one: the parent sets and their weights stay, the experiment leaves its
 * pools, and what remains of it is judged as a new experiment is (docs/method.md, section 6). Exact for the closed form;
 * one call is two small factorisations per gene and parent set.
 *
 * @param environment 0 … K − 1 among the perturbed environments
 */
export function leaveOneOut(result: LearnedResult, environment: number): LeaveOneOut {
  const evidence = openEvidence(result)
  const { starts, genes: d } = evidence.study
  const from = starts[environment + 1]!
  const n = starts[environment + 2]! - from
  const own = rowsOf(
    evidence,
    Array.from({ length: n }, (_, r) => from + r),
  )
  const pools = poolsWithoutExperiment(evidence, environment)
  return {
    samples: n,
    all: () => judgeRows(evidence, pools, own),
    without: (sample) => judgeRows(evidence, pools, lessRow(own, sample, d)),
  }
}

function lessRow({ scaled, effects }: ExperimentRows, row: number, d: number): ExperimentRows {
  const less = (values: Float64Array): Float64Array => {
    const out = new Float64Array(values.length - d)
    out.set(values.subarray(0, row * d))
    out.set(values.subarray((row + 1) * d), row * d)
    return out
  }
  return { scaled: less(scaled), effects: effects.map(less) }
}
