import { isLearned, type AnalysisResult } from '../../src-shared/domain/result'
import { edgeEvidence } from '../core/effects/edge-evidence'
import { targetEvidence } from '../core/effects/target-evidence'
import type { EvidenceSource } from './evidence-source'
import { reportPage, reportPreview, type ReportOptions } from './page'

/** Evidence views as the engine calculates them. */
export const ENGINE_EVIDENCE: EvidenceSource = {
  edge: (of, source, target) => (isLearned(of) ? edgeEvidence(of, source, target) : null),
  target: (of, environment, gene) => (isLearned(of) ? targetEvidence(of, environment, gene) : null),
}

/**
 * The report of one run: a single HTML file that loads nothing, is complete without scripts, and prints. The same
 * result gives the same bytes; every date in it comes from the result.
 */
export function renderReportHtml(result: AnalysisResult, options?: ReportOptions): string {
  return reportPage(result, ENGINE_EVIDENCE, options)
}

/**
 * What the report will show, for the program's own window.
 * @param pause see `reportPreview`
 */
export function renderReportPreview(
  result: AnalysisResult,
  options: ReportOptions,
  pause: () => Promise<void>,
): Promise<{ readonly style: string; readonly body: string }> {
  return reportPreview(result, ENGINE_EVIDENCE, options, pause)
}
