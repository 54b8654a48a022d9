import { guardFormula } from '../../src-shared/domain/formula-guard'
import { paintFigure, type PhysicalSize } from './paint-figure'

/** A table as text: what a spreadsheet and a word processor take from the clipboard. */
export interface CopiedTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Text that a spreadsheet would run as a formula gets an apostrophe; numbers stay numbers. */
const guarded = (cell: string | number): string =>
  typeof cell === 'string' ? guardFormula(cell) : Number.isFinite(cell) ? String(cell) : ''

const oneLine = (text: string): string => text.replace(/[\t\r\n]+/g, ' ')

export function tableAsTsv({ columns, rows }: CopiedTable): string {
  return [columns, ...rows].map((row) => row.map((cell) => oneLine(guarded(cell))).join('\t')).join('\n')
}

export function tableAsHtml({ columns, rows }: CopiedTable): string {
  const head = columns.map((column) => `<th>${escaped(column)}</th>`).join('')
  const body = rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escaped(guarded(cell))}</td>`).join('')}</tr>`)
    .join('')
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`
}

/** Both forms at once: the program that pastes takes the one it knows. @throws when the clipboard is not available */
export async function copyTable(table: CopiedTable): Promise<void> {
  const plain = new Blob([tableAsTsv(table)], { type: 'text/plain' })
  const html = new Blob([tableAsHtml(table)], { type: 'text/html' })
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': plain, 'text/html': html })])
}

/** @throws when the clipboard is not available */
export async function copySvg(svg: string): Promise<void> {
  const types: Record<string, Blob> = { 'text/plain': new Blob([svg], { type: 'text/plain' }) }
  if ('supports' in ClipboardItem && ClipboardItem.supports('image/svg+xml'))
    types['image/svg+xml'] = new Blob([svg], { type: 'image/svg+xml' })
  await navigator.clipboard.write([new ClipboardItem(types)])
}

/**
 * The picture of an SVG, drawn by the window itself.
 * @throws when the picture cannot be drawn or the clipboard is not available
 */
export async function copyPng(svg: string, size: PhysicalSize, dpi: number): Promise<void> {
  const picture = paintFigure(svg, size, dpi).then((bytes) => new Blob([bytes], { type: 'image/png' }))
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })])
}
