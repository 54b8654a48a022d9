/**
 * Spreadsheets run a cell that starts with one of these characters as a formula, also when it came from a text file.
 * Text written to a table gets a leading apostrophe before them; the importer takes it away again.
 *
 * Text that already looks guarded is guarded once more, so that `unguardFormula(guardFormula(text)) === text` always.
 */
const STARTS_FORMULA = /^'*[=+\-@\t\r]/
const GUARDED = /^'+[=+\-@\t\r]/

export function guardFormula(text: string): string {
  return STARTS_FORMULA.test(text) ? `'${text}` : text
}

export function unguardFormula(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell
}
