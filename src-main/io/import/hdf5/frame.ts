import { plural } from '../findings'
import type { SourceFile } from '../types'
import { damaged, type Hdf5Dataset, type Hdf5Group } from './hdf5-file'

/** The table of observations or variables of an AnnData file. */
export interface Frame {
  readonly names: readonly string[]
  /** columns in their order, but the index */
  readonly columns: readonly string[]
  /** texts of a column, '' = missing; null when it is not one of text, categories or numbers */
  readonly texts: (column: string) => string[] | null
  /** text or categories, not measured numbers */
  readonly isText: (column: string) => boolean
}

/**
 * Reads `obs` or `var` in every layout that AnnData has written: groups with `encoding-type` (0.8 and later: categories and
 * nullable arrays as groups), groups with `__categories` (0.7), and compound datasets whose categories lie in `uns` (0.6).
 * Source: anndata's on-disk format specification.
 */
export function readFrame(root: Hdf5Group, path: string): Frame | null {
  const group = root.subgroup(path)
  if (group) return groupFrame(group, path)
  const dataset = root.dataset(path)
  return dataset?.fields ? compoundFrame(root, dataset, dataset.fields) : null
}

function groupFrame(group: Hdf5Group, path: string): Frame {
  const index = textAttribute(group.attribute('_index')) ?? 'index'
  const names = group.dataset(index)?.texts() ?? column(group, index)?.()
  if (!names) throw damaged(group.file, `${path} has no index`)
  const order = group.attribute('column-order')
  const listed = Array.isArray(order) ? order.filter((name) => typeof name === 'string') : null
  const columns = (listed ?? group.names).filter((name) => name !== index && name !== '__categories')
  const isText = (name: string): boolean => {
    const dataset = group.dataset(name)
    if (dataset) return dataset.isText || group.dataset(`__categories/${name}`) !== null
    const type = group.subgroup(name)?.attribute('encoding-type')
    return type === 'categorical' || type === 'nullable-string-array'
  }
  return {
    names,
    columns,
    isText,
    texts: (name) => {
      const texts = column(group, name)?.() ?? null
      return texts?.length === names.length ? texts : null
    },
  }
}

/** A function that reads the column, or null when it has a form that has no texts. */
function column(group: Hdf5Group, name: string): (() => string[]) | null {
  const dataset = group.dataset(name)
  if (dataset) {
    const categories = group.dataset(`__categories/${name}`)
    if (categories) return () => decoded(dataset, categories.texts())
    return dataset.isText || dataset.isNumeric ? () => dataset.texts() : null
  }
  const encoded = group.subgroup(name)
  const codes = encoded?.dataset('codes')
  const categories = encoded?.dataset('categories')
  if (codes && categories) return () => decoded(codes, categories.texts())
  const categoryValues = encoded?.subgroup('categories')?.dataset('values')
  if (codes && categoryValues) return () => decoded(codes, categoryValues.texts())
  const values = encoded?.dataset('values')
  const mask = encoded?.dataset('mask')
  if (!values) return null
  return () => {
    const texts = values.texts()
    const missing = mask?.numbers()
    return missing ? texts.map((text, index) => (Number(missing[index]) === 0 ? text : '')) : texts
  }
}

/** @throws AppError DATA_FORMAT for a code that stands for nothing */
const decoded = (codes: Hdf5Dataset, categories: readonly string[]): string[] =>
  Array.from(codes.numbers() as ArrayLike<number | bigint>, (code) =>
    categoryOf(Number(code), categories, codes.file),
  )

const MISSING_CODE = -1

function categoryOf(code: number, categories: readonly string[], file: SourceFile): string {
  if (code === MISSING_CODE) return ''
  const category = categories[code]
  if (category === undefined)
    throw damaged(
      file,
      `a column has the category ${code} of ${plural(categories.length, 'category', 'categories')}`,
    )
  return category
}

function compoundFrame(root: Hdf5Group, dataset: Hdf5Dataset, fields: readonly string[]): Frame {
  const records = dataset.records()
  const index = Math.max(0, fields.indexOf('index'))
  const text = (value: unknown): string =>
    typeof value === 'string'
      ? value
      : typeof value === 'number' || typeof value === 'bigint'
        ? String(value)
        : ''
  const names = records.map((record) => text(record[index]))
  const categoriesOf = (name: string): string[] | null => {
    const categories = root.dataset(`uns/${name}_categories`)
    return categories?.isText ? categories.texts() : null
  }
  return {
    names,
    columns: fields.filter((_, field) => field !== index),
    isText: (name) => categoriesOf(name) !== null || typeof records[0]?.[fields.indexOf(name)] === 'string',
    texts: (name) => {
      const field = fields.indexOf(name)
      if (field < 0) return null
      const categories = categoriesOf(name)
      return records.map((record) =>
        categories ? categoryOf(Number(record[field]), categories, dataset.file) : text(record[field]),
      )
    },
  }
}

const textAttribute = (value: unknown): string | null => (typeof value === 'string' ? value : null)
