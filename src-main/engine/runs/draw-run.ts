import { fileStem } from '../../../src-shared/contract/file-stem'
import type { FigureRequest } from '../../../src-shared/contract/figures'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { tableFile } from '../../report/exports/table'
import { sizedFigure, type SizedFigure } from '../../report/figures/preset'
import type { PagePrinter } from '../printing/page-printer'
import { paintFigure, printFigure } from '../printing/print-figure'
import type { ExportedFile } from './export-run'

export interface DrawnFile extends ExportedFile {
  readonly widthMm: number
  readonly heightMm: number
  /** a remark about the size, or '' */
  readonly note: string
}

const MEDIA_TYPE = {
  svg: 'image/svg+xml',
  png: 'image/png',
  pdf: 'application/pdf',
  tsv: 'text/tab-separated-values',
} as const

/**
 * One figure of a run as a file, or the data behind it.
 * @throws AppError INVALID_PARAMS, DATA_INSUFFICIENT; FILE_ACCESS when nothing is there that makes PNG or PDF
 */
export async function drawRun(
  result: AnalysisResult,
  request: FigureRequest,
  signal: AbortSignal,
  printer: PagePrinter,
): Promise<DrawnFile> {
  // loaded when it is needed: the layout of networks is more code than the rest of the engine
  const [{ drawFigure }, { ENGINE_EVIDENCE }] = await Promise.all([
    import('../../report/figures/registry'),
    import('../../report/html'),
  ])
  const drawn = drawFigure(result, ENGINE_EVIDENCE, request)
  const sized = sizedFigure(drawn.markup, request.preset)
  return {
    fileName: `${fileStem(result.input.name)}-${drawn.name}.${request.format}`,
    mediaType: MEDIA_TYPE[request.format],
    bytes:
      request.format === 'tsv'
        ? new TextEncoder().encode(tableFile('tsv', drawn.data, false))
        : await pictured(sized, request, result.createdAt, signal, printer),
    widthMm: sized.widthMm,
    heightMm: sized.heightMm,
    note: noteOn(sized, request),
  }
}

async function pictured(
  sized: SizedFigure,
  { format, dpi }: FigureRequest,
  date: string,
  signal: AbortSignal,
  printer: PagePrinter,
): Promise<Uint8Array> {
  if (format === 'png') return paintFigure(printer, sized.svg, sized, dpi, signal)
  if (format === 'pdf') return printFigure(printer, sized.svg, sized, date, signal)
  return new TextEncoder().encode(sized.svg)
}

/** Smallest text that journals accept, in points. */
const LEAST_TEXT = 5

function noteOn({ smallestText }: SizedFigure, { preset }: FigureRequest): string {
  if (smallestText >= LEAST_TEXT) return ''
  const wider = preset === '89mm' ? ' Take 183mm, or fewer edges or genes.' : ''
  return `The figure does not fit ${preset} with readable text: its smallest text has ${smallestText.toFixed(1)} pt.${wider}`
}
