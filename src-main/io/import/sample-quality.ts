import { environmentStarts } from '../../../src-shared/domain/dataset'
import type { GeneScores, SampleQuality } from '../../../src-shared/domain/sample-quality'
import { principalComponents } from '../../core/linalg/principal-components'
import { replicateSpread } from '../../core/quality/replicate-spread'
import { rowCorrelation } from '../../core/quality/row-correlation'
import { samplesByGenes } from './build-dataset'
import { type Breathe, forEachLine, type Values } from './expression'
import type { GeneStatistics } from './gene-statistics'
import type { Scale } from './scale'
import { selectInPlace } from './select'

/** samples are compared over so many genes at most, those that vary most (as DESeq2's plotPCA) … */
const COMPARED = 500
/** … and over fewer when there are thousands of samples, so that it takes a moment only */
const COMPARED_VALUES = 1_000_000
const FEWEST_COMPARED = 50
/** more rows of a heatmap cannot be told apart; the means of the experiments are correlated instead */
const MOST_CORRELATED = 400

interface Parts {
  /** values of the file without gaps, and after the transform */
  readonly raw: Values
  readonly comparable: Values
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

/** What the samples look like beside each other; see `SampleQuality`. */
export async function sampleQuality(parts: Parts, breathe: Breathe): Promise<SampleQuality> {
  const { genes, rows } = parts
  const n = rows.length
  const linear = parts.scale !== 'log-or-centred'
  const { totals, detected } =
    linear || parts.hasZeros
      ? await depths(parts.raw, genes, rows, breathe)
      : { totals: null, detected: null }
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
    totals: linear ? totals : null,
    detected,
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

/** [rows] sum, and number of genes above zero */
async function depths(
  raw: Values,
  genes: Int32Array,
  rows: Int32Array,
  breathe: Breathe,
): Promise<{ totals: Float64Array; detected: Int32Array }> {
  const totals = new Float64Array(rows.length)
  const detected = new Int32Array(rows.length)
  const add = (value: number, row: number): void => {
    totals[row]! += value
    if (value > 0) detected[row]!++
  }
  if (raw.genesOutside)
    await forEachLine(raw, genes, rows, breathe, (line) => {
      for (let row = 0; row < rows.length; row++) add(line[rows[row]!]!, row)
    })
  else
    await forEachLine(raw, rows, genes, breathe, (line, row) => {
      for (let gene = 0; gene < genes.length; gene++) add(line[genes[gene]!]!, row)
    })
  return { totals, detected }
}

/** Genes with the largest variance, in the order of the file. */
function mostVariable(genes: Int32Array, variance: Float64Array, most: number): Int32Array {
  const varying = Int32Array.from(genes.keys()).filter((at) => variance[at]! > 0)
  if (varying.length <= most) return varying.map((at) => genes[at]!)
  const pool = Float64Array.from(varying, (at) => variance[at]!)
  const least = selectInPlace(pool, pool.length - most)
  return varying
    .filter((at) => variance[at]! >= least)
    .subarray(0, most)
    .map((at) => genes[at]!)
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
