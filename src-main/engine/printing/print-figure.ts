import { withDensity } from '../../../src-shared/domain/png-density'
import type { PagePrinter } from './page-printer'
import { withDate } from './pdf-date'

interface PhysicalSize {
  readonly widthMm: number
  readonly heightMm: number
}

/** @param date ISO date that the file carries instead of the time of printing */
export async function printPage(
  printer: PagePrinter,
  html: string,
  date: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  return withDate(await printer.pdf(html, signal), date)
}

/** A PDF whose one page is the figure. */
export function printFigure(
  printer: PagePrinter,
  svg: string,
  { widthMm, heightMm }: PhysicalSize,
  date: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const style = `@page{size:${widthMm}mm ${heightMm}mm;margin:0}html,body{margin:0}svg{display:block}`
  return printPage(printer, figurePage(svg, style), date, signal)
}

/** The figure as pixels that carry their density. */
export async function paintFigure(
  printer: PagePrinter,
  svg: string,
  { widthMm, heightMm }: PhysicalSize,
  dpi: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const [width, height] = [widthMm, heightMm].map((mm) => Math.round((mm / 25.4) * dpi)) as [number, number]
  const style = `html,body{margin:0;background:#fff}svg{display:block;width:${width}px;height:${height}px}`
  return withDensity(await printer.png(figurePage(svg, style), { width, height }, signal), dpi)
}

const figurePage = (svg: string, style: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>Figure</title><style>${style}</style></head><body>${svg.replace(/^<\?xml[^>]*\?>\n/, '')}</body></html>`
