import {
  formatInfo,
  type ExportFormat,
  type ExportOptions,
  type WrittenFormat,
} from '../../../src-shared/contract/export-formats'
import { AppError } from '../../../src-shared/contract/errors'
import { REPORT_SECTION_IDS } from '../../../src-shared/contract/report-sections'
import { fileStem } from '../../../src-shared/contract/file-stem'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { serialiseResult } from '../../io/result/serialise-result'
import type { ExportInput } from '../../report/exports/exporter'
import type { PagePrinter } from '../printing/page-printer'
import { printPage } from '../printing/print-figure'
import { keptHonestyCheck } from './kept-honesty-check'

export interface ExportedFile {
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

/**
 * One file of a run. The same result, format and options give the same bytes.
 * @throws AppError RESOURCE_LIMIT when the format cannot hold that much, FILE_ACCESS when nothing is there that prints
 */
export async function exportRun(
  result: AnalysisResult,
  format: ExportFormat,
  options: ExportOptions,
  signal: AbortSignal,
  printer: PagePrinter,
): Promise<ExportedFile> {
  const { suffix, mediaType } = formatInfo(format)
  const honesty = holdsReport(format, options) ? await keptHonestyCheck(result, signal) : null
  const input: ExportInput = { result, options, honesty, resultJson: () => serialiseResult(result) }
  // loaded when it is needed: the layout of networks is more code than the rest of the engine
  const { EXPORTERS, reportHtml } = await import('../../report/exports/registry')
  const content =
    format === 'report-pdf'
      ? await printPage(printer, reportHtml(input), result.createdAt, signal)
      : write(format, () => EXPORTERS[format](input))
  return {
    fileName: suffix === 'CITATION.cff' ? suffix : `${fileStem(result.input.name)}-${suffix}`,
    mediaType,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  }
}

const REPORTS: readonly ExportFormat[] = ['report-html', 'report-md', 'report-pdf', 'bundle-zip']

/** Whether the check on the study's own data, which takes a while, is part of what is written. */
const holdsReport = (format: ExportFormat, { sections }: ExportOptions): boolean =>
  REPORTS.includes(format) && (sections ?? REPORT_SECTION_IDS).includes('honesty')

function write(format: WrittenFormat, content: () => string | Uint8Array): string | Uint8Array {
  try {
    return content()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new AppError(
      'RESOURCE_LIMIT',
      `The run is too large for ${formatInfo(format).label}. Choose a higher probability to begin with, or TSV.`,
      { error: error.message },
    )
  }
}
