import { guardFormula } from '../../../src-shared/domain/formula-guard'
import { exportText } from './names'

export type Separator = 'tsv' | 'csv'

/** Shortest text that reads back as the same number; NA is what R and pandas read as missing. */
export const numberCell = (value: number): string => (Number.isFinite(value) ? String(value) : 'NA')

/**
 * A name out of the user's files as a cell.
 * @param raw for scripts: no guard against formulas, and only what would break the line is replaced
 */
export function nameCell(name: string, raw: boolean): string {
  if (raw) return name.replace(/[\t\r\n\0]+/g, ' ').replace(/\p{Cs}/gu, '\ufffd')
  return guardFormula(exportText(name))
}

/**
 * Rows of finished cells as a text table. TSV has no quotes, so its cells hold neither tabs nor line breaks; CSV is quoted
 * as in RFC 4180, with line feeds.
 */
export function tableText(
  separator: Separator,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line =
    separator === 'tsv'
      ? (cells: readonly string[]): string => `${cells.join('\t')}\n`
      : (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\n`
  return [columns, ...rows].map(line).join('')
}

const csvCell = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
