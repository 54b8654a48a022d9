import type { Finding } from '../../../src-shared/contract/dataset-summary'
import type { Breathe, Values } from './expression'
import { count, listed, plural, review } from './findings'
import { environmentSizes, forEachGene, squaresWithin } from './gene-moments'
import { matchingName } from './gene-names'
import { nearest } from './nearest'
import { median, selectInPlace } from './select'

/** up to this many genes all are analysed without asking */
const ALL_UP_TO = 200
/** chosen automatically from a larger table */
const CHOSEN = 50
/** half of the choice by shift, the rest by variance: genes that vary together within experiments carry the edges */
const BY_SHIFT = 25
/** with more genes than this, time and memory grow beyond what an ordinary computer has */
const MANY = 2000
const MOST_ZEROS = 0.97

export interface GeneChoice {
  /** indices of the chosen genes, in the order of the file */
  readonly genes: Int32Array
  readonly findings: readonly Finding[]
}

/** The genes that the user named; names match without the Ensembl version. */
export function namedGenes(
  names: readonly string[],
  candidates: Int32Array,
  wanted: readonly string[],
): GeneChoice {
  const exact = new Set(wanted)
  const loose = new Set(wanted.map(matchingName))
  const genes = candidates.filter((gene) => exact.has(names[gene]!) || loose.has(matchingName(names[gene]!)))
  const found = new Set([...genes].flatMap((gene) => [names[gene]!, matchingName(names[gene]!)]))
  const unknown = [...exact].filter((name) => !found.has(name) && !found.has(matchingName(name)))
  const findings: Finding[] = []
  if (unknown.length > 0) {
    const pool = Array.from(candidates, (gene) => names[gene]!)
    const near = unknown.slice(0, 3).flatMap((name) => nearest(name, pool, 1))
    const hint = near.length > 0 ? ` Nearest: ${listed(near)}.` : ''
    const text = `${plural(unknown.length, 'chosen gene')} ${unknown.length === 1 ? 'is' : 'are'} not in the data: ${listed(unknown)}.${hint}`
    findings.push(review('unknown-genes', text, { count: unknown.length, examples: unknown }))
  }
  if (genes.length > MANY) findings.push(manyGenes(genes.length))
  return { genes, findings }
}

function manyGenes(genes: number): Finding {
  // two posterior matrices and their accumulators, 8 bytes each
  const gigabytes = ((6 * 8 * genes * genes) / 1e9).toPrecision(2)
  const text = `${count(genes)} genes need about ${gigabytes} GB for the edges alone and hours of time. Choose fewer genes; up to 200 run well.`
  return review('many-genes', text, { count: genes })
}

/**
 * All genes of a small table; of a large one the 50 that move most: first pinned genes, then 25 by the largest shift
 * of any experiment against the control, then by variance.
 *
 * shift(g) = max_k |mean_k - mean_0| / [(s_g + s̃) √(1/n_k + 1/n_0)], s_g the pooled sd within experiments and s̃ its
 * median over genes, which keeps genes that hardly vary from winning by a tiny divisor (Tusher et al. 2001, PNAS 98:5116).
 * Without a control the mean of all other samples stands for mean_0.
 *
 * @param transformed values after the transform; environmentOf by sample
 */
export async function movingGenes(
  transformed: Values,
  names: readonly string[],
  candidates: Int32Array,
  samples: Int32Array,
  environmentOf: Int32Array,
  pinned: ReadonlySet<string>,
  breathe: Breathe,
): Promise<GeneChoice> {
  if (candidates.length <= ALL_UP_TO) return { genes: candidates, findings: [] }
  const { shift, variance, zeros } = await measureGenes(
    transformed,
    candidates,
    samples,
    environmentOf,
    breathe,
  )
  const positions = candidates.map((_, position) => position)
  const usable = positions.filter(
    (gene) => variance[gene]! > 0 && zeros[gene]! <= MOST_ZEROS * samples.length,
  )
  const chosen = new Set<number>()
  if (pinned.size > 0)
    for (const gene of positions) if (pinned.has(names[candidates[gene]!]!)) chosen.add(gene)
  const target = Math.max(CHOSEN, chosen.size)
  const take = (by: Float64Array, until: number): void => {
    for (const gene of largest(usable, by, chosen.size + until)) if (chosen.size < until) chosen.add(gene)
  }
  take(shift, Math.min(target, chosen.size + BY_SHIFT))
  take(variance, target)
  const genes = candidates.filter((_, position) => chosen.has(position))
  const pins = pinned.size > 0 ? 'the known targets, then ' : ''
  const text =
    `${count(genes.length)} of ${count(candidates.length)} genes were chosen: ${pins}${BY_SHIFT} by the largest shift of any experiment against the control, ` +
    'the rest by variance. Choose the genes yourself to analyse others (up to 200 run well).'
  return {
    genes,
    findings: [
      review('gene-choice', text, {
        count: genes.length,
        examples: Array.from(genes, (gene) => names[gene]!),
      }),
    ],
  }
}

/** The `most` positions with the largest values, largest first, equal ones in order; without sorting all of them. */
function largest(positions: Int32Array, values: Float64Array, most: number): Int32Array {
  let candidates = positions
  if (positions.length > most) {
    const pool = new Float64Array(positions.length)
    for (let index = 0; index < pool.length; index++) pool[index] = values[positions[index]!]!
    const threshold = selectInPlace(pool, pool.length - most)
    candidates = positions.filter((position) => values[position]! >= threshold)
  }
  return candidates.toSorted((a, b) => values[b]! - values[a]! || a - b).subarray(0, most)
}

async function measureGenes(
  values: Values,
  candidates: Int32Array,
  samples: Int32Array,
  environmentOf: Int32Array,
  breathe: Breathe,
): Promise<{ shift: Float64Array; variance: Float64Array; zeros: Int32Array }> {
  const d = candidates.length
  const n = samples.length
  const size = environmentSizes(samples, environmentOf)
  const groups = size.filter((members) => members > 0).length
  const zeros = new Int32Array(d)
  const variance = new Float64Array(d)
  const within = new Float64Array(d)
  /** largest difference from the reference, over √(1/n_k + 1/n_0) */
  const shift = new Float64Array(d)
  await forEachGene(values, candidates, samples, environmentOf, breathe, (gene, moments) => {
    const { sums } = moments
    let total = 0
    for (let k = 0; k < size.length; k++) total += sums[k]!
    zeros[gene] = moments.zeros
    variance[gene] = Math.max(0, moments.squares - (total * total) / n) / n
    within[gene] = Math.sqrt(squaresWithin(moments, size) / Math.max(1, n - groups))
    for (let k = 1; k < size.length; k++) {
      const members = size[k]!
      const others = size[0]! > 0 ? size[0]! : n - members
      if (members === 0 || others === 0) continue
      const reference = size[0]! > 0 ? sums[0]! / others : (total - sums[k]!) / others
      const difference = Math.abs(sums[k]! / members - reference) / Math.sqrt(1 / members + 1 / others)
      if (difference > shift[gene]!) shift[gene] = difference
    }
  })
  const typical = median(within.slice())
  for (let gene = 0; gene < d; gene++) {
    const scale = within[gene]! + typical
    shift[gene] = scale > 0 ? shift[gene]! / scale : 0
  }
  return { shift, variance, zeros }
}
