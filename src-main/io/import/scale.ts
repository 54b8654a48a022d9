import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { DetectedTable, Finding } from '../../../src-shared/contract/dataset-summary'
import type { Transform } from '../../../src-shared/domain/dataset'
import type { Breathe, Values } from './expression'
import { blocking, choiceOf, count, info, plural, review } from './findings'
import { environmentSizes, forEachGene, type GeneMoments, squaresWithin } from './gene-moments'
import { SampleDepths } from './sample-depths'
import { medianInPlace } from '../../core/linalg/median'

/** "Looks like counts" needs nearly every value to be a non-negative integer … */
const INTEGER_SHARE = 0.999
/** … and some that are larger than codes, scores or ranks of a few levels */
const COUNTS_ABOVE = 20
/** No logarithmic scale in use goes higher: log2 of a 16-bit scanner ends at 16, qPCR cycles at 45. */
const LARGEST_LOGARITHM = 50
/**
 * Spread within experiments relative to the mean, typical of the better expressed half of the genes. Biological noise
 * multiplies: on the raw scale it is a fixed part of the mean (0.26 and more on simulated kinetics, 0.2–1 in tissue),
 * while a logarithm turns it into a small part of a large number (0.14 for log flow cytometry, below 0.1 for log2 arrays).
 */
const RATE_SPREAD = 0.2
/** log-normalised single cells: many zeros and yet no large value; unlogged sparse values have a long tail */
const SPARSE = 0.3
/** below this many genes the sum of the table is no library size, see `transformFor` */
export const PANEL = 200

/** TPM, CPM and values of single cells scaled to ten thousand add up to the same in every sample … */
const TOTALS = [1e6, 1e4]
/** … but for genes that were left out and rounding */
const TOTAL_TOLERANCE = 0.01

export type Scale = DetectedTable['scale']

export interface ScaleFacts {
  readonly values: number
  readonly integers: number
  readonly negatives: number
  readonly zeros: number
  readonly largest: number
  /** typical spread within experiments over the mean, NaN when nothing varies */
  readonly spread: number
  /** of the samples in use */
  readonly depths: SampleDepths
}

/** @param values without gaps; @param environmentOf by sample */
export async function measureScale(
  values: Values,
  genes: Int32Array,
  samples: Int32Array,
  environmentOf: Int32Array,
  breathe: Breathe,
): Promise<ScaleFacts> {
  let integers = 0
  let negatives = 0
  let zeros = 0
  let largest = -Infinity
  const sizes = environmentSizes(samples, environmentOf)
  const freedom = samples.length - sizes.filter((size) => size > 0).length
  const means = new Float64Array(genes.length)
  const spreads = new Float64Array(genes.length)
  const depths = new SampleDepths(samples.length)
  const add = (gene: number, moments: GeneMoments): void => {
    integers += moments.integers
    negatives += moments.negatives
    zeros += moments.zeros
    if (moments.largest > largest) largest = moments.largest
    let total = 0
    for (let k = 0; k < sizes.length; k++) total += moments.sums[k]!
    means[gene] = moments.origin + total / samples.length
    spreads[gene] = freedom > 0 ? Math.sqrt(squaresWithin(moments, sizes) / freedom) / means[gene] : NaN
  }
  await forEachGene(values, genes, samples, environmentOf, breathe, add, { depths })
  const spread = upperSpread(means, spreads)
  return { values: genes.length * samples.length, integers, negatives, zeros, largest, spread, depths }
}

/** The median spread of the genes that vary and whose mean is at least the median of the positive means. */
function upperSpread(means: Float64Array, spreads: Float64Array): number {
  const pool = new Float64Array(means.length)
  let taken = 0
  for (let gene = 0; gene < means.length; gene++) if (means[gene]! > 0) pool[taken++] = means[gene]!
  const middle = medianInPlace(pool.subarray(0, taken))
  taken = 0
  for (let gene = 0; gene < means.length; gene++)
    if (means[gene]! >= middle && spreads[gene]! > 0) pool[taken++] = spreads[gene]!
  return medianInPlace(pool.subarray(0, taken))
}

export function scaleOf(facts: ScaleFacts): Scale {
  if (facts.negatives > 0) return 'log-or-centred'
  const integer = facts.integers >= INTEGER_SHARE * facts.values
  if (integer && facts.largest > COUNTS_ABOVE) return 'counts'
  if (facts.largest > LARGEST_LOGARITHM) return 'non-negative'
  if (!integer && facts.zeros > SPARSE * facts.values) return 'log-or-centred'
  return facts.spread >= RATE_SPREAD ? 'non-negative' : 'log-or-centred'
}

/**
 * Whether values on a linear scale were scaled to the same total in every sample already.
 * @param sums [samples] of all genes of the file
 */
export const isScaledToTotal = (sums: Float64Array): boolean =>
  TOTALS.some((total) => sums.every((sum) => Math.abs(sum / total - 1) <= TOTAL_TOLERANCE))

/**
 * The transform of a scale. Size factors need the whole transcriptome: estimated from a panel they remove real
 * changes and make genes depend on each other (docs/method.md, Pitfalls: edge AUPRC .81 → .32), so panels take factors of
 * their own (panel-factors.ts).
 */
export function transformFor(
  scale: Scale,
  facts: ScaleFacts,
  genes: number,
  choice: ReadOptions['transform'],
): { transform: Transform; findings: Finding[] } {
  if (choice !== 'auto') return { transform: choice, findings: chosenTransform(choice, facts, genes) }
  if (scale === 'counts' && genes >= PANEL) return { transform: 'log1p-size-factors', findings: [] }
  if (scale === 'counts') return { transform: 'log1p-panel-factors', findings: [] }
  if (scale === 'per-million') {
    const text =
      'Every sample adds up to the same total: counts or transcripts per million (CPM, TPM). Library sizes are removed already; log(1 + value) is used.'
    return { transform: 'log1p', findings: [info('per-million', text)] }
  }
  if (scale === 'non-negative') {
    const text =
      'The values look like rates on a linear scale (not negative, spread in proportion to the mean); log(1 + value) is used. ' +
      'If they are logarithms already, choose no transform.'
    return { transform: 'log1p', findings: [review('linear-scale', text)] }
  }
  return { transform: 'none', findings: [] }
}

function chosenTransform(choice: Transform, facts: ScaleFacts, genes: number): Finding[] {
  if (choice === 'none') return []
  if (facts.negatives > 0) {
    const text = `${count(facts.negatives)} of ${plural(facts.values, 'value')} ${facts.negatives === 1 ? 'is' : 'are'} negative, so log(1 + value) cannot be used. Values below zero are usually logarithms already.`
    return [
      blocking('INVALID_PARAMS', 'transform', text, {
        count: facts.negatives,
        choice: choiceOf('transform', [['none', 'No transform']]),
      }),
    ]
  }
  if (choice === 'log1p-panel-factors' && genes >= PANEL) {
    const text = `Factors of a panel are for tables of fewer than ${count(PANEL)} genes; this one has ${count(genes)}. Use size factors.`
    return [
      blocking('INVALID_PARAMS', 'transform', text, {
        choice: choiceOf('transform', [['log1p-size-factors', 'Size factors']]),
      }),
    ]
  }
  if ((choice === 'log1p-size-factors' || choice === 'log1p-cpm') && genes < PANEL) {
    const text = `${choice === 'log1p-cpm' ? 'Library sizes' : 'Size factors'} from ${plural(genes, 'gene')} only remove real changes and make genes depend on each other. Use the counts of all genes, or panel factors.`
    return [review('panel-size-factors', text)]
  }
  return []
}
