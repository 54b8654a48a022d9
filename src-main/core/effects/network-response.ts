import type { LearnedResult } from '../../../src-shared/domain/result'
import type { InterventionKind } from '../../../src-shared/domain/what-if'
import { FEATURES_PER_GENE, writeFeatures } from '../features/basis'
import type { Rng } from '../random/rng'
import { drawMechanism } from './draw-mechanism'
import { priorPrecision, solveMechanism, type Mechanism } from './mechanism'
import { studyOfResult } from './stored-study'

/** A control of fewer samples is no basis: all samples are, then. */
const LEAST_CONTROL = 5

export interface Intervention {
  readonly gene: number
  readonly kind: InterventionKind
  /** level ('hold') or difference ('shift'), in control sd */
  readonly amount: number
}

/** How samples answer to what is done, in one network; valid until the next answer of the same responder. */
export interface NetworkResponse {
  /** [rows, d] change of every sample and gene, in control sd */
  readonly change: Float64Array
  /** [d] mean of `change` over the samples */
  readonly mean: Float64Array
  /** [d] 1 = acted on, or downstream of a gene that was */
  readonly moved: Uint8Array
}

/**
 * @param chosen [d] index of the parent set of each gene, −1 for none: a network without cycles
 * @param rng the mechanisms of the genes downstream are drawn from their posterior
 */
export type Respond = (chosen: Int32Array, acts: readonly Intervention[], rng: Rng) => NetworkResponse

/**
 * Follows interventions down a network, sample by sample, each sample keeping its own residual: x_j changes by
 * f_j(x + Δ) − f_j(x), the feature x̄ by the mean of Δ. docs/method.md#6-looking-closer-at-an-experiment
 *
 * @returns takes the samples of the study that are acted on, by their rows, which may be other ones before each answer
 */
export function createResponder(
  result: LearnedResult,
  mechanismOf: (gene: number, set: number) => Mechanism,
): (rows: Int32Array) => Respond {
  const d = result.genes.length
  const { study, basis } = studyOfResult(result)
  const x = study.effects[0]!
  const learned = result.learned.genes
  const weights = new Float64Array(widestMechanism(result))
  const fresh = new Float64Array(FEATURES_PER_GENE)

  return (rows) => {
    const R = rows.length
    const change = new Float64Array(R * d)
    const mean = new Float64Array(d)
    const moved = new Uint8Array(d)
    const settled = new Uint8Array(d)

    return (chosen, acts, rng) => {
      const acted = new Map(acts.map((each) => [each.gene, each]))

      /** Adds what the changed parents of a gene do to it. */
      const follow = (gene: number): boolean => {
        if (chosen[gene]! < 0) return false
        const { parents, pooledCount } = learned[gene]!.parentSets[chosen[gene]!]!
        for (const parent of parents) settle(parent)
        if (!parents.some((parent) => moved[parent] === 1)) return false
        drawMechanism(mechanismOf(gene, chosen[gene]!), pooledCount, study.hyper, rng, weights)
        parents.forEach((parent, slot) => {
          if (moved[parent] === 0) return
          for (let r = 0; r < R; r++) {
            const old = (rows[r]! * d + parent) * FEATURES_PER_GENE
            const now = x[rows[r]! * d + parent]! + change[r * d + parent]!
            const own = study.features[old + FEATURES_PER_GENE - 1]! + mean[parent]!
            writeFeatures(basis, parent, now, own, fresh, 0)
            for (let b = 0; b < FEATURES_PER_GENE; b++)
              change[r * d + gene]! +=
                weights[1 + slot * FEATURES_PER_GENE + b]! * (fresh[b]! - study.features[old + b]!)
          }
        })
        return true
      }
      const settle = (gene: number): void => {
        if (settled[gene] === 1) return
        settled[gene] = 1
        const act = acted.get(gene)
        for (let r = 0; r < R; r++)
          change[r * d + gene] = act?.kind === 'hold' ? act.amount - x[rows[r]! * d + gene]! : 0
        const follows = act?.kind === 'hold' ? false : follow(gene)
        if (act?.kind === 'shift') for (let r = 0; r < R; r++) change[r * d + gene]! += act.amount
        moved[gene] = act || follows ? 1 : 0
        mean[gene] = 0
        for (let r = 0; r < R; r++) mean[gene] += change[r * d + gene]! / R
      }
      settled.fill(0)
      for (let gene = 0; gene < d; gene++) settle(gene)
      return { change, mean, moved }
    }
  }
}

/**
 * How many samples, from the first on, interventions can start from: the control, or the whole study.
 * @param starts [K + 2] row offsets, control first
 */
export const baseSamples = (starts: Int32Array): number =>
  starts[1]! >= LEAST_CONTROL ? starts[1]! : starts.at(-1)!

/** The mechanism of a gene by the index of its parent set; each is solved once. */
export function mechanismsOf(result: LearnedResult): (gene: number, set: number) => Mechanism {
  const { study } = studyOfResult(result)
  const solved = new Map<number, Mechanism>()
  return (gene, index) => {
    const key = gene * 1e5 + index
    const { pool, parents, pooledCount } = result.learned.genes[gene]!.parentSets[index]!
    const known =
      solved.get(key) ??
      solveMechanism(
        pool,
        priorPrecision(parents.length, study.variances, study.hyper),
        pooledCount,
        study.hyper,
      )
    solved.set(key, known)
    return known
  }
}

function widestMechanism({ learned }: LearnedResult): number {
  let parents = 0
  for (const gene of learned.genes)
    for (const set of gene.parentSets) parents = Math.max(parents, set.parents.length)
  return 1 + parents * FEATURES_PER_GENE
}
