import { describe, expect, it } from 'vitest'
import { filterRows, sortRows, type TableColumn } from '../../../src-renderer/components/table-column'

interface Row {
  readonly name: string
  readonly value: number
}
const columns: readonly TableColumn<Row>[] = [
  { key: 'name', label: 'Name', value: (row) => row.name, sortBy: (row) => row.name },
  { key: 'value', label: 'Value', value: (row) => String(row.value), sortBy: (row) => row.value },
]
const rows: Row[] = [
  { name: 'g10', value: Number.NaN },
  { name: 'g2', value: 3 },
  { name: 'g1', value: 5 },
]

describe('A sorted table', () => {
  it('puts missing numbers last in either direction', () => {
    const last = (descending: boolean) => sortRows(rows, columns, { key: 'value', descending }).at(-1)!.name
    expect([last(true), last(false)]).toEqual(['g10', 'g10'])
  })
  it('reads numbers inside names as numbers', () => {
    expect(sortRows(rows, columns, { key: 'name', descending: false }).map((row) => row.name)).toEqual([
      'g1',
      'g2',
      'g10',
    ])
  })
  it('leaves the given rows as they are', () => {
    sortRows(rows, columns, { key: 'value', descending: false })
    expect(rows[0]!.name).toBe('g10')
  })
})

describe('A filtered table', () => {
  it('keeps rows in which every word occurs, in any column and case', () => {
    expect(filterRows(rows, columns, 'G1 5').map((row) => row.name)).toEqual(['g1'])
    expect(filterRows(rows, columns, '  ')).toBe(rows)
  })
})
