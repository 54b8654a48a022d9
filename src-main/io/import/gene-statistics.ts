import { fitGroups, groupDesign, type GroupDesign } from '../../core/differential/group-design'
import type { GroupFits } from '../../core/differential/moderated-t'
import type { Breathe, Values } from './expression'
import { forEachGene, type GeneMoments } from './gene-moments'
import { medianOf } from '../../core/linalg/median'

/** Which samples are compared, and how. */
export interface Comparison {
  /** samples in use, by experiment */
  readonly samples: Int32Array
  /** [all samples] 0 = control or no experiment, 1 … K */
  readonly environmentOf: Int32Array
  readonly hasControl: boolean
  /** [all samples] what was measured together: a batch, or a control group within one; all 0 when there is one */
  readonly blockOf: Int32Array
  readonly blocks: number
}

/** What one pass over all genes of the file gathers; [candidates] each. */
export interface GeneStatistics {
  /** see `movingGenes` */
  readonly shift: Float64Array
  readonly variance: Float64Array
  readonly zeros: Int32Array
  /** for differential expression; null without a control, without experiments or without replicates */
  readonly groups: { readonly fits: GroupFits; readonly design: GroupDesign } | null
}

/** @param values after the transform, without gaps */
export async function geneStatistics(
  values: Values,
  candidates: Int32Array,
  comparison: Comparison,
  breathe: Breathe,
): Promise<GeneStatistics> {
  const { samples, environmentOf, blockOf, blocks } = comparison
  const environments = samples.reduce((most, sample) => Math.max(most, environmentOf[sample]! + 1), 1)
  const cellOf = environmentOf.map(
    (environment, sample) => Math.max(0, environment) * blocks + Math.max(0, blockOf[sample]!),
  )
  const sizes = new Int32Array(environments * blocks)
  for (const sample of samples) sizes[cellOf[sample]!]!++
  const measures = new ShiftMeasures(candidates.length, environments, blocks, sizes)
  const design =
    comparison.hasControl && environments > 1
      ? (groupDesign(environments, blocks, sizes) ?? withoutBlocks(environments, blocks, sizes))
      : null
  const groups = design && new GroupFitting(candidates, design, environments, blocks)
  await forEachGene(
    values,
    candidates,
    samples,
    cellOf,
    breathe,
    (gene, moments) => {
      groups?.add(gene, moments, samples.length)
      measures.add(gene, moments)
    },
    { environments: sizes.length },
  )
  return { ...measures.finish(), groups: groups && { fits: groups.finish(), design: groups.design } }
}

/** Blocks that cannot be told from the experiments are left out of the model. */
function withoutBlocks(environments: number, blocks: number, sizes: Int32Array): GroupDesign | null {
  return groupDesign(environments, 1, pooled(sizes, blocks, new Int32Array(environments)))
}

/** Sums over the blocks of each experiment; with one block they are the cells themselves. */
function pooled<A extends Int32Array | Float64Array>(cells: A, blocks: number, into: A): A {
  if (blocks === 1) return cells
  into.fill(0)
  for (let cell = 0; cell < cells.length; cell++) into[Math.floor(cell / blocks)]! += cells[cell]!
  return into
}

class GroupFitting {
  readonly #logFoldChange: Float32Array
  readonly #averageExpression: Float32Array
  readonly #variance: Float64Array
  readonly #means: Float64Array
  readonly #effects: Float64Array
  readonly #sums: Float64Array
  /** 0 = never changes: nothing to test */
  readonly #changes: Uint8Array

  constructor(
    readonly candidates: Int32Array,
    readonly design: GroupDesign,
    environments: number,
    readonly blocks: number,
  ) {
    const genes = candidates.length
    this.#logFoldChange = new Float32Array((environments - 1) * genes)
    this.#averageExpression = new Float32Array(genes)
    this.#variance = new Float64Array(genes)
    this.#changes = new Uint8Array(genes)
    this.#means = new Float64Array(environments)
    this.#effects = new Float64Array(design.batches)
    this.#sums = new Float64Array(environments * design.batches)
  }

