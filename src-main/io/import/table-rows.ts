import Papa from 'papaparse'
import { AppError } from '../../../src-shared/contract/errors'
import { count } from './findings'
import type { Delimiter, SourceFile } from './types'

export const DELIMITERS: Readonly<Record<Exclude<Delimiter, 'space'>, string>> = {
  tab: '\t',
  semicolon: ';',
  pipe: '|',
  comma: ',',
}

/** Cuts text that arrives in pieces into rows of cells. */
export interface RowSplitter {
  /** every row that is complete; the rest waits for the next piece */
  readonly push: (text: string) => string[][]
  readonly end: () => string[][]
  /** takes back the text that waits, or null while it may be inside quotation marks */
  readonly release: () => string | null
}

/**
 * @param rowLength longest row in characters; a quotation mark that is never closed would otherwise
 *   swallow the rest of the file. Infinity: rows are only tried out, nothing is an error
 */
export function rowSplitter(file: SourceFile, delimiter: Delimiter, rowLength: number): RowSplitter {
  const parse = delimiter === 'space' ? parseSpaces : papaParser(DELIMITERS[delimiter])
  let pending: string[] = []
  let length = 0
  let tryAgainAt = 0
  let rows = 0
  const take = (last: boolean): string[][] => {
    const text = pending.length === 1 ? pending[0]! : pending.join('')
    const result = parse(text, last)
    const rest = text.slice(result.cursor)
    pending = rest === '' ? [] : [rest]
    length = rest.length
    rows += result.data.length
    // a row longer than a piece is looked at again only when it has doubled, so that the work stays linear
    tryAgainAt = result.data.length === 0 ? 2 * length : 0
    if (length > rowLength || (last && result.unclosedQuote && Number.isFinite(rowLength)))
      throw unclosedQuote(file, rows)
    return result.data
  }
  return {
    push: (text) => {
      pending.push(text)
      length += text.length
      return length >= Math.min(tryAgainAt, rowLength) ? take(false) : []
    },
    end: () => (length > 0 ? take(true) : []),
    release: () => {
      const text = pending.length === 1 ? pending[0]! : pending.join('')
      if (text.includes('"')) return null
      pending = []
      length = 0
      tryAgainAt = 0
      return text
    },
  }
}

interface Parsed {
  readonly data: string[][]
  readonly cursor: number
  readonly unclosedQuote: boolean
}

function papaParser(delimiter: string): (text: string, last: boolean) => Parsed {
  return (text, last) => {
    const parser = new Papa.Parser({ delimiter, newline: '\n' })
    const parsed: unknown = parser.parse(text, 0, !last)
    const result = parsed as {
      data: string[][]
      errors: { code: string }[]
      meta: { cursor: number }
    }
    const unclosedQuote = result.errors.some((error) => error.code === 'MissingQuotes')
    return { data: result.data, cursor: last ? text.length : result.meta.cursor, unclosedQuote }
  }
}

const SPACED_CELL = /"((?:[^"]|"")*)"(?= |\t|$)|[^ \t]+/g

/** Runs of spaces separate; a quoted cell may contain them, but no line break. */
function parseSpaces(text: string, last: boolean): Parsed {
  const cursor = last ? text.length : text.lastIndexOf('\n') + 1
  const lines = text.slice(0, cursor).replace(/\n$/, '')
  if (cursor === 0) return { data: [], cursor, unclosedQuote: false }
  const data = lines.split('\n').map((line) => {
    const cells = [...line.matchAll(SPACED_CELL)].map((match) => match[1]?.replaceAll('""', '"') ?? match[0])
    return cells.length > 0 ? cells : ['']
  })
  return { data, cursor, unclosedQuote: false }
}

function unclosedQuote(file: SourceFile, rows: number): AppError {
  return new AppError(
    'DATA_FORMAT',
    `${file.name}: the row after row ${count(rows)} has no end. Often a quotation mark that is never closed. ` +
      'Remove it, or export the table again.',
    { row: rows + 1 },
  )
}
