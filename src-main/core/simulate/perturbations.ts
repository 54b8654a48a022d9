import type { SimulatedKind, SimulationSpec, TargetDesign } from '../../../src-shared/domain/simulation'
import type { Rng } from '../random/rng'
import { drawIndex } from './random-graph'
import type { Perturbation } from './study'

/** Chooses the targets of every environment and what is done to them. */
export function drawPerturbations(spec: SimulationSpec, rng: Rng): Perturbation[] {
  const perturbations: Perturbation[] = []
  const deal =
    spec.targets.design === 'balanced' ? balancedDealer(spec.genes, rng) : independentDealer(spec.genes, rng)
  for (let environment = 1; environment <= spec.environments; environment++) {
    for (const gene of deal(targetCount(spec.targets, spec.genes, rng)))
      perturbations.push({ environment, gene, ...drawAction(spec.model, rng) })
  }
  return perturbations
}

function targetCount(design: TargetDesign, genes: number, rng: Rng): number {
  return Math.min(drawIndex(design.countWeights, rng), genes)
}

/** Deals distinct genes for one environment, sorted. */
type Dealer = (count: number) => number[]

/** One random order of all genes after the other, so that every gene is hit about equally often. */
function balancedDealer(genes: number, rng: Rng): Dealer {
  const order = Int32Array.from({ length: genes }, (_, gene) => gene)
  let next = genes
  return (count) => {
    const chosen = new Set<number>()
    while (chosen.size < count) {
      if (next === genes) {
        rng.shuffle(order)
        next = 0
      }
      chosen.add(order[next++]!)
    }
    return [...chosen].sort((a, b) => a - b)
  }
}

function independentDealer(genes: number, rng: Rng): Dealer {
  return (count) => {
    const chosen = new Set<number>()
    while (chosen.size < count) chosen.add(rng.int(genes))
    return [...chosen].sort((a, b) => a - b)
  }
}

function drawAction(
  model: SimulationSpec['model'],
  rng: Rng,
): Pick<Perturbation, 'kind' | 'level' | 'spread'> {
  const kind: SimulatedKind = model.interventions[rng.int(model.interventions.length)]!
  if (model.kind === 'kinetics') {
    if (kind === 'knock-out') return { kind, level: 0, spread: 0 }
    return {
      kind,
      level: uniform(kind === 'knock-down' ? model.knockDown : model.overExpression, rng),
      spread: 0,
    }
  }
  const size = uniform(model.strength, rng)
  const signed = rng.int(2) === 0 ? size : -size
  if (kind === 'scale') return { kind, level: 1 + size, spread: 0 }
  return { kind, level: signed, spread: kind === 'hard' ? uniform([0.2, 1], rng) : 0 }
}

export function uniform([low, high]: readonly [number, number], rng: Rng): number {
  return low + (high - low) * rng.next()
}
