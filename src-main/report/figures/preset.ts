import type { FigurePreset } from '../../../src-shared/contract/figures'
import { render, type Markup } from '../markup'
import { FONT } from './palette'

const WIDTH_MM: Readonly<Record<FigurePreset, number>> = { '89mm': 89, '183mm': 183 }
const POINTS_PER_MM = 72 / 25.4

/**
 * Journals want text of 5 to 7 pt. Figures write labels with 10 to 12 px, so a pixel must become 0.5 to 0.583 pt: a figure
 * has room for this many pixels, and a narrow one is not blown up to the whole width.
 */
const LEAST_POINTS_PER_PIXEL = 5 / 10
const MOST_POINTS_PER_PIXEL = 7 / 12

/** Pixels of width in which a figure keeps its text at 5 pt or more. */
export function roomFor(preset: FigurePreset): number {
  return Math.floor((WIDTH_MM[preset] * POINTS_PER_MM) / LEAST_POINTS_PER_PIXEL)
}

export interface SizedFigure {
  /** a file of its own */
  readonly svg: string
  readonly widthMm: number
  readonly heightMm: number
  /** smallest text, in points */
  readonly smallestText: number
}

const FILE_FONT = "Arial, Helvetica, 'Liberation Sans', 'Noto Sans', sans-serif"

/** A figure of this program as a file with the physical size of a journal preset; text stays text. */
export function sizedFigure(figure: Markup, preset: FigurePreset): SizedFigure {
  const markup = render(figure)
  const size = / width="(\d+)" height="(\d+)" /.exec(markup)
  if (!size) throw new Error('A figure has no size.')
  const [width, height] = [Number(size[1]), Number(size[2])]
  const perPixel = Math.min((WIDTH_MM[preset] * POINTS_PER_MM) / width, MOST_POINTS_PER_PIXEL)
  const widthMm = rounded((width * perPixel) / POINTS_PER_MM)
  const heightMm = rounded((height * perPixel) / POINTS_PER_MM)
  const svg = markup
    .replace(size[0], ` width="${widthMm}mm" height="${heightMm}mm" `)
    .replace(` font-family="${escaped(FONT)}"`, ` font-family="${escaped(FILE_FONT)}"`)
  return {
    svg: `<?xml version="1.0" encoding="UTF-8"?>\n${svg}\n`,
    widthMm,
    heightMm,
    smallestText: 10 * perPixel,
  }
}

const rounded = (value: number): number => Number(value.toFixed(2))
const escaped = (text: string): string => text.replaceAll("'", '&#39;')
