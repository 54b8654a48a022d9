import { type Dataset, environmentStarts } from '../../../src-shared/domain/dataset'
import { MAD_OF_NORMAL, medianOf } from '../linalg/median'

/** a sample is only judged against at least two others of its experiment */
const FEWEST_MEMBERS = 3
/** beyond this many samples the rows are cells, which are not mislabelled one by one */
const MOST_SAMPLES = 500
/** difference of two experiments in a gene, in standard errors, from which the gene counts; beyond it counts in full soon */
const TELLING = 2
/** squared distance of two experiments along the genes that tell them apart, in spreads: less is no ground to judge on */
const APART = 40
/** place of a sample between the other experiment (0) and its own (1) below which it lies with the other */
const WITH_THE_OTHER = 0.25
/** a single sample without a counterpart is only spoken of where the ground is firmer */
const FEWEST_MEMBERS_ALONE = 5
const APART_ALONE = 120

/** A sample that lies with another experiment than its own. */
export interface Stray {
  /** row of the dataset */
  readonly sample: number
  readonly own: number
  readonly other: number
  /** genes by which the two experiments are told apart */
  readonly genes: number
  /** squared distance of the two experiments along these genes, in spreads */
  readonly apart: number
}

/** Two samples that each lie with the other's experiment. */
export type Swap = readonly [Stray, Stray]

/**
 * Samples whose label is probably wrong. With A the mean of the other samples of the own experiment, B the mean of
 * another experiment, both in units of the spread within experiments s_g, and weights
 * `w_g = max(0, 1 − 4 (1/n_A + 1/n_B) / (A_g − B_g)²)`, the sample x lies with the other experiment when
 *
 *   `Σ w_g (x_g − B_g)(A_g − B_g) / Σ w_g (A_g − B_g)² < 0.25`  (1 = at A, 0 = at B)
 *
 * where the lower sum is at least 40, and over all genes it is nearer to B than to A, each distance divided by its expectation. Leaving the sample out of A
 * keeps a swapped sample from hiding itself. s_g is the median absolute deviation from the means of the experiments, so
 * that a few wrong labels do not hide behind the spread that they cause, and at least half its median over genes.
 * How often it is right: docs/decisions/012-label-swaps.md.
 */
export function findStrays(dataset: Dataset): { swaps: Swap[]; strays: Stray[] } {
  const { values, environments } = dataset
  const n = dataset.samples.length
  const d = dataset.genes.length
  const K = environments.length
  if (n > MOST_SAMPLES || d === 0) return { swaps: [], strays: [] }
  const starts = environmentStarts(dataset.environmentOf, K)
  const sums = groupSums(values, d, starts)
  const scales = spreadsWithin(values, d, starts, sums)
  const found: Stray[] = []
  for (let own = 0; own < K; own++) {
    if (starts[own + 1]! - starts[own]! < FEWEST_MEMBERS) continue
    for (let sample = starts[own]!; sample < starts[own + 1]!; sample++) {
      const stray = strayOf(values, d, starts, sums, scales, sample, own)
      if (stray) found.push(stray)
    }
  }
  const paired = new Set<Stray>()
  const swaps: Swap[] = []
  for (const one of found) {
    if (paired.has(one)) continue
    const back = found.filter((each) => each.own === one.other && each.other === one.own && !paired.has(each))
    const there = found.filter((each) => each.own === one.own && each.other === one.other)
    // with several on either side nobody knows who is whose
    if (back.length !== 1 || there.length !== 1) continue
    swaps.push([one, back[0]!])
    paired.add(one).add(back[0]!)
  }
  const alone = found.filter(
    (each) =>
      !paired.has(each) &&
      each.apart >= APART_ALONE &&
      starts[each.own + 1]! - starts[each.own]! >= FEWEST_MEMBERS_ALONE,
  )
  return { swaps, strays: alone }
}

/** [K, d] */
function groupSums(values: Float64Array, d: number, starts: Int32Array): Float64Array {
  const K = starts.length - 1
  const sums = new Float64Array(K * d)
  for (let k = 0; k < K; k++)
    for (let row = starts[k]!; row < starts[k + 1]!; row++)
      for (let gene = 0; gene < d; gene++) sums[k * d + gene]! += values[row * d + gene]!
  return sums
}

/** [d] 0 = the gene never changes */
function spreadsWithin(
  values: Float64Array,
  d: number,
  starts: Int32Array,
  sums: Float64Array,
): Float64Array {
  const K = starts.length - 1
  const n = starts[K]!
  let groups = 0
  for (let k = 0; k < K; k++) if (starts[k + 1]! > starts[k]!) groups++
  const freedom = Math.sqrt(n / Math.max(1, n - groups))
  const deviations = new Float64Array(n)
  const spreads = new Float64Array(d)
  for (let gene = 0; gene < d; gene++) {
    for (let k = 0; k < K; k++) {
      const size = starts[k + 1]! - starts[k]!
      for (let row = starts[k]!; row < starts[k + 1]!; row++)
        deviations[row] = Math.abs(values[row * d + gene]! - sums[k * d + gene]! / size)
    }
    spreads[gene] = (freedom * medianOf(deviations)) / MAD_OF_NORMAL
  }
  const typical = medianOf(spreads)
  return spreads.map((spread) => Math.max(spread, typical / 2))
}

function strayOf(
  values: Float64Array,
  d: number,
  starts: Int32Array,
  sums: Float64Array,
  scales: Float64Array,
  sample: number,
  own: number,
): Stray | null {
  const ownSize = starts[own + 1]! - starts[own]! - 1
  let best: Stray | null = null
  let nearest = Infinity
  for (let other = 0; other < starts.length - 1; other++) {
    const otherSize = starts[other + 1]! - starts[other]!
    if (other === own || otherSize < FEWEST_MEMBERS) continue
    const least = TELLING ** 2 * (1 / ownSize + 1 / otherSize)
    let genes = 0
    let along = 0
    let length = 0
    let toOwn = 0
    let toOther = 0
    for (let gene = 0; gene < d; gene++) {
      const scale = scales[gene]!
      if (scale === 0) continue
      const value = values[sample * d + gene]!
      const a = (sums[own * d + gene]! - value) / ownSize
      const b = sums[other * d + gene]! / otherSize
      const apart = (a - b) / scale
      const place = (value - b) / scale
      toOwn += ((value - a) / scale) ** 2
      toOther += place ** 2
      const weight = 1 - least / (apart * apart)
      if (!(weight > 0)) continue
      genes++
      along += weight * place * apart
      length += weight * apart * apart
    }
    const distance = toOther / (1 + 1 / otherSize)
    if (length < APART || along >= WITH_THE_OTHER * length || distance >= toOwn / (1 + 1 / ownSize)) continue
    if (distance < nearest) {
      nearest = distance
      best = { sample, own, other, genes, apart: length }
    }
  }
  return best
}
