import { type Breathe, forEachValue, type Values } from './expression'
import { medianInPlace } from '../../core/linalg/median'

/**
 * One divisor per sample, geometric mean 1, from all genes of the file.
 *
 * Median of ratios: s_i = median over genes g with every count > 0 of x_gi / (Π_j x_gj)^(1/n)
 * (Anders & Huber 2010, Genome Biology 11:R106, equation 5). When no gene is positive in every sample, as in sparse
 * tables, library size: s_i = Σ_g x_gi over its geometric mean. A sample without any count gets 1.
 *
 * DESeq2 does not scale its factors to a geometric mean of 1; otherwise they are the same.
 *
 * @returns [samples] and how they were found
 */
export async function sizeFactors(
  table: Values,
  genes: Int32Array,
  samples: Int32Array,
  breathe: Breathe,
): Promise<{ factors: Float64Array; method: 'median-of-ratios' | 'library-size'; empty: number[] }> {
  const logSums = new Float64Array(genes.length)
  const sizes = new Float64Array(samples.length)
  await forEachValue(table, genes, samples, breathe, (value, gene, sample) => {
    // log 0 = -Infinity marks the gene as not positive everywhere
    logSums[gene]! += Math.log(value)
    sizes[sample]! += value
  })
  const empty = [...samples.keys()].filter((sample) => sizes[sample] === 0)
  const everywhere = genes.filter((_, gene) => Number.isFinite(logSums[gene]!))
  if (everywhere.length === 0) {
    const counted = [...sizes].filter((size) => size > 0)
    const centre = counted.reduce((sum, size) => sum + Math.log(size), 0) / Math.max(1, counted.length)
    return {
      factors: sizes.map((size) => (size > 0 ? size / Math.exp(centre) : 1)),
      method: 'library-size',
      empty,
    }
  }
  const logMeans = logSums.filter(Number.isFinite).map((sum) => sum / samples.length)
  const ratios = new Float64Array(everywhere.length)
  const logs = new Float64Array(samples.length)
  for (let index = 0; index < samples.length; index++) {
    for (let gene = 0; gene < ratios.length; gene++)
      ratios[gene] = Math.log(table.get(everywhere[gene]!, samples[index]!)) - logMeans[gene]!
    logs[index] = medianInPlace(ratios)
    if (index % 16 === 15) await breathe()
  }
  const centre = logs.reduce((sum, value) => sum + value, 0) / samples.length
  return { factors: logs.map((value) => Math.exp(value - centre)), method: 'median-of-ratios', empty }
}

/**
 * One divisor per sample that makes counts per million: s_i = Σ_g x_gi / 10⁶ over all genes of the file. A sample without any
 * count gets 1.
 *
 * @param totals [samples] Σ_g x_gi
 * @returns [samples]
 */
export function perMillionFactors(totals: Float64Array): { factors: Float64Array; empty: number[] } {
  return {
    factors: totals.map((total) => (total > 0 ? total / 1e6 : 1)),
    empty: [...totals.keys()].filter((sample) => totals[sample] === 0),
  }
}
