import type { LearnedResult } from '../../../src-shared/domain/result'
import type { Rng } from '../random/rng'
import { judgeRows, openEvidence, poolsWithoutControlSamples, rowsOf } from './judge-rows'

/**
 * Judges control samples as if they were an experiment: nothing was done to them, so every target named is a false alarm.
 * `size` control samples, drawn anew at each call, leave the pools and are judged under what remains.
 *
 * @returns a function that gives [d] log-odds before the prior on the number of targets
 */
export function controlSplits(result: LearnedResult, size: number, rng: Rng): () => Float64Array {
  const evidence = openEvidence(result)
  const rows = Int32Array.from({ length: evidence.study.starts[1]! }, (_, row) => row)
  return () => {
    rng.shuffle(rows)
    const drawn = Array.from(rows.subarray(0, size))
    return judgeRows(evidence, poolsWithoutControlSamples(evidence, drawn), rowsOf(evidence, drawn))
  }
}
