import type { RandomGraphSpec } from '../../../src-shared/domain/simulation'
import type { Rng } from '../random/rng'

/** A directed acyclic graph over genes 0 .. d − 1. */
export interface Graph {
  readonly genes: number
  /** [d] sorted parents of each gene */
  readonly parents: readonly Int32Array[]
  /** [d] an order in which causes come before their effects */
  readonly order: Int32Array
}

/**
 * Draws a random acyclic graph whose labels say nothing about its order.
 *
 * Erdős–Rényi: every pair is joined with probability meanDegree / (d − 1). Scale-free: Barabási–Albert
 * attachment, each new gene joining round(meanDegree / 2) earlier ones with probability proportional to
 * their degree + 1. With `hubs: 'effects'` all edges of the latter are turned round, which keeps it acyclic.
 */
export function randomGraph(genes: number, spec: RandomGraphSpec, rng: Rng): Graph {
  const order = Int32Array.from({ length: genes }, (_, gene) => gene)
  rng.shuffle(order)
  const earlier =
    spec.kind === 'erdos-renyi'
      ? randomPairs(genes, spec.meanDegree, rng)
      : attachment(genes, spec.meanDegree, rng)
  const reverse = spec.hubs === 'effects' || (spec.hubs === 'either' && rng.int(2) === 1)
  const turned = spec.kind === 'scale-free' && reverse
  if (turned) order.reverse()

  const parents: number[][] = Array.from({ length: genes }, () => [])
  earlier.forEach((positions, position) => {
    for (const other of positions) {
      if (turned) parents[order[genes - 1 - other]!]!.push(order[genes - 1 - position]!)
      else parents[order[position]!]!.push(order[other]!)
    }
  })
  return { genes, parents: parents.map((list) => Int32Array.from(list).sort()), order }
}

/** For each position the earlier positions it is joined to. */
type Attachments = readonly (readonly number[])[]

function randomPairs(genes: number, meanDegree: number, rng: Rng): Attachments {
  const probability = meanDegree / (genes - 1)
  return Array.from({ length: genes }, (_, position) =>
    Array.from({ length: position }, (_, other) => other).filter(() => rng.next() < probability),
  )
}

function attachment(genes: number, meanDegree: number, rng: Rng): Attachments {
  const links = Math.round(meanDegree / 2)
  const weight = new Float64Array(genes).fill(1)
  return Array.from({ length: genes }, (_, position) => {
    const free = weight.slice(0, position)
    const chosen: number[] = []
    while (chosen.length < Math.min(links, position)) {
      const other = drawIndex(free, rng)
      free[other] = 0
      weight[other]! += 1
      chosen.push(other)
    }
    return chosen
  })
}

/** An index with probability proportional to its weight. */
export function drawIndex(weights: ArrayLike<number>, rng: Rng): number {
  let total = 0
  for (let i = 0; i < weights.length; i++) total += weights[i]!
  let left = rng.next() * total
  let last = 0
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue
    last = i
    left -= weights[i]!
    if (left < 0) return i
  }
  return last
}
