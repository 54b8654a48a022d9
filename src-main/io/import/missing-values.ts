import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { Finding } from '../../../src-shared/contract/dataset-summary'
import { type Breathe, type Expression, forEachValue } from './expression'
import { blocking, choiceOf, count, info, listed, plural, review } from './findings'

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
  choice: ReadOptions['missingValues'],
  breathe: Breathe,
): Promise<{ genes: Int32Array; get: Expression['get']; findings: Finding[] }> {
  const all = Int32Array.from({ length: table.genes.length }, (_, gene) => gene)
  if (table.complete) return { genes: all, get: table.get, findings: [] }
  const missing = new Int32Array(all.length)
  await forEachValue(table, all, kept, breathe, (value, gene) => {
    if (value !== value) missing[gene]!++
  })
  const findings: Finding[] = []
  const sparse = all.filter((gene) => missing[gene]! > MOST_MISSING * kept.length)
  if (sparse.length > 0) {
    const names = Array.from(sparse, (gene) => table.genes[gene]!)
    const one = sparse.length === 1
    findings.push(
      review(
        'missing-genes',
        `${plural(sparse.length, 'gene')} (${listed(names)}) ${one ? 'is' : 'are'} missing in more than 20 % of the samples and ${one ? 'was' : 'were'} left out.`,
        { count: sparse.length, examples: names },
      ),
    )
  }
  let genes = all.filter((gene) => missing[gene]! <= MOST_MISSING * kept.length)
  const gaps = genes.filter((gene) => missing[gene]! > 0)
  if (gaps.length === 0) return { genes, get: table.get, findings }

  const cells = gaps.reduce((sum, gene) => sum + missing[gene]!, 0)
  const names = Array.from(gaps, (gene) => table.genes[gene]!)
  const what = `${plural(cells, 'value')} in ${plural(gaps.length, 'gene')} (${listed(names)}) ${cells === 1 ? 'is' : 'are'} missing.`
  const details = { count: cells, examples: names }
  if (choice === 'ask') {
    findings.push(
      blocking(
        'DATA_AMBIGUOUS',
        'missing-values',
        `${what} Leave these genes out, or fill the gaps with the mean of the experiment?`,
        {
          ...details,
          choice: choiceOf('missingValues', [
            ['drop-genes', `Leave out ${plural(gaps.length, 'gene')}`],
            ['mean', 'Fill with the mean of the experiment'],
          ]),
        },
      ),
    )
    return { genes, get: table.get, findings }
  }
  if (choice === 'drop-genes') {
    genes = genes.filter((gene) => missing[gene] === 0)
    findings.push(info('missing-values', `${what} ${count(gaps.length)} left out.`, details))
    return { genes, get: table.get, findings }
  }
  findings.push(
    info('missing-values', `${what} Filled with the mean of the gene in its experiment.`, details),
  )
  return { genes, get: filled(table, gaps, kept, environmentOf), findings }
}

function filled(
  table: Expression,
  gaps: Int32Array,
  kept: Int32Array,
  environmentOf: Int32Array,
): Expression['get'] {
  const means = new Map<number, Float64Array>()
  const environments = Math.max(...new Set(environmentOf)) + 1
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
  return (gene, sample) => {
    const value = table.get(gene, sample)
    if (value === value) return value
    return means.get(gene)?.[Math.max(0, environmentOf[sample]!)] ?? NaN
  }
}
