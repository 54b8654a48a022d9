import { createParentSetEvidence, type EvidenceKernel } from '../../core/evidence/kernel'
import type { EvidenceStudy } from '../../core/evidence/study'
import { screenCandidates } from '../../core/search/candidates'
import { enumerateParentSets, toParentSets, type ParentSets } from '../../core/search/parent-sets'

/** One gene's part of the work; independent of all others. */
export interface GeneTask {
  readonly gene: number
  readonly allowed: Int32Array
  readonly required: readonly number[]
  readonly candidates: number
  readonly maxParents: number
  /** [K] */
  readonly prior: Float64Array
}

/** Evidence of all parent sets of one gene, averaged over the draws of tied genes. */
export interface GeneScores {
  readonly gene: number
  /** [m] causes that the slots stand for */
  readonly candidates: Int32Array
  readonly maxParents: number
  readonly requiredCount: number
  /** [s] */
  readonly logEvidence: Float64Array
  /** [s, K] */
  readonly targetLogOdds: Float64Array
  readonly hardLogOdds: Float64Array
  readonly states: Uint8Array
}

export function scoreGene(kernel: EvidenceKernel, study: EvidenceStudy, task: GeneTask): GeneScores {
  const candidates = screenCandidates(
    kernel,
    task.gene,
    task.allowed,
    task.required,
    Math.max(task.candidates, task.required.length),
    task.prior,
  )
  const maxParents = Math.min(candidates.length, Math.max(task.maxParents, task.required.length))
  const sets = parentSetsOf(candidates.length, maxParents, task.required.length)
  const K = study.environments
  const sweeps = study.hyper.sweeps
  const total = createParentSetEvidence(sets.count, K)
  kernel.score(task.gene, 0, candidates, sets, task.prior, sweeps, total)
  if (study.tied[task.gene]) {
    const draws = study.effects.length
    const other = createParentSetEvidence(sets.count, K)
    for (let draw = 1; draw < draws; draw++) {
      kernel.score(task.gene, draw, candidates, sets, task.prior, sweeps, other)
      addTo(total.logEvidence, other.logEvidence)
      addTo(total.targetLogOdds, other.targetLogOdds)
      addTo(total.hardLogOdds, other.hardLogOdds)
    }
    for (const values of [total.logEvidence, total.targetLogOdds, total.hardLogOdds])
      for (let i = 0; i < values.length; i++) values[i]! /= draws
  }
  return { gene: task.gene, candidates, maxParents, requiredCount: task.required.length, ...total }
}

const cache = new Map<string, ParentSets>()

/** All sets up to `maxParents` that hold the required causes, which are the first slots. */
export function parentSetsOf(candidates: number, maxParents: number, requiredCount: number): ParentSets {
  const key = `${candidates},${maxParents},${requiredCount}`
  const cached = cache.get(key)
  if (cached) return cached
  const all = enumerateParentSets(candidates, maxParents)
  const must = (1 << requiredCount) - 1
  const rows: number[][] = []
  for (let s = 0; s < all.count; s++)
    if ((all.masks[s]! & must) === must)
      rows.push(Array.from(all.members.subarray(s * all.maxParents, s * all.maxParents + all.sizes[s]!)))
  const sets = toParentSets(rows, candidates, maxParents)
  cache.set(key, sets)
  return sets
}

function addTo(sum: Float64Array, other: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += other[i]!
}
