import type { Finding } from '../../../src-shared/contract/dataset-summary'
import type { InputFile } from '../../../src-shared/domain/dataset'
import { shown } from './findings'
import type { Matrix } from './hdf5/matrices'
import { PREVIEW_COLUMNS, PREVIEW_ROWS } from './table-head'
import type { ExpressionTable, TablePart } from './types'

/** What a format without text layout knows: a matrix of samples × genes with names. */
export interface MatrixTableParts {
  readonly format: string
  readonly input: InputFile
  readonly gzip: boolean
  /** [samples, features] */
  readonly matrix: Matrix
  /** names of the genes and the column of each in the matrix; null = all columns in order */
  readonly genes: readonly string[]
  readonly columns: Int32Array | null
  readonly samples: readonly string[]
  readonly labels: readonly string[] | null
  readonly environmentColumn: string | null
  readonly environmentCandidates: readonly string[]
  readonly part: string | null
  readonly parts: readonly TablePart[]
  readonly findings: readonly Finding[]
}

export function matrixTable(given: MatrixTableParts): ExpressionTable {
  const { matrix, columns, genes, samples } = given
  const genesOutside = matrix.linesAre === 'columns'
  const column = (gene: number): number => (columns ? columns[gene]! : gene)
  const get = (gene: number, sample: number): number => matrix.at(sample, column(gene))
  const wide = new Float64Array(columns && !genesOutside ? matrix.columns : 0)
  const line = (index: number, into: Float64Array): void => {
    if (!columns || genesOutside) {
      matrix.line(genesOutside ? column(index) : index, into)
      return
    }
    matrix.line(index, wide)
    const length = Math.min(into.length, columns.length)
    for (let gene = 0; gene < length; gene++) into[gene] = wide[columns[gene]!]!
  }
  return {
    input: given.input,
    genes,
    geneRows: null,
    genesOutside,
    samples,
    labels: given.labels,
    environmentColumn: given.environmentColumn,
    environmentCandidates: given.environmentCandidates,
    samplesUnnamed: false,
    complete: !hasMissing(
      genesOutside ? genes.length : samples.length,
      genesOutside ? samples.length : genes.length,
      line,
    ),
    get,
    line,
    format: given.format,
    part: given.part,
    parts: given.parts,
    layout: {
      orientation: 'genes-in-columns',
      delimiter: 'tab',
      decimal: 'point',
      encoding: 'utf-8',
      gzip: given.gzip,
      guessed: given.parts.length > 1 ? ['part'] : [],
    },
    preview: {
      header: ['', ...genes.slice(0, PREVIEW_COLUMNS - 1).map(shown)],
      rows: samples
        .slice(0, PREVIEW_ROWS)
        .map((sample, row) => [
          shown(sample),
          ...genes.slice(0, PREVIEW_COLUMNS - 1).map((_, gene) => previewNumber(get(gene, row))),
        ]),
      totalRows: samples.length,
      totalColumns: genes.length + 1,
    },
    findings: given.findings,
  }
}

const previewNumber = (value: number): string =>
  value === value ? String(Number(value.toPrecision(7))) : 'NA'

/** Infinite values are as unusable as missing ones, but no format of matrices writes them for missing. */
function hasMissing(
  lines: number,
  length: number,
  line: (index: number, into: Float64Array) => void,
): boolean {
  const buffer = new Float64Array(length)
  for (let index = 0; index < lines; index++) {
    line(index, buffer)
    for (let at = 0; at < length; at++) if (buffer[at] !== buffer[at]) return true
  }
  return false
}
