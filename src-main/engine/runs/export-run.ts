import type { NewExperimentSummary } from '../../../src-shared/domain/evidence'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { edgesTsv, targetsTsv } from '../../io/result/tables'
import { serialiseResult } from '../../io/result/serialise-result'
import { renderReportHtml } from '../../report/html'

export type ExportFormat = 'edges-tsv' | 'targets-tsv' | 'result-json' | 'report-html'

const FORMATS: Record<
  ExportFormat,
  { suffix: string; mediaType: string; render: (result: AnalysisResult) => string }
> = {
  'edges-tsv': { suffix: 'edges.tsv', mediaType: 'text/tab-separated-values', render: edgesTsv },
  'targets-tsv': {
    suffix: 'targets.tsv',
    mediaType: 'text/tab-separated-values',
    render: (result) =>
      targetsTsv({ ...result.targets, genes: result.genes, environments: result.environments }),
  },
  'result-json': { suffix: 'result.json', mediaType: 'application/json', render: serialiseResult },
  'report-html': { suffix: 'report.html', mediaType: 'text/html', render: renderReportHtml },
}

export function exportRun(
  result: AnalysisResult,
  format: ExportFormat,
): { fileName: string; mediaType: string; bytes: Uint8Array } {
  const { suffix, mediaType, render } = FORMATS[format]
  return {
    fileName: `${fileStem(result.input.name)}-${suffix}`,
    mediaType,
    bytes: new TextEncoder().encode(render(result)),
  }
}

/** A name for files made from any text: letters, digits, dot, dash and underscore, never empty or hidden. */
export function fileStem(name: string): string {
  const safe = name
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+/, '')
    .slice(0, 80)
  return safe === '' ? 'metacadi' : safe
}

/** `targets.tsv` of new experiments that were read under a stored posterior. */
export const exportNewTargets = (summary: NewExperimentSummary): string => targetsTsv(summary)
