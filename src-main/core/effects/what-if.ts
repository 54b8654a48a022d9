import type { LearnedResult } from '../../../src-shared/domain/result'
import type { WhatIf } from '../../../src-shared/domain/what-if'
import type { Rng } from '../random/rng'
import { calibrateSets } from './calibrate-sets'
import { networkSampler, type DrawNetwork } from './draw-network'
import { baseSamples, createResponder, mechanismsOf, type Intervention } from './network-response'
import { studyOfResult } from './stored-study'

/** Samples that the effect is averaged over; of more, this many spread evenly over the levels of the first gene acted on. */
const MOST_SAMPLES = 100
const TAIL = 0.025
/** control sd: a level is beyond all samples only when it is seen to be */
const BEYOND = 0.05

/**
 * What the learned model predicts when genes are held at a level or shifted. Networks are drawn from the posterior, then
 * the mechanisms of the genes downstream, and the difference is followed from the interventions down, sample by sample, each
 * keeping its own residual: x_j changes by f_j(x + Δ) − f_j(x). docs/method.md#6-looking-closer-at-an-experiment
 *
 * @param draw of `networksOf` this result
 * @returns the mean over draws and samples, with the 2.5 and 97.5 % quantiles over draws of the mean over samples
 */
export function whatIf(
  result: LearnedResult,
  draw: DrawNetwork,
  interventions: readonly Intervention[],
  draws: number,
  rng: Rng,
): WhatIf {
  const d = result.genes.length
  const { study } = studyOfResult(result)
  const x = study.effects[0]!
  const rows = baseRows(study.starts, (row) => x[row * d + interventions[0]!.gene]!)
  const respond = createResponder(result, mechanismsOf(result))(rows)
  const chosen = new Int32Array(d)
  const shifts = new Float64Array(d * draws)
  const downstream = new Float64Array(d)
  for (let b = 0; b < draws; b++) {
    draw(rng, chosen)
    const { mean, moved } = respond(chosen, interventions, rng)
    for (let gene = 0; gene < d; gene++) {
      shifts[gene * draws + b] = mean[gene]!
      downstream[gene]! += moved[gene]! / draws
    }
  }
  return {
    interventions: interventions.map(({ gene, kind, amount }) => {
      const [lowest, highest] = rangeOf(x, d, gene)
      const level = kind === 'hold' ? amount : amount + averageOf(x, d, gene, rows)
      const outside = level < lowest - BEYOND || level > highest + BEYOND
      return { gene: result.genes[gene]!, kind, amount, lowest, highest, outside }
    }),
    genes: result.genes,
    ...summary(shifts, d, draws),
    downstream,
    draws,
  }
}

/** Draws networks in which each edge is as frequent as it is probable; takes longer to make than a prediction does. */
export function networksOf({ learned, edges }: LearnedResult, rng: Rng): DrawNetwork {
  const parents = learned.genes.map((gene) => gene.parentSets.map((set) => set.parents))
  const weights = learned.genes.map((gene) => Float64Array.from(gene.parentSets, (set) => set.weight))
  return networkSampler({ parents, weights: calibrateSets({ parents, weights }, edges.probability, rng) })
}

/** Rows of the control, of a study without one all rows; evenly thinned. */
function baseRows(starts: Int32Array, level: (row: number) => number): Int32Array {
  const n = baseSamples(starts)
  const rows = Int32Array.from({ length: n }, (_, row) => row)
  if (n <= MOST_SAMPLES) return rows
  rows.sort((a, b) => level(a) - level(b) || a - b)
  return Int32Array.from(
    { length: MOST_SAMPLES },
    (_, i) => rows[Math.floor(((i + 0.5) * n) / MOST_SAMPLES)]!,
  )
}

/** @param shifts [d, draws] sorted in place */
function summary(
  shifts: Float64Array,
  d: number,
  draws: number,
): { shift: Float64Array; low: Float64Array; high: Float64Array } {
  const out = { shift: new Float64Array(d), low: new Float64Array(d), high: new Float64Array(d) }
  for (let gene = 0; gene < d; gene++) {
    const own = shifts.subarray(gene * draws, (gene + 1) * draws).sort()
    out.shift[gene] = own.reduce((sum, value) => sum + value, 0) / draws
    out.low[gene] = own[Math.floor(TAIL * (draws - 1))]!
    out.high[gene] = own[Math.ceil((1 - TAIL) * (draws - 1))]!
  }
  return out
}

function rangeOf(x: Float64Array, d: number, gene: number): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (let at = gene; at < x.length; at += d) {
    low = Math.min(low, x[at]!)
    high = Math.max(high, x[at]!)
  }
  return [low, high]
}

function averageOf(x: Float64Array, d: number, gene: number, rows: Int32Array): number {
  return rows.reduce((sum, row) => sum + x[row * d + gene]!, 0) / rows.length
}
