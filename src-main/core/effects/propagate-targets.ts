/** an edge less probable than this carries nothing, so that d² small probabilities do not add up to an effect */
const LEAST_PROBABILITY = 0.1

/**
 * Shifts that direct targets cause along the network: x_j = Σ_i P(i → j) β_ij x_i for every gene that is not a target, while
 * targets keep their observed shift. β is the posterior mean effect given the edge, so P β is its mean over networks.
 *
 * A posterior mean has cycles where the direction of an edge is open; edges are therefore taken from the most probable down
 * and those that close a cycle are left out. Linear: a mechanism that saturates is followed by its mean slope.
 * docs/method.md#7-differential-expression-beside-the-network
 *
 * @param parents [d] causes of each gene, of `acyclicParents`
 * @param probability [d*d] P(i → j), row = cause
 * @param effect [d*d] control sd of the effect per control sd of the cause
 * @param observed [d] observed shift of each gene, in control sd
 * @param targets genes whose shift is given
 * @returns [d] predicted shift; of a target the observed one
 */
export function propagateTargets(
  parents: readonly (readonly number[])[],
  probability: Float64Array,
  effect: Float64Array,
  observed: ArrayLike<number>,
  targets: readonly number[],
): Float64Array {
  const d = observed.length
  const shift = new Float64Array(d)
  const settled = new Uint8Array(d)
  for (const target of targets) {
    shift[target] = observed[target]!
    settled[target] = 1
  }
  const settle = (gene: number): number => {
    if (settled[gene] === 1) return shift[gene]!
    settled[gene] = 1
    let sum = 0
    for (const parent of parents[gene]!)
      sum += probability[parent * d + gene]! * effect[parent * d + gene]! * settle(parent)
    shift[gene] = sum
    return sum
  }
  for (let gene = 0; gene < d; gene++) settle(gene)
  return shift
}

/** [d] likely causes of each gene, without cycles. @param probability [d*d] */
export function acyclicParents(probability: Float64Array, d: number): number[][] {
  const edges: number[] = []
  for (let cell = 0; cell < d * d; cell++)
    if (probability[cell]! >= LEAST_PROBABILITY && Math.floor(cell / d) !== cell % d) edges.push(cell)
  edges.sort((a, b) => probability[b]! - probability[a]! || a - b)
  const parents: number[][] = Array.from({ length: d }, () => [])
  const seen = new Int32Array(d).fill(-1)
  const stack: number[] = []
  /** whether `from` is an ancestor of `gene`, looking upwards */
  const isAncestor = (from: number, gene: number, mark: number): boolean => {
    stack.length = 0
    stack.push(gene)
    while (stack.length > 0) {
      const current = stack.pop()!
      if (current === from) return true
      if (seen[current] === mark) continue
      seen[current] = mark
      for (const parent of parents[current]!) stack.push(parent)
    }
    return false
  }
  edges.forEach((cell, mark) => {
    const cause = Math.floor(cell / d)
    const gene = cell % d
    if (!isAncestor(gene, cause, mark)) parents[gene]!.push(cause)
  })
  return parents
}
