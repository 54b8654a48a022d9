/** One step of the tree: two earlier nodes joined. Leaves are 0 … n − 1, the node of step s is n + s. */
export interface Merge {
  readonly left: number
  readonly right: number
  /** average distance between the leaves of both sides */
  readonly height: number
}

export interface Clustering {
  /** [n − 1] by rising height */
  readonly merges: readonly Merge[]
  /** [n] leaves in the order in which the tree is drawn */
  readonly order: readonly number[]
}

/**
 * Average linkage (UPGMA; Sokal and Michener 1958) of rows under the Euclidean distance, with the distance of a merged
 * node by Lance and Williams' formula. Sides are turned so that the nearest ends touch (Gruvaeus and Wainer, Brit. J.
 * Math. Stat. Psychol. 25, 1972); ties keep the given order, so equal input gives an equal tree. O(n³), n² of memory.
 *
 * @param rows n rows of equal length; what is not a number counts as 0
 */
export function clusterRows(rows: readonly ArrayLike<number>[]): Clustering {
  const n = rows.length
  const between = distances(rows)
  const near = between.slice()
  const size = new Int32Array(n).fill(1)
  const node = Int32Array.from({ length: n }, (_, i) => i)
  const alive = Array.from({ length: n }, (_, i) => i)
  const leaves = Array.from({ length: n }, (_, i) => [i])
  const merges: Merge[] = []
  while (alive.length > 1) {
    let [best, a, b] = [Infinity, alive[0]!, alive[1]!]
    for (let x = 0; x < alive.length; x++)
      for (let y = x + 1; y < alive.length; y++) {
        const distance = near[alive[x]! * n + alive[y]!]!
        if (distance < best) [best, a, b] = [distance, alive[x]!, alive[y]!]
      }
    for (const other of alive) {
      if (other === a || other === b) continue
      const mean = (size[a]! * near[a * n + other]! + size[b]! * near[b * n + other]!) / (size[a]! + size[b]!)
      near[a * n + other] = near[other * n + a] = mean
    }
    merges.push({ left: node[a]!, right: node[b]!, height: best })
    leaves[a] = turned(leaves[a]!, leaves[b]!, between, n)
    size[a]! += size[b]!
    node[a] = n + merges.length - 1
    alive.splice(alive.indexOf(b), 1)
  }
  return { merges, order: n > 0 ? leaves[alive[0]!]! : [] }
}

/** Both sides, each as it is or turned round, whichever way puts the nearest leaves next to each other. */
function turned(a: readonly number[], b: readonly number[], between: Float64Array, n: number): number[] {
  const back = (list: readonly number[]): number[] => [...list].reverse()
  const gap = (left: readonly number[], right: readonly number[]): number =>
    between[left[left.length - 1]! * n + right[0]!]!
  const ways: [readonly number[], readonly number[]][] = [
    [a, b],
    [a, back(b)],
    [back(a), b],
    [back(a), back(b)],
  ]
  return ways.reduce((best, way) => (gap(...way) < gap(...best) - 1e-12 ? way : best)).flat()
}

/** [n, n] Euclidean */
function distances(rows: readonly ArrayLike<number>[]): Float64Array {
  const n = rows.length
  const out = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      let sum = 0
      for (let c = 0; c < rows[i]!.length; c++) {
        const difference = (rows[i]![c]! || 0) - (rows[j]![c]! || 0)
        sum += difference * difference
      }
      out[i * n + j] = out[j * n + i] = Math.sqrt(sum)
    }
  return out
}

/** A join as three lines: the two sides at their heights, and the bar between them. */
export interface TreeBar {
  readonly from: number
  readonly to: number
  readonly height: number
  readonly fromHeight: number
  readonly toHeight: number
}

/** Where the joins of a tree lie: positions along the leaves (leaf i of the order at i + ½), heights as shares of the highest. */
export function treeBars({ merges, order }: Clustering): TreeBar[] {
  const n = order.length
  const place = new Float64Array(n + merges.length)
  const height = new Float64Array(n + merges.length)
  order.forEach((leaf, position) => (place[leaf] = position + 0.5))
  const top = Math.max(1e-12, merges.at(-1)?.height ?? 0)
  return merges.map(({ left, right, height: own }, step) => {
    const bar = {
      from: place[left]!,
      to: place[right]!,
      height: own / top,
      fromHeight: height[left]!,
      toHeight: height[right]!,
    }
    place[n + step] = (bar.from + bar.to) / 2
    height[n + step] = bar.height
    return bar
  })
}
