import type { EdgeEvidence, TargetEvidence } from '../../src-shared/domain/evidence'
import type { AnalysisResult } from '../../src-shared/domain/result'

/**
 * Where the evidence views come from: the engine's own functions, or prepared views. null when the result has none, which
 * is so for the instant answer.
 */
export interface EvidenceSource {
  readonly edge: (result: AnalysisResult, source: number, target: number) => EdgeEvidence | null
  readonly target: (result: AnalysisResult, environment: number, gene: number) => TargetEvidence | null
}
