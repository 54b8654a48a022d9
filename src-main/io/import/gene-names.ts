import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { Finding } from '../../../src-shared/contract/dataset-summary'
import { type Expression, uniqueNames } from './expression'
import { areDistinct } from './distinct-names'
import { blocking, diff, info, listed, plural, review, shortNumber, shown } from './findings'

/** the longest name that constraints and results accept */
const LONGEST_NAME = 10_000

/** What HTSeq and STAR count beside genes */
const SUMMARY_ROW =
  /^(__(no_feature|ambiguous|too_low_aQual|not_aligned|alignment_not_unique)|N_(unmapped|multimapping|noFeature|ambiguous))$/

const LOWER_CASE = 32
const LETTER_E = 101

/** Ensembl identifiers match without their version; `_PAR_Y` names another copy of the gene and stays. */
export function matchingName(gene: string): string {
  // hundreds of thousands of other names are told by one letter
  if ((gene.charCodeAt(0) | LOWER_CASE) !== LETTER_E || !gene.includes('.')) return gene
  return gene.replace(/^(ENS[A-Z]{0,4}[GTP]\d{8,})\.\d+(_PAR_Y)?$/i, '$1$2')
}

type NameOptions = Pick<ReadOptions, 'duplicateGenes' | 'severalGenes' | 'acceptRepairs'>

/** Unique names: probes of several genes and duplicates are treated as the user chose. */
export function settleGeneNames(
  table: Expression,
  options: NameOptions,
): { expression: Expression; findings: Finding[] } {
  const findings: Finding[] = []
  const several = table.genes.filter(namesSeveral)
  if (several.length > 0) findings.push(severalFinding(several, options.severalGenes))
  const summaries = table.genes.filter(isSummaryRow)
  if (summaries.length > 0)
    findings.push(
      info(
        'summary-rows',
        `${plural(summaries.length, 'row')} (${listed(summaries)}) ${summaries.length === 1 ? 'counts' : 'count'} reads without a gene and ${summaries.length === 1 ? 'was' : 'were'} left out.`,
        { examples: summaries },
      ),
    )
  if (several.length === 0 && summaries.length === 0 && allDifferent(table.genes))
    return { expression: table, findings }
  const rowsOf = new Map<string, number[]>()
  table.genes.forEach((gene, index) => {
    if (isSummaryRow(gene) || (options.severalGenes === 'drop' && namesSeveral(gene))) return
    const name = (options.severalGenes === 'first' ? firstOf(gene) : gene).slice(0, LONGEST_NAME)
    const rows = rowsOf.get(name)
    if (rows) rows.push(index)
    else rowsOf.set(name, [index])
  })
  const repeated = [...rowsOf].filter(([, rows]) => rows.length > 1)
  if (repeated.length === 0) return { expression: combine(table, rowsOf, 'keep', 0), findings }
  const usual = holdsCounts(table, repeated) ? 'sum' : 'mean'
  const asked = options.duplicateGenes
  const choice = asked === 'auto' || (asked === 'ask' && options.acceptRepairs) ? usual : asked
  findings.push(duplicateFinding(table, repeated, choice, usual))
  return { expression: combine(table, rowsOf, choice, repeated.length), findings }
}

const UNDERSCORE = 95
const isSummaryRow = (gene: string): boolean => gene.charCodeAt(1) === UNDERSCORE && SUMMARY_ROW.test(gene)
const namesSeveral = (gene: string): boolean => gene.includes('///')
const firstOf = (gene: string): string => gene.split('///', 1)[0]!.trim() || gene

function severalFinding(several: readonly string[], choice: ReadOptions['severalGenes']): Finding {
  const one = several.length === 1
  const done = {
    drop: `${one ? 'was' : 'were'} left out.`,
    first: `${one ? 'stands' : 'stand'} for the first gene.`,
    keep: `${one ? 'was' : 'were'} kept under the whole name.`,
  }[choice]
  const becoming = (after: (gene: string) => string): ReturnType<typeof diff> =>
    diff(several.map((gene) => ({ where: 'probe', before: gene, after: after(gene) })))
  return review(
    'several-genes',
    `${plural(several.length, 'probe')} of several genes (${listed(several)}) ${done}`,
    {
      examples: several,
      choice: {
        option: 'severalGenes',
        current: choice,
        values: [
          { value: 'drop', label: 'Leave them out', ...becoming(() => 'left out') },
          { value: 'first', label: 'Use the first gene', ...becoming(firstOf) },
          { value: 'keep', label: 'Keep the whole name', keeps: true },
        ],
      },
    },
  )
}

/** Counts are added up, other values averaged: told by the rows in question. */
function holdsCounts(
  table: Expression,
  repeated: readonly (readonly [string, readonly number[]])[],
): boolean {
  for (const [, rows] of repeated)
    for (const row of rows)
      for (let sample = 0; sample < table.samples.length; sample++) {
        const value = table.get(row, sample)
        if (value === value && (value < 0 || value !== Math.floor(value))) return false
      }
  return true
}

