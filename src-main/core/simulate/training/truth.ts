import type { FlatGraph } from './balanced-graph'

/**
 * The direct causes among the measured genes: i → j, or i → … → j through latent genes only.
 *
 * @param measured [d] indices of the measured genes
 * @returns [d, d]
 */
export function measuredEdges(graph: FlatGraph, measured: Int32Array): Uint8Array {
  const D = graph.genes
  const d = measured.length
  const adjacency = graph.adjacency.slice()
  const isMeasured = new Uint8Array(D)
  for (const gene of measured) isMeasured[gene] = 1
  // Taking latent genes out one at a time joins their causes to their effects.
  for (let latent = 0; latent < D; latent++) {
    if (isMeasured[latent]) continue
    for (let i = 0; i < D; i++)
      if (adjacency[i * D + latent])
        for (let j = 0; j < D; j++) if (adjacency[latent * D + j]) adjacency[i * D + j] = 1
  }
  const edges = new Uint8Array(d * d)
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++) edges[i * d + j] = adjacency[measured[i]! * D + measured[j]!]!
  return edges
}

/** Transitive closure (Warshall). @param edges [d, d] @returns [d, d] 1 = row is an ancestor of column */
export function ancestors(edges: Uint8Array, d: number): Uint8Array {
  const reach = edges.slice()
  for (let via = 0; via < d; via++)
    for (let i = 0; i < d; i++)
      if (reach[i * d + via]) for (let j = 0; j < d; j++) if (reach[via * d + j]) reach[i * d + j] = 1
  return reach
}
