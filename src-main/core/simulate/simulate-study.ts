import { environmentStarts } from '../../../src-shared/domain/dataset'
import type { SimulationSpec } from '../../../src-shared/domain/simulation'
import { createRng } from '../random/rng'
import { drawStructuralModel, sampleStructuralModel } from './additive-noise'
import { drawKineticNetwork } from './kinetics'
import { sampleKinetics } from './langevin'
import { measure } from './measurement'
import { drawPerturbations } from './perturbations'
import { randomGraph, type Graph } from './random-graph'
import type { Perturbation, SimulatedStudy, ValueScale } from './study'

/**
 * One stream per part of a study: a study with more samples or another measurement keeps its network,
 * mechanisms and targets.
 */
const STREAM = { graph: 0, mechanisms: 1, perturbations: 2, cells: 3, samples: 4, measurement: 5 } as const

/** Draws the study that a specification and a seed determine. */
export function simulateStudy(spec: SimulationSpec, seed: number): SimulatedStudy {
  const graph = randomGraph(spec.genes, spec.graph, createRng(seed, STREAM.graph))
  const perturbations = drawPerturbations(spec, createRng(seed, STREAM.perturbations))
  const environmentOf = assignEnvironments(spec)
  const cellTypeOf = new Int32Array(environmentOf.length)
  const values = new Float64Array(environmentOf.length * spec.genes)
  const study = {
    spec,
    seed,
    genes: numbered('G', spec.genes),
    environments: ['control', ...numbered('env', spec.environments)],
    environmentOf,
    cellTypeOf,
    values,
    edges: listEdges(graph),
    perturbations,
  }
  const scale =
    spec.model.kind === 'kinetics'
      ? fillWithKinetics(study, graph, spec.model)
      : fillWithModel(study, graph, spec.model)
  return { ...study, scale }
}

type Draft = Omit<SimulatedStudy, 'scale'>
type ModelOf<K> = Extract<SimulationSpec['model'], { kind: K }>

function fillWithModel(study: Draft, graph: Graph, spec: ModelOf<'additive-noise'>): ValueScale {
  const model = drawStructuralModel(graph, spec, createRng(study.seed, STREAM.mechanisms))
  const rng = createRng(study.seed, STREAM.samples)
  forEachEnvironment(study, (perturbations, from, to) =>
    sampleStructuralModel(model, perturbations, study.values, from, to, rng),
  )
  return 'centred'
}

function fillWithKinetics(study: Draft, graph: Graph, spec: ModelOf<'kinetics'>): ValueScale {
  const network = drawKineticNetwork(graph, spec, createRng(study.seed, STREAM.mechanisms))
  const cells = createRng(study.seed, STREAM.cells)
  for (let s = 0; s < study.cellTypeOf.length; s++) study.cellTypeOf[s] = cells.int(spec.cellTypes)
  const rng = createRng(study.seed, STREAM.samples)
  const factor = new Float64Array(graph.genes)
  forEachEnvironment(study, (perturbations, from, to) => {
    factor.fill(1)
    for (const { gene, level } of perturbations) factor[gene] = level
    sampleKinetics(network, spec, factor, study.cellTypeOf, study.values, from, to, rng)
  })
  measure(study.values, graph.genes, spec.measurement, createRng(study.seed, STREAM.measurement))
  return spec.measurement.kind
}

function forEachEnvironment(
  study: Draft,
  visit: (perturbations: readonly Perturbation[], from: number, to: number) => void,
): void {
  const starts = environmentStarts(study.environmentOf, study.environments.length)
  for (let k = 0; k < study.environments.length; k++) {
    const acting = study.perturbations.filter((perturbation) => perturbation.environment === k)
    visit(acting, starts[k]!, starts[k + 1]!)
  }
}

function assignEnvironments(spec: SimulationSpec): Int32Array {
  const environmentOf = new Int32Array(spec.controlSamples + spec.environments * spec.samplesPerEnvironment)
  for (let s = spec.controlSamples; s < environmentOf.length; s++)
    environmentOf[s] = 1 + Math.floor((s - spec.controlSamples) / spec.samplesPerEnvironment)
  return environmentOf
}

function listEdges(graph: Graph): [number, number][] {
  return graph.parents
    .flatMap((parents, effect) => Array.from(parents, (cause): [number, number] => [cause, effect]))
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
}

/** G01, G02, … with as many digits as the last needs, two at least. */
function numbered(prefix: string, count: number): string[] {
  const digits = Math.max(2, String(count).length)
  return Array.from({ length: count }, (_, index) => prefix + String(index + 1).padStart(digits, '0'))
}