/** The usual case, told without a list per gene. */
const allDifferent = (genes: readonly string[]): boolean =>
  genes.every((gene) => gene.length <= LONGEST_NAME) && areDistinct(genes)

const DUPLICATE_WORDS = {
  sum: ['Add up (counts)', 'They were added up.'],
  mean: ['Average (log values)', 'They were averaged.'],
  'highest-mean': ['Keep the one with the highest mean', 'The one with the highest mean was kept.'],
  keep: ['Keep apart, numbered', 'They were kept apart and numbered.'],
} as const
const DUPLICATE_WAYS = ['sum', 'mean', 'highest-mean', 'keep'] as const
/** genes whose diff is worked out */
const COMPARED = 50

function duplicateFinding(
  table: Expression,
  repeated: readonly (readonly [string, readonly number[]])[],
  choice: 'ask' | keyof typeof DUPLICATE_WORDS,
  usual: 'sum' | 'mean',
): Finding {
  const names = repeated.map(([name]) => name)
  const one = names.length === 1
  const what = `${plural(names.length, 'gene name')} ${one ? 'occurs' : 'occur'} more than once (${listed(names)}).`
  const compared = repeated.slice(0, COMPARED)
  const own = new Map(compared)
  const details = {
    count: names.length,
    examples: names,
    choice: {
      option: 'duplicateGenes' as const,
      current: choice === 'ask' ? null : choice,
      safe: usual,
      values: DUPLICATE_WAYS.map((value) => {
        const after = combine(table, own, value, compared.length)
        const at = (row: number): number => after.get(row, 0)
        const changes = compared.map(([name, rows], index) => ({
          where: `${shown(name)}, ${shown(table.samples[0] ?? '')}`,
          before: rows.map((row) => shortNumber(table.get(row, 0))).join(' and '),
          after:
            value === 'keep'
              ? rows.map((_, number) => (number === 0 ? name : `${name} (${number + 1})`)).join(' and ')
              : shortNumber(at(index)),
        }))
        const label = DUPLICATE_WORDS[value][0]
        return { value, label, keeps: value === 'keep', ...diff(changes, names.length) }
      }),
    },
  }
  if (choice === 'ask')
    return blocking('DATA_AMBIGUOUS', 'duplicate-genes', `${what} Choose how they are combined.`, details)
  return info('duplicate-genes', `${what} ${DUPLICATE_WORDS[choice][1]}`, details)
}

function combine(
  table: Expression,
  rowsOf: ReadonlyMap<string, readonly number[]>,
  choice: Exclude<ReadOptions['duplicateGenes'], 'auto'>,
  repeated: number,
): Expression {
  const renamed = (): boolean => [...rowsOf.keys()].some((name, index) => name !== table.genes[index])
  if (repeated === 0 && rowsOf.size === table.genes.length && !renamed()) return table
  if (repeated === 0 || choice === 'keep' || choice === 'ask') {
    const kept = [...rowsOf]
      .flatMap(([name, rows]) => rows.map((row) => ({ name, row })))
      .sort((a, b) => a.row - b.row)
    return pick(
      table,
      kept.map(({ row }) => row),
      uniqueNames(kept.map(({ name }) => name)),
    )
  }
  const genes = [...rowsOf.keys()]
  const groups = [...rowsOf.values()]
  if (choice === 'highest-mean')
    return pick(
      table,
      groups.map((rows) => highestMean(table, rows)),
      genes,
    )
  return {
    ...table,
    genes,
    line: undefined,
    get: (gene, sample) => {
      const rows = groups[gene]!
      if (rows.length === 1) return table.get(rows[0]!, sample)
      let sum = 0
      let present = 0
      for (const row of rows) {
        const value = table.get(row, sample)
        if (value !== value) continue
        sum += value
        present++
      }
      if (present === 0) return NaN
      return choice === 'sum' ? sum : sum / present
    },
  }
}

function pick(table: Expression, rows: readonly number[], genes: readonly string[]): Expression {
  const { get, line, genesOutside } = table
  return {
    ...table,
    genes,
    get: (gene, sample) => get(rows[gene]!, sample),
    line: line && genesOutside ? (gene, into) => line(rows[gene]!, into) : undefined,
  }
}

function highestMean(table: Expression, rows: readonly number[]): number {
  if (rows.length === 1) return rows[0]!
  const means = rows.map((row) => {
    let sum = 0
    let present = 0
    for (let sample = 0; sample < table.samples.length; sample++) {
      const value = table.get(row, sample)
      if (value !== value) continue
      sum += value
      present++
    }
    return present > 0 ? sum / present : -Infinity
  })
  return rows[means.indexOf(Math.max(...means))]!
}
