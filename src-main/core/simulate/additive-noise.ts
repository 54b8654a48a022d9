import type { AdditiveNoiseModel, NoiseShape } from '../../../src-shared/domain/simulation'
import type { Rng } from '../random/rng'
import { MECHANISMS, type Mechanism } from './mechanisms'
import { uniform } from './perturbations'
import type { Graph } from './random-graph'
import type { Perturbation } from './study'

/** Control samples that fix the scales of the mechanisms; their means and sds are then known to about 2 %. */
const REFERENCE_SAMPLES = 2000

/** Structural equations with every gene scaled to about unit variance in control. */
export interface StructuralModel {
  readonly genes: readonly StructuralGene[]
  readonly graph: Graph
  readonly drawNoise: (rng: Rng) => number
}

interface StructuralGene {
  /** null: no parents */
  readonly mechanism: Mechanism | null
  /** signal = (f − centre) · gain */
  readonly centre: number
  readonly gain: number
  readonly noiseSd: number
  /** multiplies the noise by a function of the parents; null = homoscedastic */
  readonly noiseScale: Mechanism | null
  /** sd of the gene in control, the unit of interventions */
  readonly controlSd: number
}

/** Draws the equations gene by gene in causal order, measuring each on a reference sample of its parents. */
export function drawStructuralModel(graph: Graph, spec: AdditiveNoiseModel, rng: Rng): StructuralModel {
  const d = graph.genes
  const reference = new Float64Array(REFERENCE_SAMPLES * d)
  const signal = new Float64Array(REFERENCE_SAMPLES)
  const drawNoise = noiseSource(spec.noise)
  const genes: StructuralGene[] = new Array<StructuralGene>(d)
  for (const gene of graph.order) {
    const parents = graph.parents[gene]!
    const noiseShare = uniform(spec.noiseShare, rng)
    const mechanism = parents.length > 0 ? MECHANISMS[spec.mechanism](parents, rng) : null
    const noiseScale = spec.heteroscedastic && parents.length > 0 ? drawNoiseScale(parents, rng) : null
    let centre = 0
    let gain = 0
    if (mechanism) {
      for (let s = 0; s < REFERENCE_SAMPLES; s++) signal[s] = mechanism(reference, s * d)
      const moments = meanAndSd(signal)
      centre = moments.mean
      // A mechanism that is flat where its parents are leaves noise alone instead of amplified rounding.
      gain = moments.sd > 1e-9 ? Math.sqrt(1 - noiseShare) / moments.sd : 0
    }
    const draft = {
      mechanism,
      centre,
      gain,
      noiseSd: mechanism ? Math.sqrt(noiseShare) : 1,
      noiseScale,
      controlSd: 1,
    }
    for (let s = 0; s < REFERENCE_SAMPLES; s++) {
      const value = structuralValue(draft, reference, s * d, drawNoise(rng), 1)
      reference[s * d + gene] = value
      signal[s] = value
    }
    genes[gene] = { ...draft, controlSd: meanAndSd(signal).sd }
  }
  return { genes, graph, drawNoise }
}

/** Fills rows `from` to `to` − 1 of `values` [n, d] with samples under the given perturbations. */
export function sampleStructuralModel(
  model: StructuralModel,
  perturbations: readonly Perturbation[],
  values: Float64Array,
  from: number,
  to: number,
  rng: Rng,
): void {
  const d = model.genes.length
  const acting = new Array<Perturbation | undefined>(d).fill(undefined)
  for (const perturbation of perturbations) acting[perturbation.gene] = perturbation
  for (let s = from; s < to; s++) {
    const row = s * d
    for (const gene of model.graph.order) {
      const equation = model.genes[gene]!
      const action = acting[gene]
      const noise = model.drawNoise(rng)
      if (action?.kind === 'hard') {
        values[row + gene] = equation.controlSd * (action.level + action.spread * rng.normal())
        continue
      }
      const value = structuralValue(equation, values, row, noise, action?.kind === 'scale' ? action.level : 1)
      values[row + gene] = action?.kind === 'shift' ? value + equation.controlSd * action.level : value
    }
  }
}

function structuralValue(
  gene: StructuralGene,
  x: Float64Array,
  row: number,
  noise: number,
  factor: number,
): number {
  const scale = gene.noiseScale ? gene.noiseScale(x, row) : 1
  const signal = gene.mechanism ? (gene.mechanism(x, row) - gene.centre) * gene.gain : 0
  return signal + gene.noiseSd * scale * factor * noise
}

/** Noise of variance 1. */
function noiseSource(shape: NoiseShape): (rng: Rng) => number {
  switch (shape) {
    case 'normal':
      return (rng) => rng.normal()
    case 'student-t':
      return (rng) => rng.studentT(4) * Math.SQRT1_2
    case 'laplace':
      return (rng) => rng.laplace() * Math.SQRT1_2
  }
}

/** 0.3 + log(1 + e^u) with u a random linear function of the parents: between a third and several times the usual noise. */
function drawNoiseScale(parents: Int32Array, rng: Rng): Mechanism {
  const weight = Float64Array.from(parents, () => (1.5 * rng.normal()) / Math.sqrt(parents.length))
  return (x, row) => {
    let u = 0
    for (let i = 0; i < parents.length; i++) u += weight[i]! * x[row + parents[i]!]!
    return 0.3 + Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u)))
  }
}

function meanAndSd(values: Float64Array): { mean: number; sd: number } {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  const mean = sum / values.length
  let squares = 0
  for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) ** 2
  return { mean, sd: Math.sqrt(squares / values.length) }
}
