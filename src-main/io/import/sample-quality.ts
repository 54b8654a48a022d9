import type { Finding } from '../../../src-shared/contract/dataset-summary'
import { environmentStarts } from '../../../src-shared/domain/dataset'
import {
  type GeneScores,
  MOST_MEASURED_SAMPLES,
  type SampleQuality,
} from '../../../src-shared/domain/sample-quality'
import { principalComponents } from '../../core/linalg/principal-components'
import { replicateSpread } from '../../core/quality/replicate-spread'
import { rowCorrelation } from '../../core/quality/row-correlation'
import { samplesByGenes } from './build-dataset'
import type { Breathe, Values } from './expression'
import { count, info } from './findings'
import type { GeneStatistics } from './gene-statistics'
import type { SampleDepths } from './sample-depths'
import type { Scale } from './scale'
import { selectInPlace } from '../../core/linalg/median'

/** samples are compared over so many genes at most, those that vary most (as DESeq2's plotPCA) … */
const COMPARED = 500
/** … and over fewer when there are thousands of samples, so that it takes a moment only */
const COMPARED_VALUES = 1_000_000
const FEWEST_COMPARED = 50
/** more rows of a heatmap cannot be told apart; the means of the experiments are correlated instead */
const MOST_CORRELATED = 400

interface Parts {
  /** values without gaps, after the transform */
  readonly comparable: Values
  /** of the values of the file, by sample in use */
  readonly depths: SampleDepths
  /** [candidates] */
  readonly genes: Int32Array
  readonly statistics: Pick<GeneStatistics, 'variance'>
  /** samples in use, by experiment */
  readonly rows: Int32Array
  /** [all samples] */
  readonly environmentOf: Int32Array
  /** K + 1 */
  readonly environments: number
  readonly scale: Scale
  /** some values of the file are zero, and none is below */
  readonly hasZeros: boolean
}

/** Said in place of the measures where there are too many samples for them. */
export function unmeasuredSamples(samples: number): Finding[] {
  if (samples <= MOST_MEASURED_SAMPLES) return []
  const text =
    `${count(samples)} samples are too many to be measured one by one: library sizes, principal components and ` +
    `correlations of the samples are left out beyond ${count(MOST_MEASURED_SAMPLES)}. The analysis takes all of them.`
  return [info('samples-not-measured', text, { count: samples })]
}

/** What the samples look like beside each other, see `SampleQuality`; undefined where `unmeasuredSamples` says why. */
export async function sampleQuality(parts: Parts, breathe: Breathe): Promise<SampleQuality | undefined> {
  if (parts.rows.length > MOST_MEASURED_SAMPLES) return undefined
  const { genes, rows, depths } = parts
  const n = rows.length
  const linear = parts.scale !== 'log-or-centred'
  const compared = mostVariable(
    genes,
    parts.statistics.variance,
    Math.max(FEWEST_COMPARED, Math.min(COMPARED, Math.floor(COMPARED_VALUES / Math.max(1, n)))),
  )
  const d = compared.length
  const values = await samplesByGenes(parts.comparable, compared, rows, breathe)
  await breathe()
  const starts = environmentStarts(
    Int32Array.from(rows, (sample) => parts.environmentOf[sample]!),
    parts.environments,
  )
  const bySample = n <= MOST_CORRELATED
  const { scores, explained } = principalComponents(values, n, d)
  await breathe()
  return {
    totals: linear ? depths.totals : null,
    detected: linear || parts.hasZeros ? depths.detected : null,
    genes: genes.length,
    compared: d,
    scores,
    explained,
    spread: replicateSpread(values, d, starts),
    correlated: bySample ? 'samples' : 'experiments',
    correlation: bySample
      ? rowCorrelation(values, n, d)
      : rowCorrelation(experimentMeans(values, d, starts), parts.environments, d),
  }
}

/** Scores of the genes by their position in the file. */
export function geneScores(
  total: number,
  genes: Int32Array,
  { shift, variance }: Pick<GeneStatistics, 'shift' | 'variance'>,
): GeneScores {
  const scores = {
    shift: new Float32Array(total).fill(NaN),
    variance: new Float32Array(total).fill(NaN),
  }
  genes.forEach((gene, at) => {
    scores.shift[gene] = shift[at]!
    scores.variance[gene] = variance[at]!
  })
  return scores
}

/** Genes with the largest variance, in the order of the file; constant ones are none. */
function mostVariable(genes: Int32Array, variance: Float64Array, most: number): Int32Array {
  const pool = new Float64Array(genes.length)
  let varying = 0
  for (let at = 0; at < genes.length; at++) if (variance[at]! > 0) pool[varying++] = variance[at]!
  const least = varying > most ? selectInPlace(pool.subarray(0, varying), varying - most) : 0
  const chosen: number[] = []
  for (let at = 0; at < genes.length && chosen.length < most; at++)
    if (variance[at]! > 0 && variance[at]! >= least) chosen.push(genes[at]!)
  return Int32Array.from(chosen)
}

/** [K + 1, d]; 0 without samples, which correlates with nothing */
function experimentMeans(values: Float64Array, d: number, starts: Int32Array): Float64Array {
  const K = starts.length - 1
  const means = new Float64Array(K * d)
  for (let k = 0; k < K; k++) {
    const size = starts[k + 1]! - starts[k]!
    for (let row = starts[k]!; row < starts[k + 1]!; row++)
      for (let gene = 0; gene < d; gene++) means[k * d + gene]! += values[row * d + gene]! / size
  }
  return means
}
