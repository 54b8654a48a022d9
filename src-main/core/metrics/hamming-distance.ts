/**
 * Structural Hamming distance: the number of gene pairs that are joined differently in the two graphs.
 *
 * A missing, an extra and a reversed edge count one each. An estimate may join a pair both ways (a 2-cycle
 * of two probabilities above the threshold); that pair is then wrong once.
 *
 * @param truth [d, d] 1 = edge from row to column
 * @param probability [d, d] an edge is claimed above `threshold`
 */
export function hammingDistance(
  truth: Uint8Array,
  probability: Float64Array,
  genes: number,
  threshold = 0.5,
): number {
  let distance = 0
  for (let i = 0; i < genes; i++) {
    for (let j = 0; j < i; j++) {
      const forward = probability[i * genes + j]! > threshold ? 1 : 0
      const backward = probability[j * genes + i]! > threshold ? 1 : 0
      if (truth[i * genes + j] !== forward || truth[j * genes + i] !== backward) distance++
    }
  }
  return distance
}
