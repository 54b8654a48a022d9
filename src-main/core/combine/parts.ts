import type { ClosedFormAnswer, NetworkAnswer } from './combiner'
import { bounded, LARGEST_EDGE, LARGEST_TARGET, probability } from './log-odds'

/** Log-odds of both parts of one kind of cell, and what all features of the cells need of them, [rows, d] each. */
export interface BothParts {
  readonly closed: Float64Array
  readonly network: Float64Array
  readonly mean: Float64Array
  readonly closedProbability: Float64Array
  readonly networkProbability: Float64Array
  readonly meanProbability: Float64Array
}

export function targetParts(network: NetworkAnswer, closed: ClosedFormAnswer): BothParts {
  return bothParts(closed.target, network.target, LARGEST_TARGET, 0)
}

/** The diagonal is no edge: probability 0, log-odds at the lower bound. */
export function edgeParts(network: NetworkAnswer, closed: ClosedFormAnswer, d: number): BothParts {
  return bothParts(closed.edge, network.edge, LARGEST_EDGE, d)
}

function bothParts(closed: Float64Array, network: Float32Array, most: number, d: number): BothParts {
  const n = closed.length
  const parts: BothParts = {
    closed: new Float64Array(n),
    network: new Float64Array(n),
    mean: new Float64Array(n),
    closedProbability: new Float64Array(n),
    networkProbability: new Float64Array(n),
    meanProbability: new Float64Array(n),
  }
  for (let i = 0; i < n; i++) {
    const diagonal = d > 0 && i % (d + 1) === 0
    const a = diagonal ? -most : bounded(closed[i]!, most)
    const b = diagonal ? -most : network[i]!
    parts.closed[i] = a
    parts.network[i] = b
    parts.mean[i] = (a + b) / 2
    if (diagonal) continue
    parts.closedProbability[i] = probability(a)
    parts.networkProbability[i] = probability(b)
    parts.meanProbability[i] = probability((a + b) / 2)
  }
  return parts
}
