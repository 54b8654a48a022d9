import type { GeneChoiceSummary } from '../../../src-shared/contract/dataset-summary'
import { GENE_FATES, GENE_REASONS, type MeasuredGenes } from '../../../src-shared/domain/measured-genes'

const EXAMPLES = 5

/** How many genes are analysed and why, and how many are not. */
export function geneChoiceSummary({ names, fate, reason }: MeasuredGenes): GeneChoiceSummary {
  const kept = new Int32Array(GENE_REASONS.length)
  const dropped = GENE_FATES.map(() => ({ count: 0, examples: [] as string[] }))
  for (let gene = 0; gene < names.length; gene++) {
    if (fate[gene] === 0) {
      kept[reason[gene]!]!++
      continue
    }
    const group = dropped[fate[gene]!]!
    group.count++
    if (group.examples.length < EXAMPLES) group.examples.push(names[gene]!)
  }
  const byCount = (a: { count: number }, b: { count: number }): number => b.count - a.count
  return {
    measured: names.length,
    analysed: kept.reduce((sum, each) => sum + each, 0),
    kept: GENE_REASONS.map((each, index) => ({ reason: each, count: kept[index]! }))
      .filter(({ count }) => count > 0)
      .sort(byCount),
    dropped: GENE_FATES.map((each, index) => ({ fate: each, ...dropped[index]! }))
      .filter(({ count }) => count > 0)
      .sort(byCount),
  }
}
