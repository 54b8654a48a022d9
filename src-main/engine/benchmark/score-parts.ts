import type { AnalysisResult } from '../../../src-shared/domain/result'
import { partResult, PARTS } from '../analysis/part-results'
import type { Truth } from './manifest'
import type { PartName } from './report'
import { scoreResult, type ScoredDataset } from './score-result'

/** The parts of a result scored like the answer itself; empty when it does not hold both. */
export function scoreParts(
  result: AnalysisResult,
  truth: Truth,
  seconds: number,
): [PartName, ScoredDataset][] {
  return PARTS.flatMap((part): [PartName, ScoredDataset][] => {
    const alone = partResult(result, part)
    return alone ? [[part, scoreResult(alone, truth, seconds)]] : []
  })
}
