import type { Dataset, InputFile, Transform } from '../../../src-shared/domain/dataset'
import type { Environments } from './control'
import { type Breathe, type Expression, forEachValue, type Values } from './expression'

/** Sample indices with the control first, then experiment by experiment, each in the order of the files. */
export function rowsByEnvironment(environmentOf: Int32Array): Int32Array {
  const count = environmentOf.reduce((most, environment) => Math.max(most, environment + 1), 0)
  const next = new Int32Array(count + 1)
  for (const environment of environmentOf) if (environment >= 0) next[environment + 1]!++
  for (let environment = 0; environment < count; environment++) next[environment + 1]! += next[environment]!
  const rows = new Int32Array(next[count]!)
  environmentOf.forEach((environment, sample) => {
    if (environment >= 0) rows[next[environment]!++] = sample
  })
  return rows
}

/** Values after the transform. @param factors by sample, for `log1p-size-factors` */
export function transformed(values: Values, transform: Transform, factors: Float64Array | null): Values {
  if (transform === 'none') return values
  const { get, line, genesOutside } = values
  const factor = (sample: number): number => (factors ? factors[sample]! : 1)
  return {
    genesOutside,
    get: (gene, sample) => Math.log1p(get(gene, sample) / factor(sample)),
    line: line
      ? (index, into) => {
          line(index, into)
          for (let at = 0; at < into.length; at++)
            into[at] = Math.log1p(into[at]! / factor(genesOutside ? at : index))
        }
      : undefined,
  }
}

export interface DatasetParts {
  readonly name: string
  readonly table: Expression
  /** transformed values */
  readonly values: Values
  readonly genes: Int32Array
  readonly rows: Int32Array
  readonly environments: Environments
  readonly transform: Transform
  readonly files: readonly InputFile[]
}

export async function buildDataset(parts: DatasetParts, breathe: Breathe): Promise<Dataset> {
  const { table, genes, rows, environments } = parts
  const d = genes.length
  const values = new Float64Array(rows.length * d)
  await forEachValue(parts.values, genes, rows, breathe, (value, column, row) => {
    values[row * d + column] = value
  })
  return {
    name: parts.name,
    genes: Array.from(genes, (gene) => table.genes[gene]!),
    samples: Array.from(rows, (sample) => table.samples[sample]!),
    values,
    environmentOf: Int32Array.from(rows, (sample) => environments.environmentOf[sample]!),
    environments: environments.names,
    transform: parts.transform,
    files: parts.files,
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
