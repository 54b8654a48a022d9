import { KINETIC_INTERVENTIONS, SimulationSpec } from '../../../../src-shared/domain/simulation'
import type { Rng } from '../../random/rng'
import { drawKineticNetwork } from '../kinetics'
import { sampleKinetics } from '../langevin'
import type { FlatGraph } from './balanced-graph'
import type { CellVariation, Rows } from './cells'
import { ACTION, type Design } from './design'
import { between, logBetween } from './draws'

/**
 * Samples the chemical Langevin network of the benchmark simulator (`kinetics.ts`, `langevin.ts`) under a
 * training design. Far slower than the families of training, from which it is kept apart.
 *
 * @returns [D, N] rates
 */
export function sampleLangevin(
  graph: FlatGraph,
  design: Design,
  rows: Rows,
  { types, typeOf }: CellVariation,
  rng: Rng,
): Float64Array {
  const D = graph.genes
  const N = rows.count
  const parents = Array.from({ length: D }, (_, j) => graph.source.slice(graph.start[j], graph.start[j + 1]))
  const spec = SimulationSpec.parse({
    genes: D,
    model: {
      kind: 'kinetics',
      cellTypes: types,
      interventions: [...KINETIC_INTERVENTIONS],
      intrinsicNoise: logBetween(rng, 0.1, 1),
      extrinsicNoise: between(rng, 0.1, 0.5),
    },
  })
  if (spec.model.kind !== 'kinetics') throw new Error('the specification above is of kinetics')
  const network = drawKineticNetwork({ genes: D, parents, order: graph.order }, spec.model, rng)
  const byRow = new Float64Array(N * D)
  const cellTypeOf = Int32Array.from(typeOf)
  const factor = new Float64Array(D).fill(1)
  sampleKinetics(network, spec.model, factor, cellTypeOf, byRow, 0, rows.reference, rng)
  for (let k = 0; k < design.sizes.length; k++) {
    for (let j = 0; j < D; j++) factor[j] = factorOf(design, k * D + j)
    sampleKinetics(network, spec.model, factor, cellTypeOf, byRow, rows.first[k]!, rows.first[k + 1]!, rng)
  }
  const x = new Float64Array(D * N)
  for (let s = 0; s < N; s++) for (let j = 0; j < D; j++) x[j * N + s] = byRow[s * D + j]!
  return x
}

/** Factor on the production: all that an action can be in this model. */
function factorOf({ actionKind, actionSize, actionSign, actionExtra }: Design, at: number): number {
  const size = actionSize[at]!
  switch (actionKind[at]) {
    case ACTION.none:
      return 1
    case ACTION.knockOut:
      return actionExtra[at]! < 0.6 ? 0 : 0.02
    case ACTION.knockDown:
      return Math.exp(-size)
    case ACTION.overExpression:
      return Math.exp(0.5 * size)
    default:
      return actionSign[at]! > 0 ? Math.exp(0.5 * size) : Math.exp(-size)
  }
}
