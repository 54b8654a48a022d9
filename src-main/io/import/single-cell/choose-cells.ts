import { createRng } from '../../../core/random/rng'

/**
 * At most `most` cells of every experiment, drawn without replacement; batches keep their shares (largest remainders).
 * The same seed draws the same cells, whatever other experiments there are.
 * @param groupOf [cells] experiment, -1 = not to be drawn; @param stratumOf [cells] batch
 * @returns the chosen cells, ascending
 */
export function chooseCells(
  groupOf: Int32Array,
  stratumOf: Int32Array,
  most: number,
  seed: number,
): Int32Array {
  const groups = groupOf.reduce((largest, group) => Math.max(largest, group + 1), 0)
  const members = Array.from({ length: groups }, () => new Map<number, number[]>())
  groupOf.forEach((group, cell) => {
    if (group < 0) return
    const strata = members[group]!
    const stratum = strata.get(stratumOf[cell]!)
    if (stratum) stratum.push(cell)
    else strata.set(stratumOf[cell]!, [cell])
  })
  const chosen: number[] = []
  members.forEach((strata, group) => {
    const lists = [...strata.values()]
    const shares = sharesOf(
      lists.map((list) => list.length),
      most,
    )
    lists.forEach((list, index) => {
      const cells = Int32Array.from(list)
      if (shares[index]! < cells.length) createRng(seed, group * 65_537 + index).shuffle(cells)
      for (let at = 0; at < shares[index]!; at++) chosen.push(cells[at]!)
    })
  })
  return Int32Array.from(chosen).sort()
}

/** Whole numbers in proportion to the sizes that sum to `most`, or the sizes where they are fewer. */
export function sharesOf(sizes: readonly number[], most: number): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  if (total <= most) return [...sizes]
  const exact = sizes.map((size) => (size * most) / total)
  const shares = exact.map(Math.floor)
  const left = most - shares.reduce((sum, share) => sum + share, 0)
  exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index)
    .slice(0, left)
    .forEach(({ index }) => shares[index]!++)
  return shares
}
