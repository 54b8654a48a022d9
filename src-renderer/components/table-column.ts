export interface TableColumn<T> {
  readonly key: string
  readonly label: string
  /** name of a column whose head is left empty, for who cannot see it */
  readonly unseenLabel?: string
  /** least CSS width; when every column has one, what is left is shared in proportion */
  readonly width?: string
  readonly right?: boolean
  readonly italic?: boolean
  /** shown when no slot `cell-<key>` is given, and what the filter looks at */
  readonly value: (row: T) => string
  /** what copying writes, with all digits; without it the shown text */
  readonly raw?: (row: T) => number | string
  /** what sorting compares; without it the column cannot be sorted */
  readonly sortBy?: (row: T) => number | string
  /** larger values first on the first click */
  readonly descendingFirst?: boolean
  readonly help?: string
}

export interface TableSort {
  readonly key: string
  readonly descending: boolean
}

/** Sorted copy; NaN last in either direction, equal rows in their given order. */
export function sortRows<T>(
  rows: readonly T[],
  columns: readonly TableColumn<T>[],
  sort: TableSort | null,
): readonly T[] {
  const column = sort ? columns.find((other) => other.key === sort.key) : undefined
  if (!sort || !column?.sortBy) return rows
  const { sortBy } = column
  const sign = sort.descending ? -1 : 1
  const missing = (value: number | string): boolean => typeof value === 'number' && Number.isNaN(value)
  return rows
    .map((row) => ({ row, key: sortBy(row) }))
    .sort((a, b) => {
      if (missing(a.key) || missing(b.key)) return Number(missing(a.key)) - Number(missing(b.key))
      if (typeof a.key === 'string' || typeof b.key === 'string')
        return sign * String(a.key).localeCompare(String(b.key), 'en', { numeric: true })
      return sign * (a.key - b.key)
    })
    .map(({ row }) => row)
}

/** Rows in which every word of the filter occurs somewhere. */
export function filterRows<T>(
  rows: readonly T[],
  columns: readonly TableColumn<T>[],
  filter: string,
): readonly T[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return rows
  return rows.filter((row) => {
    const line = columns.map((column) => column.value(row).toLowerCase()).join('\n')
    return words.every((word) => line.includes(word))
  })
}

/** Rows as they are copied: text as shown, with a plain minus, and numbers with all their digits. */
export function tableOf<T>(
  rows: readonly T[],
  columns: readonly TableColumn<T>[],
): { columns: string[]; rows: (string | number)[][] } {
  return {
    columns: columns.map((column) => column.label),
    rows: rows.map((row) =>
      columns.map((column) => column.raw?.(row) ?? column.value(row).replaceAll('\u2212', '-')),
    ),
  }
}
