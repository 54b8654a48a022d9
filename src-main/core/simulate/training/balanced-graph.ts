import type { Rng } from '../../random/rng'
import { randomGraph, type Graph } from '../random-graph'
import { between, chance, logBetween } from './draws'

/** A directed acyclic graph as flat arrays. */
export interface FlatGraph {
  /** D, latent genes included */
  readonly genes: number
  /** [D, D] 1 = row causes column */
  readonly adjacency: Uint8Array
  /** [D] causes before effects */
  readonly order: Int32Array
  /** [D + 1] the parents of gene j are source[start[j]] .. source[start[j + 1] − 1] */
  readonly start: Int32Array
  readonly source: Int32Array
}

/**
 * Draws a graph from a distribution that gives a graph and its reversal the same probability: whatever is
 * drawn is turned round by a fair coin. So neither hubs nor degrees say in which direction edges point.
 *
 * Before the coin: Erdős–Rényi with at most c edges in and out of a gene, scale-free with hubs as causes, or
 * few regulators of many genes; the latter two with at most c causes of a gene. c is uniform in 3..6 and the
 * number of edges per gene log-uniform in 0.4 .. 2.8.
 */
export function balancedGraph(genes: number, rng: Rng): FlatGraph {
  const cap = 3 + rng.int(4)
  const edgesPerGene = logBetween(rng, 0.4, 2.8)
  const kind = rng.next()
  const adjacency = new Uint8Array(genes * genes)
  let order: Int32Array
  if (kind < 0.75) {
    const scaleFree = kind >= 0.45
    const drawn = randomGraph(
      genes,
      {
        kind: scaleFree ? 'scale-free' : 'erdos-renyi',
        meanDegree: scaleFree ? 2 * Math.ceil(edgesPerGene) : Math.min(genes - 1, 2 * edgesPerGene),
        hubs: 'causes',
      },
      rng,
    )
    order = drawn.order
    markParents(drawn, adjacency)
    if (scaleFree) thin(adjacency, edgesPerGene / Math.ceil(edgesPerGene), rng)
    capDegrees(adjacency, genes, cap, scaleFree ? genes : cap, rng)
  } else {
    order = shuffled(genes, rng)
    drawRegulators(adjacency, order, edgesPerGene, cap, rng)
  }
  if (chance(rng, 0.5)) {
    transpose(adjacency, genes)
    order.reverse()
  }
  return flatten(adjacency, order)
}

/** The flat form of a graph that is given by lists of parents. */
export function fromParents(graph: Graph): FlatGraph {
  const adjacency = new Uint8Array(graph.genes ** 2)
  markParents(graph, adjacency)
  return flatten(adjacency, graph.order)
}

function markParents({ genes, parents }: Graph, adjacency: Uint8Array): void {
  for (let j = 0; j < genes; j++) for (const i of parents[j]!) adjacency[i * genes + j] = 1
}

export function flatten(adjacency: Uint8Array, order: Int32Array): FlatGraph {
  const genes = order.length
  const start = new Int32Array(genes + 1)
  for (let j = 0; j < genes; j++) {
    let count = 0
    for (let i = 0; i < genes; i++) count += adjacency[i * genes + j]!
    start[j + 1] = start[j]! + count
  }
  const source = new Int32Array(start[genes]!)
  for (let j = 0, at = 0; j < genes; j++)
    for (let i = 0; i < genes; i++) if (adjacency[i * genes + j]) source[at++] = i
  return { genes, adjacency, order, start, source }
}

/** The first genes of the order regulate all others and, sparsely, each other. */
function drawRegulators(
  adjacency: Uint8Array,
  order: Int32Array,
  edgesPerGene: number,
  cap: number,
  rng: Rng,
): void {
  const genes = order.length
  const regulators = Math.max(1, Math.round(between(rng, 0.1, 0.4) * genes))
  for (let position = 1; position < genes; position++) {
    const available = Math.min(position, regulators)
    const wanted = (position < regulators ? 0.5 : 1) * edgesPerGene
    const count = Math.min(cap, available, Math.floor(wanted + rng.next()))
    for (let drawn = 0; drawn < count; drawn++)
      adjacency[order[rng.int(available)]! * genes + order[position]!] = 1
  }
}

function thin(adjacency: Uint8Array, kept: number, rng: Rng): void {
  for (let cell = 0; cell < adjacency.length; cell++)
    if (adjacency[cell] && rng.next() >= kept) adjacency[cell] = 0
}

/** Keeps edges, visited in random order, while both ends have room. */
function capDegrees(
  adjacency: Uint8Array,
  genes: number,
  mostCauses: number,
  mostEffects: number,
  rng: Rng,
): void {
  const edges = new Int32Array(adjacency.reduce((sum, edge) => sum + edge, 0))
  for (let cell = 0, at = 0; cell < adjacency.length; cell++) if (adjacency[cell]) edges[at++] = cell
  rng.shuffle(edges)
  const causes = new Int32Array(genes)
  const effects = new Int32Array(genes)
  for (const cell of edges) {
    const i = Math.floor(cell / genes)
    const j = cell % genes
    if (causes[j]! < mostCauses && effects[i]! < mostEffects) {
      causes[j]!++
      effects[i]!++
    } else adjacency[cell] = 0
  }
}

function transpose(adjacency: Uint8Array, genes: number): void {
  for (let i = 0; i < genes; i++)
    for (let j = i + 1; j < genes; j++) {
      const kept = adjacency[i * genes + j]!
      adjacency[i * genes + j] = adjacency[j * genes + i]!
      adjacency[j * genes + i] = kept
    }
}

export function shuffled(count: number, rng: Rng): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index)
  rng.shuffle(order)
  return order
}
