import type { Finding } from '../../../src-shared/contract/dataset-summary'
import { type Expression, uniqueNames } from './expression'
import { blocking, count, info, plural, review } from './findings'
import { matchingName } from './gene-names'
import { speciesOf } from './species'

export interface NamedExpression extends Expression {
  readonly fileName: string
  /** sample names were made from row numbers, so they differ */
  readonly samplesUnnamed: boolean
}

/** Samples of all files side by side, on the genes that every file has, in the order of the first file. */
export function joinTables(tables: readonly NamedExpression[]): {
  expression: Expression
  findings: Finding[]
} {
  const [first] = tables
  if (tables.length === 1 && first!.samplesUnnamed) return { expression: first!, findings: [] }
  const fileOf = Int32Array.from(tables.flatMap((table, file) => table.samples.map(() => file)))
  const names = tables.flatMap((table) => table.samples)
  const samples = uniqueNames(names, (index) => (tables.length > 1 ? tables[fileOf[index]!]!.fileName : null))
  const findings = repeatedSamples(names)
  if (tables.length === 1) return { expression: { ...first!, samples }, findings }

  const columns = tables.map((table) => {
    const column = new Map<string, number>()
    table.genes.forEach((gene, index) => {
      const key = matchingName(gene)
      if (!column.has(key)) column.set(key, index)
    })
    return column
  })
  const shared = first!.genes.filter((gene) => columns.every((column) => column.has(matchingName(gene))))
  const rows = columns.map((column) => Int32Array.from(shared, (gene) => column.get(matchingName(gene))!))
  const startOf = new Int32Array(tables.length)
  for (let file = 1; file < tables.length; file++)
    startOf[file] = startOf[file - 1]! + tables[file - 1]!.samples.length
  findings.push(...sharedGenes(tables, shared.length))
  return {
    expression: {
      genes: shared,
      samples,
      complete: tables.every((table) => table.complete),
      genesOutside: tables.every((table) => table.genesOutside),
      get: (gene, sample) => {
        const file = fileOf[sample]!
        return tables[file]!.get(rows[file]![gene]!, sample - startOf[file]!)
      },
    },
    findings,
  }
}

function repeatedSamples(names: readonly string[]): Finding[] {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const name of names) {
    if (seen.has(name)) repeated.add(name)
    seen.add(name)
  }
  if (repeated.size === 0) return []
  const text = `${plural(repeated.size, 'sample name')} ${repeated.size === 1 ? 'occurs' : 'occur'} more than once and got a number.`
  return [review('duplicate-samples', text, { count: repeated.size, examples: [...repeated] })]
}

function sharedGenes(tables: readonly NamedExpression[], shared: number): Finding[] {
  const most = Math.max(...tables.map((table) => table.genes.length))
  const least = Math.min(...tables.map((table) => table.genes.length))
  const details = { count: shared }
  if (shared === most)
    return [
      info('shared-genes', `All ${count(most)} genes are shared by the ${tables.length} files.`, details),
    ]
  const looks = speciesText(tables)
  if (shared < 2) {
    const text = `Only ${count(shared)} of ${count(most)} genes ${shared === 1 ? 'is' : 'are'} shared.${looks} The files need the same kind of gene names.`
    return [blocking('DATA_INSUFFICIENT', 'shared-genes', text, details)]
  }
  if (shared < least / 2)
    return [
      review('shared-genes', `Only ${count(shared)} of ${count(most)} genes are shared.${looks}`, details),
    ]
  return [
    info(
      'shared-genes',
      `${count(shared)} of ${count(most)} genes are shared; the others were left out.`,
      details,
    ),
  ]
}

function speciesText(tables: readonly NamedExpression[]): string {
  const species = tables.map((table) => speciesOf(table.genes))
  const [one] = species
  const other = species.findIndex((each) => each !== null && one !== null && each !== one)
  if (other < 0) return ''
  return ` ${tables[0]!.fileName} looks ${one}, ${tables[other]!.fileName} ${species[other]}.`
}
