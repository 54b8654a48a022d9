import type { ClosedFormAnswer, Combiner, NetworkAnswer, TreeEnsemble } from '../../../src-main/core/combine'
import { EDGE_CELL_FEATURES, TARGET_CELL_FEATURES } from '../../../src-main/core/combine'
import { summariseStudy, type StudySummary } from '../../../src-main/core/features/summary'
import { createRng, type Rng } from '../../../src-main/core/random/rng'

/** A study with two made-up answers about it. */
export interface Example {
  readonly values: Float64Array
  readonly starts: Int32Array
  readonly d: number
  readonly K: number
  readonly summary: StudySummary
  readonly network: NetworkAnswer
  readonly closed: ClosedFormAnswer
}

export function makeExample(d: number, K: number, seed: number, control = 40, samples = 5): Example {
  const rng = createRng(seed)
  const n = control + K * samples
  const values = new Float64Array(n * d)
  for (let t = 0; t < n; t++)
    for (let j = 0; j < d; j++) {
      const cause = j > 0 ? Math.tanh(values[t * d + j - 1]!) : 0
      const hit = t >= control && Math.floor((t - control) / samples) % d === j
      values[t * d + j] = cause + 0.7 * rng.normal() + (hit ? 2 : 0)
    }
  const starts = Int32Array.from({ length: K + 2 }, (_, e) => (e === 0 ? 0 : control + (e - 1) * samples))
  return {
    values,
    starts,
    d,
    K,
    summary: summariseStudy(values, d, starts),
    network: {
      edge: Float32Array.from({ length: d * d }, () => -2 + 3 * rng.normal()),
      ancestor: Float32Array.from({ length: d * d }, () => -1 + 3 * rng.normal()),
      target: Float32Array.from({ length: K * d }, () => -2 + 3 * rng.normal()),
    },
    closed: {
      edge: Float64Array.from({ length: d * d }, () => -2 + 6 * rng.normal()),
      target: Float64Array.from({ length: K * d }, () => -3 + 12 * rng.normal()),
    },
  }
}

/** The same study with its genes in another order: new gene j is old gene order[j]. */
export function reorderGenes(example: Example, order: readonly number[]): Example {
  const { d, starts } = example
  const columns = <T extends Float64Array | Float32Array>(x: T): T => {
    const out = x.slice() as T
    for (let at = 0; at < x.length; at++) out[at] = x[at - (at % d) + order[at % d]!]!
    return out
  }
  const both = <T extends Float64Array | Float32Array>(x: T): T => {
    const out = x.slice() as T
    for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) out[i * d + j] = x[order[i]! * d + order[j]!]!
    return out
  }
  const values = columns(example.values)
  return {
    ...example,
    values,
    summary: summariseStudy(values, d, starts),
    network: {
      edge: both(example.network.edge),
      ancestor: both(example.network.ancestor),
      target: columns(example.network.target),
    },
    closed: { edge: both(example.closed.edge), target: columns(example.closed.target) },
  }
}

/** Shallow trees over all features of the cells. */
export function randomCombiner(seed: number, blend = 0.5): Combiner {
  const rng = createRng(seed)
  return {
    version: 1,
    targets: randomTrees(TARGET_CELL_FEATURES, rng),
    edges: randomTrees(EDGE_CELL_FEATURES, rng),
    temperature: { targets: 0.8, edges: 0.7 },
    blend: { targets: blend, edges: blend },
    ranges: {},
  }
}

function randomTrees(features: readonly string[], rng: Rng): TreeEnsemble {
  return {
    features,
    base: -1,
    trees: features.map((_, feature) => ({
      feature: [feature, -1, (feature + 1) % features.length, -1, -1],
      threshold: [rng.normal(), 0, rng.normal(), 0, 0],
      left: [1, -1, 3, -1, -1],
      right: [2, -1, 4, -1, -1],
      value: [0, rng.normal() / 4, 0, rng.normal() / 4, rng.normal() / 4],
    })),
  }
}

/** Trees without a split: a constant log-odds. */
export function constantTrees(features: readonly string[], base: number): TreeEnsemble {
  return { features, base, trees: [] }
}
