import type { Finding } from '../../../src-shared/contract/dataset-summary'
import type { Transform } from '../../../src-shared/domain/dataset'
import type { Breathe, Expression, Values } from './expression'
import { listed, plural, review } from './findings'
import { perMillionFactors, sizeFactors } from './size-factors'

/**
 * Divisors by sample of the whole table; samples that are left out keep 1. Null = the transform needs none.
 * @param gapless values without gaps of the genes that have them, and the sum of each sample in use over these genes
 */
export async function factorsBySample(
  transform: Transform,
  table: Expression,
  gapless: { readonly values: Values; readonly genes: Int32Array; readonly totals: Float64Array },
  samples: Int32Array,
  findings: Finding[],
  breathe: Breathe,
): Promise<Float64Array | null> {
  if (transform !== 'log1p-size-factors' && transform !== 'log1p-cpm') return null
  const { factors, method, empty } =
    transform === 'log1p-cpm'
      ? { ...perMillionFactors(gapless.totals), method: 'per-million' }
      : await sizeFactors(gapless.values, gapless.genes, samples, breathe)
  if (method === 'library-size')
    findings.push(
      review(
        'library-size',
        'No gene has a count in every sample, so size factors come from the sum of all counts of a sample.',
      ),
    )
  if (empty.length > 0) {
    const names = empty.map((index) => table.samples[samples[index]!]!)
    const text = `${plural(names.length, 'sample')} (${listed(names)}) ${names.length === 1 ? 'has' : 'have'} no counts at all. Leave ${names.length === 1 ? 'it' : 'them'} out.`
    findings.push(review('empty-samples', text, { examples: names }))
  }
  const bySample = new Float64Array(table.samples.length).fill(1)
  samples.forEach((sample, index) => {
    bySample[sample] = factors[index]!
  })
  return bySample
}
