import { type Breathe, forEachLine, type Values } from './expression'
import type { SampleDepths } from './sample-depths'

/** What one pass over the values says about one gene; missing values are passed over. */
export interface GeneMoments {
  /** value of the first sample: sums are taken around it, so that a large offset costs no precision */
  readonly origin: number
  /** [environments] sums of value - origin */
  readonly sums: Float64Array
  /** sum of (value - origin)² over all samples */
  readonly squares: number
  readonly zeros: number
  readonly negatives: number
  /** non-negative integers */
  readonly integers: number
  readonly largest: number
}

/** One for all genes in turn: half a million of them would be a hundred megabytes of garbage. */
type OwnMoments = { -readonly [field in keyof GeneMoments]: GeneMoments[field] }

/**
 * One pass over the numbers as they lie in memory; genes in consecutive memory need room for one gene only.
 * @param environmentOf by sample; samples without an environment (-1) count with environment 0
 * @param visit called for every gene in order; its moments are valid during the call
 * @param more `environments`: how many there are, when the last may have no sample; `depths`: filled on the way
 */
export async function forEachGene(
  values: Values,
  genes: Int32Array,
  samples: Int32Array,
  environmentOf: Int32Array,
  breathe: Breathe,
  visit: (gene: number, moments: GeneMoments) => void,
  more: { readonly environments?: number; readonly depths?: SampleDepths } = {},
): Promise<void> {
  const { environments = environmentSizes(samples, environmentOf).length, depths } = more
  const environment = samples.map((sample) => Math.max(0, environmentOf[sample]!))
  if (values.genesOutside) {
    const moments = noMoments(new Float64Array(environments))
    await forEachLine(values, genes, samples, breathe, (line, gene) => {
      measure(line, samples, environment, moments)
      depths?.addGene(line, samples)
      visit(gene, moments)
    })
    return
  }
  const table = new MomentsTable(genes.length, environments)
  await forEachLine(values, samples, genes, breathe, (line, sample) => {
    table.add(line, genes, environment[sample]!, sample === 0)
    depths?.addSample(line, genes, sample)
  })
  const moments = noMoments(new Float64Array(environments))
  for (let gene = 0; gene < genes.length; gene++) {
    table.read(gene, moments)
    visit(gene, moments)
  }
}

const noMoments = (sums: Float64Array): OwnMoments => ({
  origin: 0.5,
  sums,
  squares: 0.5,
  zeros: 0,
  negatives: 0,
  integers: 0,
  largest: -Infinity,
})

function measure(
  line: Float64Array,
  samples: Int32Array,
  environment: Int32Array,
  moments: OwnMoments,
): void {
  const { sums } = moments
  sums.fill(0)
  const origin = line[samples[0]!]! || 0
  let squares = 0
  let zeros = 0
  let negatives = 0
  let integers = 0
  let largest = -Infinity
  for (let sample = 0; sample < samples.length; sample++) {
    const value = line[samples[sample]!]!
    if (value !== value) continue
    if (value < 0) negatives++
    else {
      if (value === 0) zeros++
      if (value === Math.floor(value)) integers++
    }
    if (value > largest) largest = value
    const centred = value - origin
    sums[environment[sample]!]! += centred
    squares += centred * centred
  }
  moments.origin = origin
  moments.squares = squares
  moments.zeros = zeros
  moments.negatives = negatives
  moments.integers = integers
  moments.largest = largest
}

/** The moments of all genes at once, for tables whose lines are samples. */
class MomentsTable {
  readonly #origin: Float64Array
  readonly #sums: Float64Array
  readonly #squares: Float64Array
  readonly #largest: Float64Array
  readonly #zeros: Int32Array
  readonly #negatives: Int32Array
  readonly #integers: Int32Array

  constructor(
    genes: number,
    readonly environments: number,
  ) {
    this.#origin = new Float64Array(genes)
    this.#sums = new Float64Array(genes * environments)
    this.#squares = new Float64Array(genes)
    this.#largest = new Float64Array(genes).fill(-Infinity)
    this.#zeros = new Int32Array(genes)
    this.#negatives = new Int32Array(genes)
    this.#integers = new Int32Array(genes)
  }

  add(line: Float64Array, genes: Int32Array, environment: number, first: boolean): void {
    const origin = this.#origin
    const squares = this.#squares
    const largest = this.#largest
    if (first) for (let gene = 0; gene < genes.length; gene++) origin[gene] = line[genes[gene]!]! || 0
    for (let gene = 0; gene < genes.length; gene++) {
      const value = line[genes[gene]!]!
      if (value !== value) continue
      if (value < 0) this.#negatives[gene]!++
      else {
        if (value === 0) this.#zeros[gene]!++
        if (value === Math.floor(value)) this.#integers[gene]!++
      }
      if (value > largest[gene]!) largest[gene] = value
      const centred = value - origin[gene]!
      this.#sums[gene * this.environments + environment]! += centred
      squares[gene]! += centred * centred
    }
  }

  read(gene: number, moments: OwnMoments): void {
    const start = gene * this.environments
    for (let k = 0; k < this.environments; k++) moments.sums[k] = this.#sums[start + k]!
    moments.origin = this.#origin[gene]!
    moments.squares = this.#squares[gene]!
    moments.zeros = this.#zeros[gene]!
    moments.negatives = this.#negatives[gene]!
    moments.integers = this.#integers[gene]!
    moments.largest = this.#largest[gene]!
  }
}

/** Number of samples of each environment. */
export function environmentSizes(samples: Int32Array, environmentOf: Int32Array): Int32Array {
  let most = 1
  for (const sample of samples) if (environmentOf[sample]! >= most) most = environmentOf[sample]! + 1
  const sizes = new Int32Array(most)
  for (const sample of samples) sizes[Math.max(0, environmentOf[sample]!)]!++
  return sizes
}

/** Sum of squares around the environment means, from the sums around any common origin. */
export function squaresWithin({ sums, squares }: GeneMoments, sizes: Int32Array): number {
  let within = squares
  for (let k = 0; k < sizes.length; k++) if (sizes[k]! > 0) within -= (sums[k]! * sums[k]!) / sizes[k]!
  return Math.max(0, within)
}
