import type { HonestyCheck } from '../../../src-shared/domain/experiment-evidence'
import { isLearned, type AnalysisResult } from '../../../src-shared/domain/result'
import { honestyCheck } from '../analysis/honesty-check'

const kept = new WeakMap<AnalysisResult, HonestyCheck>()

/**
 * The check on the study's own data, made once per result: the app shows it, and every report holds it.
 * @returns null for the instant answer, which has no mechanisms to judge with
 */
export async function keptHonestyCheck(
  result: AnalysisResult,
  signal: AbortSignal,
  onShare: (share: number) => void = () => undefined,
): Promise<HonestyCheck | null> {
  const before = kept.get(result)
  if (before) return before
  if (!isLearned(result)) return null
  const check = await honestyCheck(result, signal, onShare)
  kept.set(result, check)
  return check
}
