import { createRng, type Rng } from '../../random/rng'
import { balancedGraph, shuffled } from './balanced-graph'
import { drawCellVariation, layRows, type Rows } from './cells'
import { drawDesign, MOST_SAMPLES, type Design } from './design'
import { between, chance, logBetween } from './draws'
import { TRAINING_FAMILIES, type Distribution, type FamilyName } from './families'
import { measureAdditive, measureRates } from './measure-columns'
import { sampleAdditive } from './sample-additive'
import { sampleHill } from './sample-hill'
import { sampleLangevin } from './sample-langevin'
import type { StudyShape, TrainingStudy } from './training-study'
import { measuredEdges } from './truth'

export interface DrawOptions {
  /** most samples of a study in all; default 6000 */
  readonly mostSamples?: number
  /** only these families of the distribution; default all */
  readonly families?: readonly FamilyName[]
}

/** Distributions draw from different streams, so that they share nothing but the seed. */
const STREAM: Readonly<Record<Distribution, number>> = { training: 0, 'held-out': 1 }

/**
 * Draws one study of what the learned model is trained on, or of the families kept apart from it.
 * docs/method.md, section 3, lists families, nuisances and ranges. The same arguments give the same study.
 *
 * @param seed integer in 0 .. 2⁵³ − 1
 */
export function drawTrainingStudy(
  seed: number,
  shape: StudyShape,
  distribution: Distribution,
  options: DrawOptions = {},
): TrainingStudy {
  const rng = createRng(seed, STREAM[distribution])
  const family = drawFamily(distribution, options.families, rng)
  const { name, model } = TRAINING_FAMILIES[family]!
  const { genes: d, experiments: K } = shape
  const latent = chance(rng, 0.3) ? 1 + rng.int(Math.max(1, Math.floor(d / 3))) : 0
  const D = d + latent
  const measured = shuffled(D, rng).subarray(0, d).sort()
  const design = drawDesign(shape, D, measured, options.mostSamples ?? MOST_SAMPLES, rng)
  const graph = balancedGraph(D, rng)
  const rows = layRows(design)
  const variation = drawCellVariation(rows, D, rng)

  let x: Float64Array
  if (model === 'hill' || model === 'langevin') {
    x =
      model === 'hill'
        ? sampleHill(name, graph, design, rows, variation, rng)
        : sampleLangevin(graph, design, rows, variation, rng)
    measureRates(x, D, rows, rng)
  } else {
    x = sampleAdditive(name, graph, design, rows, variation, rng)
    measureAdditive(x, D, rows, rng)
  }
  return {
    genes: d,
    experiments: K,
    values: collectValues(x, rows, measured, rng),
    starts: environmentOffsets(rows),
    edges: measuredEdges(graph, measured),
    targets: measuredTargets(design, D, measured),
    family,
  }
}

function drawFamily(distribution: Distribution, only: readonly FamilyName[] | undefined, rng: Rng): number {
  const weights = TRAINING_FAMILIES.map((family): number =>
    family.distribution === distribution && (!only || only.includes(family.name)) ? family.weight : 0,
  )
  let left = rng.next() * weights.reduce((sum, weight) => sum + weight, 0)
  for (let family = 0; family < weights.length; family++) {
    left -= weights[family]!
    if (left < 0) return family
  }
  return weights.findLastIndex((weight) => weight > 0)
}

/**
 * The rows and genes that were measured, as [n, d]. Units of genes differ: nothing but order within a gene
 * and ratios of differences carry information.
 */
function collectValues(x: Float64Array, rows: Rows, measured: Int32Array, rng: Rng): Float64Array {
  const d = measured.length
  const n = rows.count - rows.hidden
  const values = new Float64Array(n * d)
  const rescaled = chance(rng, 0.3)
  for (let g = 0; g < d; g++) {
    const from = measured[g]! * rows.count + rows.hidden
    const unit = rescaled ? logBetween(rng, 0.2, 5) : 1
    const origin = rescaled ? between(rng, -5, 5) : 0
    for (let s = 0; s < n; s++) values[s * d + g] = origin + unit * x[from + s]!
  }
  return values
}

function environmentOffsets(rows: Rows): Int32Array {
  const starts = new Int32Array(rows.first.length + 1)
  for (let k = 0; k < rows.first.length; k++) starts[k + 1] = rows.first[k]! - rows.hidden
  return starts
}

function measuredTargets({ sizes, actionKind }: Design, D: number, measured: Int32Array): Uint8Array {
  const d = measured.length
  const targets = new Uint8Array(sizes.length * d)
  for (let k = 0; k < sizes.length; k++)
    for (let g = 0; g < d; g++) targets[k * d + g] = actionKind[k * D + measured[g]!] ? 1 : 0
  return targets
}
