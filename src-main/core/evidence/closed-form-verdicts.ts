import type { NewExperimentSummary } from '../../../src-shared/domain/evidence'
import type { LearnedResult } from '../../../src-shared/domain/result'
import { sigmoid } from '../linalg/log-space'
import { countAwareLogOdds } from '../search/target-count'
import { bestFdr, rankEnvironment } from '../search/target-list'

/**
 * Probabilities, ranks, list FDR and verdicts of the closed form under the prior on the number of targets that the
 * result had learned.
 *
 * @param raw [K, d] log-odds before that prior
 * @param missing [d] 1 = not measured: probability and list FDR are NaN
 */
export function closedFormVerdicts(
  result: LearnedResult,
  raw: Float64Array,
  missing: Uint8Array,
  K: number,
): Pick<
  NewExperimentSummary,
  'probability' | 'logOdds' | 'rank' | 'listFdr' | 'noTarget' | 'noConfidentTarget'
> {
  const d = result.genes.length
  const priorLogOdds = Math.log(result.learned.priorTarget) - Math.log(1 - result.learned.priorTarget)
  const countPrior = Float64Array.from(result.diagnostics.targetCountPrior)
  const logOdds = new Float64Array(K * d)
  const probability = new Float64Array(K * d)
  const rank = new Int32Array(K * d)
  const listFdr = new Float64Array(K * d)
  const noTarget = new Float64Array(K)
  const noConfidentTarget: boolean[] = []
  const row = new Float64Array(d)
  for (let k = 0; k < K; k++) {
    noTarget[k] = countAwareLogOdds(
      raw.subarray(k * d, (k + 1) * d).map((value) => value - priorLogOdds),
      countPrior,
      row,
    )
    for (let j = 0; j < d; j++) {
      logOdds[k * d + j] = missing[j] ? -Infinity : row[j]!
      probability[k * d + j] = missing[j] ? 0 : sigmoid(row[j]!)
    }
    rankEnvironment(logOdds, probability, k, d, rank, listFdr)
    noConfidentTarget.push(bestFdr(listFdr, k, d) > result.settings.fdr)
    for (let j = 0; j < d; j++) if (missing[j]) probability[k * d + j] = listFdr[k * d + j] = NaN
  }
  return { probability, logOdds, rank, listFdr, noTarget, noConfidentTarget }
}
