import type { Dataset, InputFile, Transform } from '../../../src-shared/domain/dataset'
import type { Environments } from './control'
import { type Breathe, type Expression, forEachLine, picked, range, type Values } from './expression'

/** Sample indices with the control first, then experiment by experiment, each in the order of the files. */
export function rowsByEnvironment(environmentOf: Int32Array): Int32Array {
  let count = 0
  for (const environment of environmentOf) if (environment >= count) count = environment + 1
  const next = new Int32Array(count + 1)
  for (const environment of environmentOf) if (environment >= 0) next[environment + 1]!++
  for (let environment = 0; environment < count; environment++) next[environment + 1]! += next[environment]!
  const rows = new Int32Array(next[count]!)
  for (let sample = 0; sample < environmentOf.length; sample++) {
    const environment = environmentOf[sample]!
    if (environment >= 0) rows[next[environment]!++] = sample
  }
  return rows
}

/** Values after the transform. @param factors by sample, for transforms that divide */
export function transformed(values: Values, transform: Transform, factors: Float64Array | null): Values {
  if (transform === 'none') return values
  const { get, line, genesOutside } = values
  if (!factors)
    return {
      genesOutside,
      get: (gene, sample) => Math.log1p(get(gene, sample)),
      line: line
        ? (index, into) => {
            line(index, into)
            for (let at = 0; at < into.length; at++) into[at] = Math.log1p(into[at]!)
          }
        : undefined,
    }
  return {
    genesOutside,
    get: (gene, sample) => Math.log1p(get(gene, sample) / factors[sample]!),
    line: line
      ? (index, into) => {
          line(index, into)
          for (let at = 0; at < into.length; at++)
            into[at] = Math.log1p(into[at]! / factors[genesOutside ? at : index]!)
        }
      : undefined,
  }
}

export interface DatasetParts {
  readonly name: string
  readonly table: Expression
  readonly genes: Int32Array
  readonly rows: Int32Array
  readonly environments: Environments
  readonly transform: Transform
  readonly files: readonly InputFile[]
}

/** @param values [rows, genes] */
export function datasetOf(parts: DatasetParts, values: Float64Array): Dataset {
  const { table, genes, rows, environments } = parts
  return {
    name: parts.name,
    genes: picked(table.genes, genes),
    samples: picked(table.samples, rows),
    values,
    environmentOf: rows.map((sample) => environments.environmentOf[sample]!),
    environments: environments.names,
    transform: parts.transform,
    files: parts.files,
  }
}

/** [rows, genes] */
export async function samplesByGenes(
  values: Values,
  genes: Int32Array,
  rows: Int32Array,
  breathe: Breathe,
): Promise<Float64Array> {
  const d = genes.length
  const matrix = new Float64Array(rows.length * d)
  if (values.genesOutside)
    await forEachLine(values, genes, rows, breathe, (line, column) => {
      for (let row = 0; row < rows.length; row++) matrix[row * d + column] = line[rows[row]!]!
    })
  else
    await forEachLine(values, rows, genes, breathe, (line, row) => {
      for (let column = 0; column < d; column++) matrix[row * d + column] = line[genes[column]!]!
    })
  return matrix
}

/**
 * The matrix of a data set that takes all genes, made at once, so that statistics read the transformed values from it
 * instead of transforming all of them once more.
 * @param genes of the table, all of which are taken
 * @param samples of the table; those that are not among `rows` are not to be asked for
 */
export async function wholeMatrix(
  values: Values,
  genes: number,
  rows: Int32Array,
  samples: number,
  breathe: Breathe,
): Promise<{ matrix: Float64Array; values: Values } | null> {
  if (values.genesOutside || rows.length === 0) return null
  const matrix = await samplesByGenes(values, range(genes), rows, breathe)
  const rowOf = new Int32Array(samples)
  for (let row = 0; row < rows.length; row++) rowOf[rows[row]!] = row
  return {
    matrix,
    values: {
      genesOutside: false,
      get: (gene, sample) => matrix[rowOf[sample]! * genes + gene]!,
      line: (sample, into) => {
        const start = rowOf[sample]! * genes
        for (let gene = 0; gene < into.length; gene++) into[gene] = matrix[start + gene]!
      },
    },
  }
}

/** The same samples with fewer genes. */
export function withoutGenes(dataset: Dataset, leftOut: ReadonlySet<string>): Dataset {
  if (leftOut.size === 0) return dataset
  const { genes, samples, values } = dataset
  const columns = Int32Array.from(genes.keys()).filter((column) => !leftOut.has(genes[column]!))
  const kept = new Float64Array(samples.length * columns.length)
  samples.forEach((_, row) => {
    for (let at = 0; at < columns.length; at++)
      kept[row * columns.length + at] = values[row * genes.length + columns[at]!]!
  })
  return { ...dataset, genes: Array.from(columns, (column) => genes[column]!), values: kept }
}
