import type { OrderChainState } from '../../core/search/order-mcmc'
import { exactPredecessorPosterior } from '../../core/search/exact-orders'
import { fillScoreTable, type ScoreTables } from '../../core/search/score-table'
import { logChoose } from '../../core/linalg/log-gamma'
import { parentSetsOf, type GeneScores } from './gene-scores'
import type { Plan } from './plan'
import { share } from './shared-study'
import type { WorkerPool } from './worker-pool'

/** Local log weights and score tables of all genes. */
export interface LocalScores extends ScoreTables {
  /** per gene [s]: α·Score − log C(d−1, |S|) */
  readonly weights: readonly Float64Array[]
  /** per gene: what was subtracted in its table */
  readonly shifts: Float64Array
}

export function buildLocalScores(scored: readonly GeneScores[], evidenceWeight: number): LocalScores {
  const d = scored.length
  const slots = Math.max(0, ...scored.map((gene) => gene.candidates.length))
  const candidates = new Int32Array(d * slots).fill(-1)
  const tables = share(new Float64Array(d * 2 ** slots))
  const shifts = new Float64Array(d)
  const weights = scored.map((gene, j) => {
    candidates.set(gene.candidates, j * slots)
    const sets = parentSetsOf(gene.candidates.length, gene.maxParents, gene.requiredCount)
    const local = gene.logEvidence.map(
      (evidence, s) => evidenceWeight * evidence - logChoose(d - 1, sets.sizes[s]!),
    )
    shifts[j] = fillScoreTable(local, sets, tables.subarray(j * 2 ** slots, (j + 1) * 2 ** slots))
    return local
  })
  return { genes: d, slots, candidates, tables, weights, shifts }
}

export interface OrderPosterior {
  /** one [d, 2^m] of frequencies per chain; a single one when exact */
  readonly frequencies: readonly (Float64Array | Int32Array)[]
  /** 0 when exact: nothing was sampled */
  readonly effectiveOrders: number
  /** of the shortest chain; fewer than planned when the search was ended early */
  readonly sweeps: number
}

export interface SearchHooks {
  onShare(share: number): void
  /** as `onShare`, of what an earlier run had done */
  onFound(share: number): void
  onState(chain: number, state: OrderChainState): void
}

/** Sums over all orders exactly where that is cheap, otherwise samples them with independent chains. */
export async function searchOrders(
  scores: LocalScores,
  plan: Plan,
  seed: number,
  requiredPairs: Int32Array,
  pool: WorkerPool,
  resumeFrom: readonly (OrderChainState | undefined)[],
  hooks: SearchHooks,
  stop?: Int32Array,
): Promise<OrderPosterior> {
  if (plan.exactOrders) {
    const frequencies = [exactPredecessorPosterior(scores)]
    hooks.onShare(1)
    return { frequencies, effectiveOrders: 0, sweeps: 0 }
  }
  const done = Float64Array.from({ length: plan.chains }, (_, chain) => resumeFrom[chain]?.sweep ?? 0)
  const shareDone = (): number => done.reduce((sum, value) => sum + value, 0) / (plan.chains * plan.sweeps)
  hooks.onFound(shareDone())
  const shared: ScoreTables = {
    genes: scores.genes,
    slots: scores.slots,
    candidates: scores.candidates,
    tables: scores.tables,
  }
  const results = await Promise.all(
    Array.from({ length: plan.chains }, (_, chain) => {
      const from = resumeFrom[chain]
      const task = {
        scores: shared,
        sweeps: plan.sweeps,
        burnIn: plan.burnIn,
        seed,
        stream: chain,
        requiredPairs,
        ...(stop ? { stop } : {}),
        ...(from ? { resumeFrom: from } : {}),
      }
      return pool.runChain(task, (sweeps, state) => {
        done[chain] = sweeps
        hooks.onShare(shareDone())
        if (state) hooks.onState(chain, state)
      })
    }),
  )
  const effectiveOrders = results.reduce(
    (sum, { trace, sweeps }) => sum + effectiveSampleSize(trace.subarray(plan.burnIn, sweeps)),
    0,
  )
  return {
    frequencies: results.map(({ counts }) => counts),
    effectiveOrders,
    sweeps: Math.min(...results.map(({ sweeps }) => sweeps)),
  }
}

/**
 * Effective sample size of a trace by Geyer's initial positive sequence.
 * Source: C. J. Geyer, Statistical Science 7 (1992) 473–483.
 */
export function effectiveSampleSize(trace: Float64Array): number {
  const n = trace.length
  if (n < 4) return n
  const mean = trace.reduce((sum, value) => sum + value, 0) / n
  const autocovariance = (lag: number): number => {
    let sum = 0
    for (let i = 0; i + lag < n; i++) sum += (trace[i]! - mean) * (trace[i + lag]! - mean)
    return sum / n
  }
  const variance = autocovariance(0)
  if (!(variance > 0)) return n
  let sum = -variance
  for (let lag = 0; lag + 1 < n; lag += 2) {
    const pair = autocovariance(lag) + autocovariance(lag + 1)
    if (pair <= 0) break
    sum += 2 * pair
  }
  return Math.min(n, (n * variance) / Math.max(sum, variance / n))
}
