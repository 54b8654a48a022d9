import {
  formatInfo,
  type ExportFormat,
  type ExportOptions,
  type WrittenFormat,
} from '../../../src-shared/contract/export-formats'
import { AppError } from '../../../src-shared/contract/errors'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { serialiseResult } from '../../io/result/serialise-result'
import { EXPORTERS } from '../../report/exports/registry'
import { renderReportHtml } from '../../report/html'
import { printPage } from '../printing/chromium-page'

export interface ExportedFile {
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

/**
 * One file of a run. The same result, format and options give the same bytes.
 * @throws AppError RESOURCE_LIMIT when the format cannot hold that much, FILE_ACCESS when PDF finds no Chromium
 */
export async function exportRun(
  result: AnalysisResult,
  format: ExportFormat,
  options: ExportOptions,
  signal: AbortSignal,
): Promise<ExportedFile> {
  const { suffix, mediaType } = formatInfo(format)
  const content =
    format === 'report-pdf'
      ? await printPage(renderReportHtml(result, options.sections), result.createdAt, signal)
      : write(result, format, options)
  return {
    fileName: suffix === 'CITATION.cff' ? suffix : `${fileStem(result.input.name)}-${suffix}`,
    mediaType,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  }
}

function write(result: AnalysisResult, format: WrittenFormat, options: ExportOptions): string | Uint8Array {
  try {
    return EXPORTERS[format]({ result, options, resultJson: () => serialiseResult(result) })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new AppError(
      'RESOURCE_LIMIT',
      `The run is too large for ${formatInfo(format).label}. Choose a higher probability to begin with, or TSV.`,
      { error: error.message },
    )
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
