import { checkMemory } from '../hdf5/matrix'
import { DenseMatrix, SparseMatrix } from '../hdf5/matrices'
import type { ReadRequest } from '../types'
import type { CellSource } from './cell-source'

/**
 * The cells of each group added up (counts) or averaged (other values), in one pass and with memory for the groups only.
 * @param groupOf [cells] group, -1 = left out
 * @returns [groups, genes]
 */
export async function sumGroups(
  source: CellSource,
  groupOf: Int32Array,
  groups: number,
  how: 'sum' | 'mean',
  request: ReadRequest,
  onProgress: (fraction: number) => void,
): Promise<DenseMatrix> {
  const d = source.genes.length
  checkMemory(source.fileName, groups * d * 8, request)
  const sums = new Float64Array(groups * d)
  const { geneOf } = source
  for await (const { rows, columns, values, length } of source.entries(request, onProgress))
    for (let at = 0; at < length; at++) {
      const group = groupOf[rows[at]!]!
      const gene = geneOf ? geneOf[columns[at]!]! : columns[at]!
      if (group >= 0 && gene >= 0) sums[group * d + gene]! += values[at]!
    }
  if (how === 'mean') {
    const sizes = new Int32Array(groups)
    for (const group of groupOf) if (group >= 0) sizes[group]!++
    for (let group = 0; group < groups; group++)
      for (let gene = 0; gene < d; gene++) sums[group * d + gene]! /= sizes[group]!
  }
  return new DenseMatrix(groups, d, sums)
}

/**
 * The chosen cells alone, in one pass.
 * @param chosen ascending; @param detected [cells] numbers of each cell above zero
 * @returns [chosen, genes]
 */
export async function pickCells(
  source: CellSource,
  chosen: Int32Array,
  detected: Int32Array,
  request: ReadRequest,
  onProgress: (fraction: number) => void,
): Promise<SparseMatrix> {
  const starts = new Float64Array(chosen.length + 1)
  chosen.forEach((cell, row) => {
    starts[row + 1] = starts[row]! + detected[cell]!
  })
  const entries = starts[chosen.length]!
  checkMemory(source.fileName, entries * 12, request)
  const positions = new Int32Array(entries)
  const kept = new Float64Array(entries)
  const rowOf = new Int32Array(source.cells.length).fill(-1)
  chosen.forEach((cell, row) => (rowOf[cell] = row))
  const next = starts.slice(0, -1)
  const { geneOf } = source
  for await (const { rows, columns, values, length } of source.entries(request, onProgress))
    for (let at = 0; at < length; at++) {
      const row = rowOf[rows[at]!]!
      const value = values[at]!
      const gene = geneOf ? geneOf[columns[at]!]! : columns[at]!
      if (row < 0 || gene < 0 || value === 0) continue
      const place = next[row]!++
      positions[place] = gene
      kept[place] = value
    }
  return new SparseMatrix('rows', chosen.length, source.genes.length, starts, positions, kept)
}
