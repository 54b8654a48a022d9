import type { ReadOptions } from '../../../../src-shared/contract/dataset-source'
import type { Finding } from '../../../../src-shared/contract/dataset-summary'
import { count, info, plural } from '../findings'
import type { ReadRequest } from '../types'
import type { CellSource } from './cell-source'

/** of whole transcriptomes; scanpy's and Seurat's tutorials use 200 genes, and 5 to 20 % for mitochondria */
const USUAL = { counts: 500, genes: 200, mitochondrial: 20 }
/** with fewer genes the file is a panel or a choice of genes, for which nothing is usual */
const WHOLE_TRANSCRIPTOME = 5000
const MITOCHONDRIAL = /^mt-/i

export interface CellFacts {
  /** [cells] sum of the values */
  readonly total: Float64Array
  /** [cells] genes above zero */
  readonly detected: Int32Array
  /** [cells] sum of the mitochondrial genes */
  readonly mitochondrial: Float64Array
  /** every value is a non-negative integer */
  readonly areCounts: boolean
  readonly missing: number
}

/** One pass over all numbers. Guides are noted on the way. */
export async function measureCells(
  source: CellSource,
  request: ReadRequest,
  onProgress: (fraction: number) => void,
): Promise<CellFacts> {
  const n = source.cells.length
  const total = new Float64Array(n)
  const detected = new Int32Array(n)
  const mitochondrial = new Float64Array(n)
  const isMitochondrial = Uint8Array.from(source.genes, (gene) => (MITOCHONDRIAL.test(gene) ? 1 : 0))
  const { geneOf, guides } = source
  let areCounts = true
  let missing = 0
  for await (const { rows, columns, values, length } of source.entries(request, onProgress))
    for (let at = 0; at < length; at++) {
      const cell = rows[at]!
      const value = values[at]!
      const gene = geneOf ? geneOf[columns[at]!]! : columns[at]!
      if (gene < 0) {
        guides?.note(cell, columns[at]!, value)
        continue
      }
      if (value !== value) {
        missing++
        continue
      }
      if (value === 0) continue
      total[cell]! += value
      detected[cell]!++
      if (isMitochondrial[gene] === 1) mitochondrial[cell]! += value
      if (value < 0 || value !== Math.floor(value)) areCounts = false
    }
  return { total, detected, mitochondrial, areCounts, missing }
}

export interface Bounds {
  readonly counts: number
  readonly genes: number
  /** per cent */
  readonly mitochondrial: number
}

type QualityOptions = Pick<ReadOptions, 'minCounts' | 'minGenes' | 'maxMitochondrial'>

/** What is in force: the user's numbers, else the usual ones for whole transcriptomes, else none. */
export function boundsOf(options: QualityOptions, genes: number, areCounts: boolean): Bounds {
  const whole = genes >= WHOLE_TRANSCRIPTOME
  const { minCounts, minGenes, maxMitochondrial } = options
  return {
    // the sum of logarithms has no usual size
    counts: minCounts === 'auto' ? (whole && areCounts ? USUAL.counts : 0) : minCounts,
    genes: minGenes === 'auto' ? (whole ? USUAL.genes : 0) : minGenes,
    mitochondrial: maxMitochondrial === 'auto' ? (whole ? USUAL.mitochondrial : 100) : maxMitochondrial,
  }
}

/** @returns [cells] 1 = the cell stays, and what was removed by which bound */
export function filterCells(facts: CellFacts, bounds: Bounds): { kept: Uint8Array; findings: Finding[] } {
  const n = facts.total.length
  const kept = new Uint8Array(n).fill(1)
  const by = { counts: 0, genes: 0, mitochondrial: 0 }
  let removed = 0
  for (let cell = 0; cell < n; cell++) {
    const few = facts.total[cell]! < bounds.counts
    const thin = facts.detected[cell]! < bounds.genes
    const dying =
      facts.total[cell]! > 0 && 100 * facts.mitochondrial[cell]! > bounds.mitochondrial * facts.total[cell]!
    if (few) by.counts++
    if (thin) by.genes++
    if (dying) by.mitochondrial++
    if (!few && !thin && !dying) continue
    kept[cell] = 0
    removed++
  }
  const on = [
    ...(bounds.counts > 0 ? [`fewer than ${plural(bounds.counts, 'count')}: ${count(by.counts)}`] : []),
    ...(bounds.genes > 0 ? [`fewer than ${plural(bounds.genes, 'gene')}: ${count(by.genes)}`] : []),
    ...(bounds.mitochondrial < 100
      ? [`more than ${bounds.mitochondrial} % mitochondrial: ${count(by.mitochondrial)}`]
      : []),
  ]
  if (on.length === 0) return { kept, findings: [] }
  const text = `${count(removed)} of ${plural(n, 'cell')} ${removed === 1 ? 'was' : 'were'} left out by quality (${on.join('; ')}; a cell can fail several).`
  return { kept, findings: [info('cell-quality', text, { count: removed })] }
}
