import type { EdgeEvidence, TargetEvidence } from '../../src-shared/domain/evidence'
import type { AnalysisResult } from '../../src-shared/domain/result'

/** Where the evidence views come from: the engine's own functions, or prepared views. */
export interface EvidenceSource {
  readonly edge: (result: AnalysisResult, source: number, target: number) => EdgeEvidence
  readonly target: (result: AnalysisResult, environment: number, gene: number) => TargetEvidence
}
