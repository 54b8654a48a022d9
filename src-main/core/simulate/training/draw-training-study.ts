import { createRng, type Rng } from '../../random/rng'
import { balancedGraph, shuffled } from './balanced-graph'
import { drawAuditStudy } from './audit-study'
import { drawCellVariation, layRows, plainCells } from './cells'
import { collectValues, environmentOffsets, measuredTargets } from './collect'
import { drawDesign, MOST_SAMPLES } from './design'
import { chance } from './draws'
import { TRAINING_FAMILIES, type Distribution, type FamilyName } from './families'
import { logRates, measureAdditive, measureRates } from './measure-columns'
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
  /** every study without any nuisance; otherwise one in eight is */
  readonly plain?: boolean
  /** every action weak (.3 to 1 sd); otherwise those of about one study in five, and some of the others */
  readonly weak?: boolean
  /** every action moves its target by a constant; otherwise that is one of seven kinds */
  readonly shift?: boolean
}

/** Distributions draw from different streams, so that they share nothing but the seed. */
const STREAM: Readonly<Record<Distribution, number>> = { training: 0, 'held-out': 1, audit: 2 }

/**
 * One generator that every study sets to its own state: the samplers then always call the same functions,
 * which the compiler can inline; with a generator per study they run at half the speed.
 */
const rng = createRng(0)

const RESCALED = 0.3

/**
 * Studies without any nuisance: no latent gene, cells alike, no measurement error. Few studies lack all of
 * them by chance, and there the closed form's assumptions hold: the network must know what it looks like.
 */
const PLAIN = 0.12

/** Studies in which nothing is done: they teach what control data alone cannot tell. */
const UNTOUCHED = 0.03
const UNTOUCHED_LINEAR_GAUSSIAN = 0.35

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
  rng.restore(createRng(seed, STREAM[distribution]).state())
  const family = drawFamily(distribution, options.families, rng)
  const { name, model } = TRAINING_FAMILIES[family]!
  if (distribution === 'audit') return drawAuditStudy(family, shape, rng)
  const { genes: d, experiments: K } = shape
  const plain = chance(rng, PLAIN) || options.plain === true
  const latent = !plain && chance(rng, 0.3) ? 1 + rng.int(Math.max(1, Math.floor(d / 3))) : 0
  const D = d + latent
  const measured = shuffled(D, rng).subarray(0, d).sort()
  const untouched = model === 'linear-gaussian' ? UNTOUCHED_LINEAR_GAUSSIAN : UNTOUCHED
  const { mostSamples = MOST_SAMPLES, weak = false, shift = false } = options
  const design = drawDesign(shape, D, measured, { mostSamples, untouched, weak, shift }, rng)
  if (plain) design.reach = 1
  const graph = balancedGraph(D, rng)
  const rows = layRows(design)
  const variation = plain ? plainCells(rows) : drawCellVariation(rows, D, rng)

  let x: Float64Array
  if (model === 'hill' || model === 'langevin') {
    x =
      model === 'hill'
        ? sampleHill(name, graph, design, rows, variation, rng)
        : sampleLangevin(graph, design, rows, variation, rng)
    if (plain) logRates(x)
    else measureRates(x, D, rows, rng)
  } else {
    x = sampleAdditive(name, graph, design, rows, variation, rng)
    if (!plain) measureAdditive(x, D, rows, rng)
  }
  return {
    genes: d,
    experiments: K,
    values: collectValues(x, rows, measured, chance(rng, RESCALED), rng),
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
