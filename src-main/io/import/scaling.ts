import type { Finding } from '../../../src-shared/contract/dataset-summary'
import type { Transform } from '../../../src-shared/domain/dataset'
import type { Breathe, Expression, Values } from './expression'
import { info, listed, plural, review } from './findings'
import { panelFactors } from './panel-factors'
import { PANEL } from './scale'
import { perMillionFactors, sizeFactors } from './size-factors'

/** What becomes of the values: the transform, and its divisors by sample of the whole table (null = it needs none). */
export interface Scaling {
  readonly transform: Transform
  readonly factors: Float64Array | null
  readonly findings: readonly Finding[]
}

/**
 * Divisors by sample of the whole table; samples that are left out keep 1. A panel whose depths cannot be told takes
 * log(1 + x) without them.
 *
 * @param gapless values without gaps of the genes that have them, and the sum of each sample in use over these genes
 * @param environmentOf by sample of the table
 */
export async function scaling(
  transform: Transform,
  table: Expression,
  gapless: { readonly values: Values; readonly genes: Int32Array; readonly totals: Float64Array },
  samples: Int32Array,
  environmentOf: Int32Array,
  breathe: Breathe,
): Promise<Scaling> {
  const { values, genes } = gapless
  const bySample = (factors: Float64Array): Float64Array => {
    const all = new Float64Array(table.samples.length).fill(1)
    samples.forEach((sample, index) => {
      all[sample] = factors[index]!
    })
    return all
  }
  switch (transform) {
    case 'none':
    case 'log1p':
      return { transform, factors: null, findings: [] }
    case 'log1p-panel-factors': {
      if (genes.length >= PANEL) return { transform, factors: null, findings: [] }
      const panel = await panelFactors(values, genes, samples, environmentOf, breathe)
      if (panel === null) return { transform: 'log1p', factors: null, findings: [depthUnknown(genes.length)] }
      return {
        transform,
        factors: bySample(panel.factors),
        findings: [depthOfPanel(genes.length, panel.depthSd)],
      }
    }
    case 'log1p-cpm':
    case 'log1p-size-factors': {
      const { factors, method, empty } =
        transform === 'log1p-cpm'
          ? { ...perMillionFactors(gapless.totals), method: 'per-million' }
          : await sizeFactors(values, genes, samples, breathe)
      const names = empty.map((index) => table.samples[samples[index]!]!)
      return {
        transform,
        factors: bySample(factors),
        findings: [
          ...(method === 'library-size' ? [librarySize] : []),
          ...(names.length > 0 ? [withoutCounts(names)] : []),
        ],
      }
    }
  }
}

const librarySize = review(
  'library-size',
  'No gene has a count in every sample, so size factors come from the sum of all counts of a sample.',
)

function withoutCounts(names: readonly string[]): Finding {
  const [have, them] = names.length === 1 ? ['has', 'it'] : ['have', 'them']
  const text = `${plural(names.length, 'sample')} (${listed(names)}) ${have} no counts at all. Leave ${them} out.`
  return review('empty-samples', text, { examples: names })
}

function depthOfPanel(genes: number, depthSd: number): Finding {
  const text =
    `The table has counts of ${plural(genes, 'gene')}: too few for size factors. Counts are divided by the depth that all genes of a sample share ` +
    `(it varies by ${Math.round(100 * Math.expm1(depthSd))} %), then log(1 + x). The counts of all genes of the samples would tell the depth better.`
  return info('panel-counts', text)
}

function depthUnknown(genes: number): Finding {
  const text =
    `The table has counts of ${plural(genes, 'gene')}, with too few genes or repeated samples to estimate how deeply each sample was sequenced. ` +
    'log(1 + count) is used as it is. With the counts of all genes of the samples, size factors are estimated.'
  return review('panel-counts', text)
}
