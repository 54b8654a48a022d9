import type { KineticsModel } from '../../../src-shared/domain/simulation'
import type { Rng } from '../random/rng'
import { uniform } from './perturbations'
import type { Graph } from './random-graph'

/** Share of the molecules of a gene that decays per unit of time. */
const DECAY = 0.8
/** Production of a regulated gene when all its activators are silent. */
const BASAL = 0.3
const ACTIVATOR_SHARE = 0.6

/**
 * A gene-regulation network with Hill kinetics (coefficient 2), edges packed by regulated gene:
 *
 *     dx_j/dt = m_j · (constant_j + Σ_e weight_e · H_source(e)) − decay · x_j
 *     H_i = x_i² / (x_i² + half_i²)
 *
 * A repressor of strength k contributes k(1 − H): k to the constant and −k to the weight. m_j is the factor
 * of an intervention on the production, 1 in control.
 *
 * Source of the model: Dibaeinia and Sinha, "SERGIO: a single-cell expression simulator guided by gene
 * regulatory networks", Cell Systems 11 (2020) 252–271.
 */
export interface KineticNetwork {
  readonly genes: number
  readonly cellTypes: number
  readonly decay: number
  /** [d] causes before effects */
  readonly order: Int32Array
  /** [d + 1] edges of gene j are start[j] .. start[j + 1] − 1 */
  readonly start: Int32Array
  readonly source: Int32Array
  readonly weight: Float64Array
  /** [cellTypes, d] production that does not depend on other genes */
  readonly constant: Float64Array
  /** [d] square of the half response of the gene as a regulator */
  readonly halfSquared: Float64Array
  /** [d] 1 = no regulators: extrinsic noise and the cell type act here */
  readonly isMaster: Uint8Array
}

export function drawKineticNetwork(graph: Graph, spec: KineticsModel, rng: Rng): KineticNetwork {
  const d = graph.genes
  const start = new Int32Array(d + 1)
  for (let gene = 0; gene < d; gene++) start[gene + 1] = start[gene]! + graph.parents[gene]!.length
  const source = new Int32Array(start[d]!)
  const weight = new Float64Array(start[d]!)
  const constant = new Float64Array(spec.cellTypes * d)
  const isMaster = new Uint8Array(d)
  for (let gene = 0; gene < d; gene++) {
    const parents = graph.parents[gene]!
    let repressed = 0
    parents.forEach((parent, index) => {
      const strength = uniform([1.5, 5], rng)
      const activates = rng.next() < ACTIVATOR_SHARE
      source[start[gene]! + index] = parent
      weight[start[gene]! + index] = activates ? strength : -strength
      if (!activates) repressed += strength
    })
    isMaster[gene] = parents.length === 0 ? 1 : 0
    for (let type = 0; type < spec.cellTypes; type++)
      constant[type * d + gene] = isMaster[gene] ? uniform([1, 4], rng) : BASAL + repressed
  }
  const network = {
    genes: d,
    cellTypes: spec.cellTypes,
    decay: DECAY,
    order: graph.order,
    start,
    source,
    weight,
    constant,
    halfSquared: new Float64Array(d),
    isMaster,
  }
  setHalfResponses(network)
  return network
}

/** Half responses at the mean level over cell types, so that every regulator works in its sensitive range. */
function setHalfResponses(network: KineticNetwork): void {
  const { genes, cellTypes, halfSquared } = network
  const level = new Float64Array(cellTypes * genes)
  for (const gene of network.order) {
    let sum = 0
    for (let type = 0; type < cellTypes; type++) {
      const value = noiseFreeLevel(
        network,
        level,
        type * genes,
        gene,
        network.constant[type * genes + gene]!,
        1,
      )
      level[type * genes + gene] = value
      sum += value
    }
    halfSquared[gene] = (sum / cellTypes) ** 2
  }
}

/**
 * Level at which production equals decay when all causes stay at their levels in `x[row ..]`.
 *
 * @param constant production that does not depend on other genes
 * @param factor of an intervention on the production
 */
export function noiseFreeLevel(
  network: KineticNetwork,
  x: Float64Array,
  row: number,
  gene: number,
  constant: number,
  factor: number,
): number {
  let production = constant
  for (let e = network.start[gene]!; e < network.start[gene + 1]!; e++) {
    const cause = network.source[e]!
    const square = x[row + cause]! ** 2
    production += (network.weight[e]! * square) / (square + network.halfSquared[cause]!)
  }
  return (factor * production) / network.decay
}
