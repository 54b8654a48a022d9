import { isLearned, type AnalysisResult } from '../../src-shared/domain/result'
import { edgeEvidence } from '../core/effects/edge-evidence'
import { targetEvidence } from '../core/effects/target-evidence'
import { reportPage } from './page'

/**
 * The report of one run: a single HTML file that loads nothing, is complete without scripts, and prints. The same
 * result gives the same bytes; every date in it comes from the result.
 */
export function renderReportHtml(result: AnalysisResult): string {
  return reportPage(result, {
    edge: (of, source, target) => (isLearned(of) ? edgeEvidence(of, source, target) : null),
    target: (of, environment, gene) => (isLearned(of) ? targetEvidence(of, environment, gene) : null),
  })
}
