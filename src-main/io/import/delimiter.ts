import { rowSplitter } from './table-rows'
import { emptyTally, isMissingWord, parseCell, TEXT } from './number-cell'
import type { Delimiter, SourceFile } from './types'

/** Where two fit equally well the earlier one wins: a comma is also a decimal sign, a space part of names. */
const CANDIDATES: readonly Delimiter[] = ['tab', 'semicolon', 'pipe', 'comma', 'space']
const ROWS = 60

/**
 * The delimiter under which rows are equally long and hold numbers.
 * @param head whole lines from the start of the table
 * @returns null when no delimiter gives at least two columns
 */
export function detectDelimiter(file: SourceFile, head: string): Delimiter | null {
  let best: Delimiter | null = null
  let bestScore = 0
  for (const delimiter of CANDIDATES) {
    const score = fit(file, head, delimiter) * (delimiter === 'space' ? 0.85 : 1)
    // a tie within rounding keeps the earlier candidate
    if (score > bestScore + 1e-6) {
      best = delimiter
      bestScore = score
    }
  }
  return best
}

function fit(file: SourceFile, head: string, delimiter: Delimiter): number {
  const rows = splitHead(file, head, delimiter).slice(0, ROWS)
  const body = rows.length > 1 ? rows.slice(1) : rows
  const width = usualWidth(body)
  if (width < 2) return 0
  const consistent = body.filter((row) => row.length === width).length / body.length
  let numbers = 0
  let cells = 0
  for (const row of body)
    for (const cell of row.slice(1)) {
      if (isMissingWord(cell)) continue
      cells++
      if (parseCell(cell, 'comma', emptyTally()) !== TEXT || parseCell(cell, 'point', emptyTally()) !== TEXT)
        numbers++
    }
  return consistent * (0.3 + (cells > 0 ? numbers / cells : 0))
}

/** Rows of the head that hold anything; an unclosed quotation mark is no error while delimiters are tried out. */
function splitHead(file: SourceFile, head: string, delimiter: Delimiter): string[][] {
  const splitter = rowSplitter(file, delimiter, Number.POSITIVE_INFINITY)
  return [...splitter.push(head), ...splitter.end()].filter((row) => row.some((cell) => cell.trim() !== ''))
}

export function usualWidth(rows: readonly (readonly string[])[]): number {
  const seen = new Map<number, number>()
  for (const row of rows) seen.set(row.length, (seen.get(row.length) ?? 0) + 1)
  let width = 0
  let most = 0
  for (const [length, times] of seen)
    if (times > most || (times === most && length > width)) {
      width = length
      most = times
    }
  return width
}
