import type { Rng } from '../../random/rng'
import { randomGraph } from '../random-graph'
import { fromParents } from './balanced-graph'
import { plainCells, layRows } from './cells'
import { collectValues, environmentOffsets } from './collect'
import { emptyDesign } from './design'
import { between } from './draws'
import { TRAINING_FAMILIES } from './families'
import { sampleAdditive } from './sample-additive'
import type { StudyShape, TrainingStudy } from './training-study'

const CONTROL_SAMPLES = 400
const EXPERIMENT_SAMPLES = 5

/**
 * Draws a study that says nothing about directions but what conditional independence does: linear-Gaussian
 * mechanisms, no measurement error, and experiments in which nothing happens. Whatever orientation a model
 * gives to an edge that is reversible in the equivalence class of the graph comes from its prior: how often
 * it is the true one on scale-free graphs with hubs as causes and with hubs as effects shows whether the
 * model has learned the habits of a generator.
 */
export function drawAuditStudy(
  family: number,
  { genes: d, experiments: K }: StudyShape,
  rng: Rng,
): TrainingStudy {
  const { name } = TRAINING_FAMILIES[family]!
  const edgesPerGene = between(rng, 0.6, 2.2)
  const scaleFree = name !== 'audit-er'
  const graph = fromParents(
    randomGraph(
      d,
      {
        kind: scaleFree ? 'scale-free' : 'erdos-renyi',
        meanDegree: Math.min(d - 1, scaleFree ? 2 * Math.max(1, Math.round(edgesPerGene)) : 2 * edgesPerGene),
        hubs: name === 'audit-sf-effects' ? 'effects' : 'causes',
      },
      rng,
    ),
  )
  const design = emptyDesign(CONTROL_SAMPLES, new Int32Array(K).fill(EXPERIMENT_SAMPLES), d)
  const rows = layRows(design)
  const x = sampleAdditive(name, graph, design, rows, plainCells(rows), rng)
  const measured = Int32Array.from({ length: d }, (_, gene) => gene)
  return {
    genes: d,
    experiments: K,
    values: collectValues(x, rows, measured, false, rng),
    starts: environmentOffsets(rows),
    edges: graph.adjacency,
    targets: new Uint8Array(K * d),
    family,
  }
}
