import type { LearnedGene, LearnedParentSet } from '../../../src-shared/domain/result'
import { averageSlope } from '../../core/effects/edge-effect'
import { priorPrecision, solveMechanism } from '../../core/effects/mechanism'
import { poolGram } from '../../core/effects/pool'
import type { EvidenceStudy } from '../../core/evidence/study'
import type { Basis } from '../../core/features/basis'
import { parentSetPosterior, slotProbabilities } from '../../core/search/parent-set-posterior'
import { averageHardShare, averageTargetLogOdds } from '../../core/search/target-posterior'
import { parentSetsOf, type GeneScores } from './gene-scores'
import type { LocalScores, OrderPosterior } from './search-orders'

/** Parent sets below this posterior weight are not kept for new experiments and evidence views. */
const KEPT_WEIGHT = 1e-3

/** One gene's posterior as an effect (edges into it) and as a target. */
export interface GeneAverage {
  /** [d] P(i → gene), and the largest difference between chains */
  readonly edgeProbability: Float64Array
  readonly chainDifference: Float64Array
  /** [d] average slope given the edge, and its sd */
  readonly effect: Float64Array
  readonly effectSd: Float64Array
  /** [K] before the prior on the number of targets */
  readonly targetLogOdds: Float64Array
  /** [K] P(hard | target) */
  readonly hardShare: Float64Array
  readonly learned: LearnedGene
}

export function averageGene(
  study: EvidenceStudy,
  basis: Basis,
  gene: GeneScores,
  scores: LocalScores,
  orders: OrderPosterior,
): GeneAverage {
  const d = study.genes
  const K = study.environments
  const j = gene.gene
  const size = 2 ** scores.slots
  const sets = parentSetsOf(gene.candidates.length, gene.maxParents, gene.requiredCount)
  const table = scores.tables.subarray(j * size, (j + 1) * size)
  const perChain = orders.frequencies.map((all) =>
    parentSetPosterior(
      scores.weights[j]!,
      scores.shifts[j]!,
      sets,
      table,
      all.subarray(j * size, (j + 1) * size),
    ),
  )
  const posterior = perChain[0]!.map(
    (_, s) => perChain.reduce((sum, chain) => sum + chain[s]!, 0) / perChain.length,
  )

  const edgeProbability = new Float64Array(d)
  const chainDifference = new Float64Array(d)
  const combined = slotProbabilities(posterior, sets)
  const separate = perChain.map((chain) => slotProbabilities(chain, sets))
  gene.candidates.forEach((cause, slot) => {
    const required = slot < gene.requiredCount
    edgeProbability[cause] = required ? 1 : Math.min(1, combined[slot]!)
    const values = separate.map((chain) => chain[slot]!)
    chainDifference[cause] = required ? 0 : Math.max(...values) - Math.min(...values)
  })

  const targetLogOdds = new Float64Array(K)
  averageTargetLogOdds(posterior, gene.targetLogOdds, K, targetLogOdds, 0, 1)
  const learned = keepParentSets(study, gene, posterior)
  const { effect, effectSd } = averageEffects(study, basis, learned, d)
  return {
    edgeProbability,
    chainDifference,
    effect,
    effectSd,
    targetLogOdds,
    hardShare: averageHardShare(posterior, gene.targetLogOdds, gene.hardLogOdds, K),
    learned,
  }
}

function keepParentSets(study: EvidenceStudy, gene: GeneScores, posterior: Float64Array): LearnedGene {
  const K = study.environments
  const sets = parentSetsOf(gene.candidates.length, gene.maxParents, gene.requiredCount)
  const kept: LearnedParentSet[] = []
  posterior.forEach((weight, s) => {
    if (weight < KEPT_WEIGHT) return
    const slots = Array.from(sets.members.subarray(s * sets.maxParents, s * sets.maxParents + sets.sizes[s]!))
    const parents = slots.map((slot) => gene.candidates[slot]!)
    const states = gene.states.slice(s * K, (s + 1) * K)
    const pool = poolGram(study, gene.gene, parents, states)
    kept.push({
      parents,
      weight,
      pooledCount: pool.count,
      pool: pool.gram,
      states,
      targetLogOdds: gene.targetLogOdds.slice(s * K, (s + 1) * K),
    })
  })
  return { parentSets: kept.sort((a, b) => b.weight - a.weight) }
}

function averageEffects(
  study: EvidenceStudy,
  basis: Basis,
  learned: LearnedGene,
  d: number,
): { effect: Float64Array; effectSd: Float64Array } {
  const weight = new Float64Array(d)
  const first = new Float64Array(d)
  const second = new Float64Array(d)
  for (const set of learned.parentSets) {
    if (set.parents.length === 0) continue
    const mechanism = solveMechanism(
      set.pool,
      priorPrecision(set.parents.length, study.variances, study.hyper),
      set.pooledCount,
      study.hyper,
    )
    set.parents.forEach((parent, slot) => {
      const slope = averageSlope(mechanism, basis, parent, slot)
      weight[parent]! += set.weight
      first[parent]! += set.weight * slope.mean
      second[parent]! += set.weight * (slope.variance + slope.mean ** 2)
    })
  }
  const effect = first.map((sum, i) => (weight[i]! > 0 ? sum / weight[i]! : 0))
  const effectSd = second.map((sum, i) =>
    weight[i]! > 0 ? Math.sqrt(Math.max(0, sum / weight[i]! - effect[i]! ** 2)) : 0,
  )
  return { effect, effectSd }
}