  add(gene: number, { origin, sums, squares }: GeneMoments, samples: number): void {
    const { design } = this
    const own = design.batches === this.blocks ? sums : pooled(sums, this.blocks, this.#sums)
    let total = 0
    for (let cell = 0; cell < sums.length; cell++) total += sums[cell]!
    this.#averageExpression[gene] = origin + total / samples
    if (squares === 0) return
    this.#changes[gene] = 1
    const means = this.#means
    this.#variance[gene] = fitGroups(design, own, squares, means, this.#effects) / design.freedom
    const genes = this.candidates.length
    for (let k = 1; k < means.length; k++) this.#logFoldChange[(k - 1) * genes + gene] = means[k]! - means[0]!
  }

  finish(): GroupFits {
    let changing = 0
    for (const changes of this.#changes) changing += changes
    if (changing === this.candidates.length)
      return {
        genes: this.candidates.slice(),
        logFoldChange: this.#logFoldChange,
        averageExpression: this.#averageExpression,
        variance: this.#variance,
      }
    const tested = new Int32Array(changing)
    const genes = this.candidates.length
    for (let position = 0, at = 0; position < genes; position++)
      if (this.#changes[position] === 1) tested[at++] = position
    const experiments = this.#means.length - 1
    const logFoldChange = new Float32Array(experiments * tested.length)
    for (let k = 0; k < experiments; k++)
      tested.forEach((position, at) => {
        logFoldChange[k * tested.length + at] = this.#logFoldChange[k * genes + position]!
      })
    return {
      genes: tested.map((position) => this.candidates[position]!),
      logFoldChange,
      averageExpression: Float32Array.from(tested, (position) => this.#averageExpression[position]!),
      variance: Float64Array.from(tested, (position) => this.#variance[position]!),
    }
  }
}

/** What genes are chosen by. */
class ShiftMeasures {
  readonly #shift: Float64Array
  readonly #variance: Float64Array
  readonly #within: Float64Array
  readonly #zeros: Int32Array
  readonly #sums: Float64Array
  readonly #environmentSizes: Int32Array
  readonly #samples: number
  readonly #freedom: number

  constructor(
    genes: number,
    environments: number,
    readonly blocks: number,
    /** [environments * blocks] */
    sizes: Int32Array,
  ) {
    this.#shift = new Float64Array(genes)
    this.#variance = new Float64Array(genes)
    this.#within = new Float64Array(genes)
    this.#zeros = new Int32Array(genes)
    this.#sums = new Float64Array(environments)
    this.#environmentSizes = new Int32Array(environments)
    sizes.forEach((size, cell) => (this.#environmentSizes[Math.floor(cell / blocks)]! += size))
    this.#samples = sizes.reduce((sum, size) => sum + size, 0)
    this.#freedom = Math.max(1, this.#samples - this.#environmentSizes.filter((size) => size > 0).length)
  }

  add(gene: number, moments: GeneMoments): void {
    const { squares } = moments
    const size = this.#environmentSizes
    const n = this.#samples
    const sums = pooled(moments.sums, this.blocks, this.#sums)
    let total = 0
    let within = squares
    for (let k = 0; k < size.length; k++) {
      total += sums[k]!
      if (size[k]! > 0) within -= (sums[k]! * sums[k]!) / size[k]!
    }
    this.#zeros[gene] = moments.zeros
    this.#variance[gene] = Math.max(0, squares - (total * total) / n) / n
    this.#within[gene] = Math.sqrt(Math.max(0, within) / this.#freedom)
    let largest = 0
    for (let k = 1; k < size.length; k++) {
      const members = size[k]!
      const others = size[0]! > 0 ? size[0]! : n - members
      if (members === 0 || others === 0) continue
      const reference = size[0]! > 0 ? sums[0]! / others : (total - sums[k]!) / others
      const difference = Math.abs(sums[k]! / members - reference) / Math.sqrt(1 / members + 1 / others)
      if (difference > largest) largest = difference
    }
    this.#shift[gene] = largest
  }

  finish(): Pick<GeneStatistics, 'shift' | 'variance' | 'zeros'> {
    const shift = this.#shift
    const typical = medianOf(this.#within)
    for (let gene = 0; gene < shift.length; gene++) {
      const scale = this.#within[gene]! + typical
      shift[gene] = scale > 0 ? shift[gene]! / scale : 0
    }
    return { shift, variance: this.#variance, zeros: this.#zeros }
  }
}
