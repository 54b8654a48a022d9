import type { Cells, TreeEnsemble } from './combiner'

/** All trees of an ensemble end to end, so that a cell walks through flat arrays only. */
interface PackedTrees {
  readonly roots: Int32Array
  readonly feature: Int32Array
  readonly threshold: Float64Array
  readonly left: Int32Array
  readonly right: Int32Array
  readonly value: Float64Array
}

/**
 * Log-odds of every cell: base + Σ over trees of the value of the leaf that the cell falls into.
 *
 * @returns [rows]
 * @throws RangeError when the ensemble was fitted on other features than the cells have
 */
export function evaluateTrees(ensemble: TreeEnsemble, { features, names }: Cells): Float64Array {
  const width = names.length
  if (ensemble.features.length !== width || ensemble.features.some((name, i) => name !== names[i]))
    throw new RangeError(
      `The combiner was fitted on other cell features: ${difference(ensemble.features, names)}.`,
    )
  const { roots, feature, threshold, left, right, value } = pack(ensemble)
  const rows = features.length / width
  const out = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    const from = row * width
    let sum = ensemble.base
    for (let tree = 0; tree < roots.length; tree++) {
      let node = roots[tree]!
      let by = feature[node]!
      while (by >= 0) {
        node = features[from + by]! <= threshold[node]! ? left[node]! : right[node]!
        by = feature[node]!
      }
      sum += value[node]!
    }
    out[row] = sum
  }
  return out
}

function pack({ trees }: TreeEnsemble): PackedTrees {
  const nodes = trees.reduce((sum, tree) => sum + tree.feature.length, 0)
  const packed: PackedTrees = {
    roots: new Int32Array(trees.length),
    feature: new Int32Array(nodes),
    threshold: new Float64Array(nodes),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    value: new Float64Array(nodes),
  }
  let root = 0
  trees.forEach((tree, t) => {
    packed.roots[t] = root
    packed.feature.set(tree.feature, root)
    packed.threshold.set(tree.threshold, root)
    packed.value.set(tree.value, root)
    for (let node = 0; node < tree.feature.length; node++) {
      packed.left[root + node] = root + tree.left[node]!
      packed.right[root + node] = root + tree.right[node]!
    }
    root += tree.feature.length
  })
  return packed
}

function difference(fitted: readonly string[], given: readonly string[]): string {
  const at = given.findIndex((name, i) => fitted[i] !== name)
  if (at < 0) return `${fitted.length} instead of ${given.length}`
  return `'${fitted[at] ?? 'none'}' where this program has '${given[at]!}'`
}
