import type { Edge } from '../../src-shared/domain/constraints'

export interface WeightedEdge extends Edge {
  readonly probability: number
}

/** Smaller communities are no module of their own. */
const SMALLEST = 3
const MOST_PASSES = 50

/**
 * Communities of genes that are joined more to one another than to the rest: modularity of the network without
 * directions, weighted by probability, climbed by the Louvain method. Genes and edges are visited in their given order,
 * so the same network has the same modules.
 * Source: Blondel, Guillaume, Lambiotte, Lefebvre, Journal of Statistical Mechanics (2008) P10008.
 *
 * @returns the modules of at least three genes, the largest first, genes in their given order
 */
export function findModules(genes: readonly string[], edges: readonly WeightedEdge[]): string[][] {
  const indexOf = new Map(genes.map((gene, index) => [gene, index]))
  let graph: Graph = { size: genes.length, links: links(edges, indexOf) }
  let memberOf = Int32Array.from(genes, (_, index) => index)
  for (;;) {
    const community = climb(graph)
    const numbers = renumber(community)
    memberOf = memberOf.map((node) => numbers.of[community[node]!]!)
    if (numbers.count === graph.size) break
    graph = merge(graph, community, numbers)
  }
  const modules = new Map<number, string[]>()
  memberOf.forEach((module, index) => modules.set(module, [...(modules.get(module) ?? []), genes[index]!]))
  return [...modules.values()]
    .filter((module) => module.length >= SMALLEST)
    .sort((a, b) => b.length - a.length || indexOf.get(a[0]!)! - indexOf.get(b[0]!)!)
}

/** Undirected, weighted; `links[i]` holds both ends of every edge, a loop once with twice its weight. */
interface Graph {
  readonly size: number
  readonly links: readonly ReadonlyMap<number, number>[]
}

function links(edges: readonly WeightedEdge[], indexOf: ReadonlyMap<string, number>): Map<number, number>[] {
  const out = Array.from({ length: indexOf.size }, () => new Map<number, number>())
  for (const { source, target, probability } of edges) {
    const [i, j] = [indexOf.get(source), indexOf.get(target)]
    if (i === undefined || j === undefined || i === j) continue
    out[i]!.set(j, (out[i]!.get(j) ?? 0) + probability)
    out[j]!.set(i, (out[j]!.get(i) ?? 0) + probability)
  }
  return out
}

const sum = (weights: ReadonlyMap<number, number>): number => {
  let total = 0
  for (const weight of weights.values()) total += weight
  return total
}

/** Moves single nodes to the community of a neighbour as long as the modularity grows. @returns [size] */
function climb({ size, links }: Graph): Int32Array {
  const community = Int32Array.from({ length: size }, (_, node) => node)
  const degree = Float64Array.from(links, sum)
  const total = Float64Array.from(degree)
  const twice = degree.reduce((a, b) => a + b, 0)
  if (twice === 0) return community
  let moved = true
  for (let pass = 0; moved && pass < MOST_PASSES; pass++) {
    moved = false
    for (let node = 0; node < size; node++) {
      const own = community[node]!
      const into = new Map<number, number>([[own, 0]])
      for (const [other, weight] of links[node]!) {
        if (other === node) continue
        const there = community[other]!
        into.set(there, (into.get(there) ?? 0) + weight)
      }
      total[own]! -= degree[node]!
      let best = own
      let gain = into.get(own)! - (total[own]! * degree[node]!) / twice
      for (const [there, weight] of into) {
        const here = weight - (total[there]! * degree[node]!) / twice
        if (here > gain + 1e-12) {
          gain = here
          best = there
        }
      }
      total[best]! += degree[node]!
      if (best !== own) {
        community[node] = best
        moved = true
      }
    }
  }
  return community
}

function renumber(community: Int32Array): { of: Int32Array; count: number } {
  const of = new Int32Array(community.length).fill(-1)
  let count = 0
  for (const label of community) if (of[label] === -1) of[label] = count++
  return { of, count }
}

/** One node per community; what lies inside it becomes a loop. */
function merge(
  { links }: Graph,
  community: Int32Array,
  { of, count }: { of: Int32Array; count: number },
): Graph {
  const merged = Array.from({ length: count }, () => new Map<number, number>())
  links.forEach((weights, node) => {
    const from = of[community[node]!]!
    for (const [other, weight] of weights) {
      const to = of[community[other]!]!
      merged[from]!.set(to, (merged[from]!.get(to) ?? 0) + weight)
    }
  })
  return { size: count, links: merged }
}
