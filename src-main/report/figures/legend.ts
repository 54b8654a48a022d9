import type { Content, Markup } from '../markup'
import { element, text } from './svg'

export interface LegendEntry {
  readonly label: string
  /** pixels that the symbol takes before the label */
  readonly width: number
  /** @param x left end of the symbol  @param y the middle of the row */
  readonly symbol: (x: number, y: number) => Content
}

export interface Legend {
  /** pixels of height */
  readonly height: number
  /** @param top upper end of the first row */
  readonly draw: (top: number) => Markup
}

const ROW = 18
const BEFORE_LABEL = 5
const BETWEEN = 16
const FONT_SIZE = 11
/** Advance of the widest common screen font (DejaVu Sans, Verdana) in em, so that no label runs into the next symbol. */
const WIDE_ADVANCE = 0.62

const widthOf = ({ width, label }: LegendEntry): number =>
  width + BEFORE_LABEL + Array.from(label).length * WIDE_ADVANCE * FONT_SIZE

/** Entries side by side in as many rows as they need between `left` and `right`. */
export function legendOf(entries: readonly LegendEntry[], left: number, right: number): Legend {
  const places: { entry: LegendEntry; x: number; row: number }[] = []
  let [x, row] = [left, 0]
  for (const entry of entries) {
    if (x > left && x + widthOf(entry) > right) [x, row] = [left, row + 1]
    places.push({ entry, x, row })
    x += widthOf(entry) + BETWEEN
  }
  return {
    height: (row + 1) * ROW,
    draw: (top) =>
      element(
        'g',
        {},
        places.map(({ entry, x: at, row: line }) => {
          const middle = top + line * ROW + ROW / 2
          return [entry.symbol(at, middle), text(at + entry.width + BEFORE_LABEL, middle + 4, entry.label)]
        }),
      ),
  }
}
