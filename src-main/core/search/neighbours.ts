import type { ScoreTables } from './score-table'

/**
 * For every gene the genes that are its possible cause or effect: only their order relative to it matters.
 * Flat lists: entries offsets[i] .. offsets[i + 1] − 1 belong to gene i.
 */
export interface Neighbours {
  readonly offsets: Int32Array
  readonly gene: Int32Array
  /** bit of gene i among the candidates of the neighbour; 0 = i is not one */
  readonly bitInNeighbour: Int32Array
  /** bit of the neighbour among the candidates of gene i; 0 = it is not one */
  readonly bitInGene: Int32Array
  readonly largest: number
}

export function findNeighbours(scores: ScoreTables): Neighbours {
  const { genes: d, slots: m, candidates } = scores
  const lists: Map<number, { inNeighbour: number; inGene: number }>[] = Array.from(
    { length: d },
    () => new Map<number, { inNeighbour: number; inGene: number }>(),
  )
  const entry = (i: number, other: number): { inNeighbour: number; inGene: number } => {
    const found = lists[i]!.get(other) ?? { inNeighbour: 0, inGene: 0 }
    lists[i]!.set(other, found)
    return found
  }
  for (let j = 0; j < d; j++)
    for (let c = 0; c < m; c++) {
      const cause = candidates[j * m + c]!
      if (cause < 0) continue
      entry(j, cause).inGene = 1 << c
      entry(cause, j).inNeighbour = 1 << c
    }
  const offsets = new Int32Array(d + 1)
  let largest = 0
  lists.forEach((list, i) => {
    offsets[i + 1] = offsets[i]! + list.size
    largest = Math.max(largest, list.size)
  })
  const total = offsets[d]!
  const gene = new Int32Array(total)
  const bitInNeighbour = new Int32Array(total)
  const bitInGene = new Int32Array(total)
  lists.forEach((list, i) => {
    let at = offsets[i]!
    for (const [other, bits] of [...list].sort((a, b) => a[0] - b[0])) {
      gene[at] = other
      bitInNeighbour[at] = bits.inNeighbour
      bitInGene[at++] = bits.inGene
    }
  })
  return { offsets, gene, bitInNeighbour, bitInGene, largest }
}
