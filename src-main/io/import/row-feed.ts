import { PlainLine } from './plain-line'
import type { TableBuilder } from './table-builder'
import type { TableHead } from './table-head'
import { DELIMITERS, rowSplitter } from './table-rows'
import { stringOf, type TextPiece } from './text-encoding'
import type { SourceFile } from './types'

/** Brings the text of a table, in pieces of any length, into a builder row by row. */
export interface RowFeed {
  readonly push: (piece: TextPiece) => void
  readonly end: () => void
  /** rows below the header that are not blank */
  readonly dataRows: () => number
}

/**
 * Two ways for a line: `PlainLine` for the usual ones, and the splitter, which knows every rule of quoting, for the
 * text from an unusual line with quotation marks to the end of its piece.
 */
export function rowFeed(
  file: SourceFile,
  builder: TableBuilder,
  head: TableHead,
  rowLength: number,
): RowFeed {
  const { delimiter, headerRow, layout } = head
  const splitter = rowSplitter(file, delimiter, rowLength)
  const line = delimiter === 'space' ? null : new PlainLine(layout, DELIMITERS[delimiter], head.decimal)
  const separator = delimiter === 'space' ? '' : DELIMITERS[delimiter]
  let row = head.linesBefore
  let dataRows = 0
  /** the beginning of a line whose end has not come yet; null while the splitter holds it */
  let begun: string[] | null = []
  let begunLength = 0

  const add = (cells: readonly string[]): void => {
    row++
    if (row <= headerRow || (cells.length === 1 && cells[0]!.trim() === '')) return
    dataRows++
    builder.addRow(cells, row)
  }
  const keep = (text: string): void => {
    begun = text === '' ? [] : [text]
    begunLength = text.length
  }
  const split = (text: string): void => {
    begun = null
    for (const cells of splitter.push(text)) add(cells)
  }
  /** the loaded lines, as far as they need no splitter; the rest, from the first that does, is returned */
  const addLines = (plain: PlainLine, end: number): string => {
    let at = 0
    while (at < end) {
      const next = row < headerRow ? -1 : builder.addPlainLine(plain, at, row + 1)
      if (next >= 0) {
        row++
        dataRows++
        at = next
        continue
      }
      const lineEnd = plain.lineEnd(at)
      const cells = plain.slice(at, lineEnd)
      if (cells.includes('"')) return plain.slice(at, end)
      add(cells.split(separator))
      at = lineEnd + 1
    }
    return ''
  }
  const goOn = (needSplitter: string, begins: string): void => {
    if (needSplitter === '') keep(begins)
    else split(needSplitter + begins)
  }
  const push = (piece: TextPiece): void => {
    if (line && begun === null) {
      const released = splitter.release()
      if (released !== null) keep(released)
    }
    if (!line || begun === null) {
      split(stringOf(piece))
      return
    }
    const end = piece.lastIndexOf('\n') + 1
    if (typeof piece !== 'string' && end > 0) {
      const loaded = line.loadBytes(begun.join(''), piece, end)
      if (loaded >= 0) {
        goOn(addLines(line, loaded), piece.toString('latin1', end))
        return
      }
    }
    begun.push(stringOf(piece))
    begunLength += piece.length
    if (end === 0 && begunLength <= rowLength) return
    const text = begun.length === 1 ? begun[0]! : begun.join('')
    if (end === 0) {
      split(text)
      return
    }
    const lines = text.slice(0, text.length - (piece.length - end))
    line.load(lines)
    goOn(addLines(line, lines.length), text.slice(lines.length))
  }
  return {
    push,
    end: () => {
      if (begun !== null) split(begun.join(''))
      for (const cells of splitter.end()) add(cells)
    },
    dataRows: () => dataRows,
  }
}
