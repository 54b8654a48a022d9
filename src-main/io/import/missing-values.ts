import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { Change, Finding } from '../../../src-shared/contract/dataset-summary'
import { type Breathe, type Expression, forEachValue, range, type Values } from './expression'
import { blocking, count, diff, info, listed, plural, review, shortNumber } from './findings'

/** a gene missing in more samples than this says more about the measurement than about the biology */
const MOST_MISSING = 0.2

/**
 * Genes without enough values are left out; the few gaps of the others are settled as the user chose.
 * @param kept indices of the samples in use; environmentOf is indexed by sample
 * @returns indices of the genes that stay, and values without gaps among the kept samples
 */
export async function settleMissing(
  table: Expression,
  kept: Int32Array,
  environmentOf: Int32Array,
  options: Pick<ReadOptions, 'missingValues' | 'sparseGenes' | 'acceptRepairs'>,
  breathe: Breathe,
): Promise<{ genes: Int32Array; values: Values; findings: Finding[] }> {
  const all = range(table.genes.length)
  if (table.complete) return { genes: all, values: table, findings: [] }
  const missing = new Int32Array(all.length)
  await forEachValue(table, all, kept, breathe, (value, gene) => {
    if (value !== value) missing[gene]!++
  })
  const findings: Finding[] = []
  const fill = options.sparseGenes === 'fill'
  const sparse = all.filter((gene) => missing[gene]! > MOST_MISSING * kept.length)
  if (sparse.length > 0) {
    const names = Array.from(sparse, (gene) => table.genes[gene]!)
    const one = sparse.length === 1
    findings.push(
      review(
        'missing-genes',
        `${plural(sparse.length, 'gene')} (${listed(names)}) ${one ? 'is' : 'are'} missing in more than 20 % of the samples and ${fill ? 'kept' : one ? 'was left out' : 'were left out'}.`,
        { count: sparse.length, examples: names, choice: sparseChoice(table, sparse, missing, kept, fill) },
      ),
    )
  }
  // a gene that was never seen has no mean to be filled with
  const most = fill ? kept.length - 1 : MOST_MISSING * kept.length
  let genes = all.filter((gene) => missing[gene]! <= most)
  const gaps = genes.filter((gene) => missing[gene]! > 0)
  if (gaps.length === 0) return { genes, values: table, findings }

  const cells = gaps.reduce((sum, gene) => sum + missing[gene]!, 0)
  const names = Array.from(gaps, (gene) => table.genes[gene]!)
  const what = `${plural(cells, 'value')} in ${plural(gaps.length, 'gene')} (${listed(names)}) ${cells === 1 ? 'is' : 'are'} missing.`
  const asked = options.missingValues
  const choice = asked === 'ask' && options.acceptRepairs ? 'mean' : asked
  const full = filled(table, gaps, kept, environmentOf)
  const details = {
    count: cells,
    examples: names,
    choice: {
      option: 'missingValues' as const,
      current: choice === 'ask' ? null : choice,
      safe: 'mean',
      values: [
        {
          value: 'drop-genes',
          label: `Leave out ${plural(gaps.length, 'gene')}`,
          ...diff(leftOut(table, gaps, missing, kept), gaps.length),
        },
        {
          value: 'mean',
          label: 'Fill with the mean of the experiment',
          ...diff(filledCells(table, full, gaps, kept), cells),
        },
      ],
    },
  }
  if (choice === 'ask') {
    const text = `${what} Leave these genes out, or fill the gaps with the mean of the experiment?`
    findings.push(blocking('DATA_AMBIGUOUS', 'missing-values', text, details))
    return { genes, values: table, findings }
  }
  if (choice === 'drop-genes') {
    genes = genes.filter((gene) => missing[gene] === 0)
    findings.push(info('missing-values', `${what} ${count(gaps.length)} left out.`, details))
    return { genes, values: table, findings }
  }
  findings.push(
    info('missing-values', `${what} Filled with the mean of the gene in its experiment.`, details),
  )
  return { genes, values: full, findings }
}

/** lines of a diff that are worked out */
const COMPARED = 50

const leftOut = (table: Expression, genes: Int32Array, missing: Int32Array, kept: Int32Array): Change[] =>
  Array.from(genes.subarray(0, COMPARED), (gene) => ({
    where: table.genes[gene]!,
    before: `missing in ${count(missing[gene]!)} of ${plural(kept.length, 'sample')}`,
    after: 'left out',
  }))

function filledCells(table: Expression, full: Values, gaps: Int32Array, kept: Int32Array): Change[] {
  const changes: Change[] = []
  for (const gene of gaps)
    for (const sample of kept) {
      if (changes.length === COMPARED) return changes
      const value = table.get(gene, sample)
      if (value !== value)
        changes.push({
          where: `${table.genes[gene]}, ${table.samples[sample]}`,
          before: 'missing',
          after: shortNumber(full.get(gene, sample)),
        })
    }
  return changes
}

function sparseChoice(
  table: Expression,
  sparse: Int32Array,
  missing: Int32Array,
  kept: Int32Array,
  fill: boolean,
): Finding['choice'] {
  return {
    option: 'sparseGenes',
    current: fill ? 'fill' : 'drop',
    values: [
      {
        value: 'drop',
        label: 'Leave them out',
        ...diff(leftOut(table, sparse, missing, kept), sparse.length),
      },
      { value: 'fill', label: 'Treat them as the other missing values', keeps: true },
    ],
  }
}

function filled(table: Expression, gaps: Int32Array, kept: Int32Array, environmentOf: Int32Array): Values {
  const means = new Map<number, Float64Array>()
  const environments = environmentOf.reduce((most, each) => Math.max(most, each + 1), 1)
  for (const gene of gaps) {
    const sums = new Float64Array(environments)
    const present = new Int32Array(environments)
    let sum = 0
    let values = 0
    for (const sample of kept) {
      const value = table.get(gene, sample)
      if (value !== value) continue
      const environment = Math.max(0, environmentOf[sample]!)
      sums[environment]! += value
      present[environment]!++
      sum += value
      values++
    }
    // an experiment in which the gene was never seen takes the mean of all samples
    means.set(
      gene,
      sums.map((total, k) => (present[k]! > 0 ? total / present[k]! : sum / values)),
    )
  }
  const { get, line, genesOutside } = table
  const mean = (gene: number, sample: number): number =>
    means.get(gene)?.[Math.max(0, environmentOf[sample]!)] ?? NaN
  return {
    genesOutside,
    get: (gene, sample) => {
      const value = get(gene, sample)
      return value === value ? value : mean(gene, sample)
    },
    line: line
      ? (index, into) => {
          line(index, into)
          for (let at = 0; at < into.length; at++)
            if (into[at] !== into[at]) into[at] = genesOutside ? mean(index, at) : mean(at, index)
        }
      : undefined,
  }
}
