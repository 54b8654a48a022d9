import type { ControlBlocks } from './control-blocks'
import { type Breathe, forEachValue, type Values } from './expression'

/**
 * Moves the samples of each block so that the controls of all blocks have the same mean:
 * `x'_ig = x_ig − (c_bg − c_g)`, b the block of sample i, c_bg the mean of its controls, c_g the mean of all controls.
 * An additive effect of the block cancels exactly; the error of c_bg, sd / √(controls of b), stays in every sample of
 * the block (docs/decisions/011-several-controls.md).
 * @param values transformed, without gaps; @param genes indices of all genes in use
 * @param environmentOf by sample, 0 = control
 */
export async function centreOnControls(
  values: Values,
  genes: Int32Array,
  environmentOf: Int32Array,
  { blockOf, blocks }: ControlBlocks,
  breathe: Breathe,
): Promise<Values> {
  const controls = Int32Array.from(environmentOf.keys()).filter((sample) => environmentOf[sample] === 0)
  const width = genes.reduce((most, gene) => Math.max(most, gene + 1), 0)
  const offsets = new Float64Array(blocks * width)
  const overall = new Float64Array(width)
  const members = new Int32Array(blocks)
  for (const sample of controls) members[blockOf[sample]!]!++
  await forEachValue(values, genes, controls, breathe, (value, position, at) => {
    const gene = genes[position]!
    offsets[blockOf[controls[at]!]! * width + gene]! += value
    overall[gene]! += value
  })
  for (let block = 0; block < blocks; block++)
    for (let gene = 0; gene < width; gene++) {
      const cell = block * width + gene
      // a block without samples of experiments may have no controls either; nobody asks for it
      offsets[cell] =
        members[block]! > 0 ? offsets[cell]! / members[block]! - overall[gene]! / controls.length : 0
    }
  const { get, line, genesOutside } = values
  const offset = (gene: number, sample: number): number => {
    const block = blockOf[sample]!
    return block < 0 ? 0 : offsets[block * width + gene]!
  }
  return {
    genesOutside,
    get: (gene, sample) => get(gene, sample) - offset(gene, sample),
    line: line
      ? (index, into) => {
          line(index, into)
          for (let at = 0; at < into.length; at++)
            into[at]! -= genesOutside ? offset(index, at) : offset(at, index)
        }
      : undefined,
  }
}
