import { nameCell, numberCell, tableText, type Separator } from './table-text'

/** A word of this program, a number (NaN = missing), or text out of the user's files. */
export type Cell = string | number | UserText

export interface UserText {
  readonly text: string
}

export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** The table as TSV or CSV. */
export function tableFile(separator: Separator, { columns, rows }: Table, raw: boolean): string {
  const cell = (value: Cell): string =>
    typeof value === 'number'
      ? numberCell(value)
      : typeof value === 'string'
        ? value
        : nameCell(value.text, raw)
  return tableText(
    separator,
    columns,
    rows.map((row) => row.map(cell)),
  )
}
