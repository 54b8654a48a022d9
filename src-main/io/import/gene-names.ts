import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { Finding } from '../../../src-shared/contract/dataset-summary'
import { type Expression, uniqueNames } from './expression'
import { blocking, choiceOf, info, listed, plural, review } from './findings'

/** the longest name that constraints and results accept */
const LONGEST_NAME = 10_000

/** What HTSeq and STAR count beside genes */
const SUMMARY_ROW =
  /^(__(no_feature|ambiguous|too_low_aQual|not_aligned|alignment_not_unique)|N_(unmapped|multimapping|noFeature|ambiguous))$/

/** Ensembl identifiers match without their version; `_PAR_Y` names another copy of the gene and stays. */
export function matchingName(gene: string): string {
  return gene.replace(/^(ENS[A-Z]{0,4}[GTP]\d{8,})\.\d+(_PAR_Y)?$/i, '$1$2')
}

/** Unique names: probes of several genes are left out, duplicates combined as the user chose. */
export function settleGeneNames(
  table: Expression,
  choice: ReadOptions['duplicateGenes'],
): { expression: Expression; findings: Finding[] } {
  const findings: Finding[] = []
  const several = table.genes.filter((gene) => gene.includes('///'))
  if (several.length > 0)
    findings.push(
      review(
        'several-genes',
        `${plural(several.length, 'probe')} of several genes (${listed(several)}) ${several.length === 1 ? 'was' : 'were'} left out.`,
        { examples: several },
      ),
    )
  const summaries = table.genes.filter((gene) => SUMMARY_ROW.test(gene))
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
    if (gene.includes('///') || SUMMARY_ROW.test(gene)) return
    const name = gene.slice(0, LONGEST_NAME)
    const rows = rowsOf.get(name)
    if (rows) rows.push(index)
    else rowsOf.set(name, [index])
  })
  const repeated = [...rowsOf].filter(([, rows]) => rows.length > 1).map(([name]) => name)
  if (repeated.length > 0) findings.push(duplicateFinding(repeated, choice))
  return { expression: combine(table, rowsOf, choice, repeated.length), findings }
}

/** The usual case, told without a list per gene. */
const allDifferent = (genes: readonly string[]): boolean =>
  genes.every((gene) => gene.length <= LONGEST_NAME) &&
  (differByHash(genes) || new Set(genes).size === genes.length)

/**
 * Different hashes prove different names, in a fifth of the time and memory of a set; equal ones prove nothing.
 * Two 26-bit polynomial hashes: among a million names a chance match is rarer than one in a thousand.
 */
function differByHash(names: readonly string[]): boolean {
  const hashes = new Float64Array(names.length)
  for (let index = 0; index < names.length; index++) {
    const name = names[index]!
    let low = 0
    let high = name.length
    for (let at = 0; at < name.length; at++) {
      const code = name.charCodeAt(at)
      low = (Math.imul(low, 31) + code) | 0
      high = (Math.imul(high, 0x01000193) ^ code) | 0
    }
    hashes[index] = (high & 0x3ffffff) * 0x4000000 + (low & 0x3ffffff)
  }
  hashes.sort()
  for (let index = 1; index < hashes.length; index++) if (hashes[index] === hashes[index - 1]) return false
  return true
}

function duplicateFinding(repeated: readonly string[], choice: ReadOptions['duplicateGenes']): Finding {
  const one = repeated.length === 1
  const what = `${plural(repeated.length, 'gene name')} ${one ? 'occurs' : 'occur'} more than once (${listed(repeated)}).`
  const details = { count: repeated.length, examples: repeated }
  if (choice === 'ask')
    return blocking('DATA_AMBIGUOUS', 'duplicate-genes', `${what} Choose how they are combined.`, {
      ...details,
      choice: choiceOf('duplicateGenes', [
        ['sum', 'Add up (counts)'],
        ['mean', 'Average (log values)'],
        ['highest-mean', 'Keep the one with the highest mean'],
        ['keep', 'Keep apart, numbered'],
      ]),
    })
  const done = {
    sum: 'They were added up.',
    mean: 'They were averaged.',
    'highest-mean': 'The one with the highest mean was kept.',
    keep: 'They were kept apart and numbered.',
  }[choice]
  return info('duplicate-genes', `${what} ${done}`, details)
}

function combine(
  table: Expression,
  rowsOf: ReadonlyMap<string, readonly number[]>,
  choice: ReadOptions['duplicateGenes'],
  repeated: number,
): Expression {
  if (repeated === 0 && rowsOf.size === table.genes.length) return table
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
