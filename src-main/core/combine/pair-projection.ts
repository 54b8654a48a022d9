import { logProbability } from './log-odds'

/**
 * i → j and j → i exclude each other: where P(i→j) + P(j→i) > 1 both are divided by their sum. In place, in log space:
 * the new log-odds are ±[log σ(a) − log σ(b)]. Pairs whose sum is at most 1 keep their log-odds. Cost d².
 *
 * @param edge [d, d] log-odds; a required edge may be +Infinity, a forbidden one −Infinity
 */
export function projectPairs(edge: Float64Array, d: number): void {
  for (let i = 0; i < d; i++)
    for (let j = i + 1; j < d; j++) {
      const forward = edge[i * d + j]!
      const backward = edge[j * d + i]!
      // σ(a) + σ(b) > 1 exactly when a > −b
      if (!(forward > -backward)) continue
      const logRatio = logProbability(forward) - logProbability(backward)
      edge[i * d + j] = logRatio
      edge[j * d + i] = -logRatio
    }
}
