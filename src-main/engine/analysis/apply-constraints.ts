import { sigmoid } from '../../core/linalg/log-space'
import type { GeneConstraints } from './gene-constraints'
import { logOddsOf } from './log-odds'

const OPEN = 2

/**
 * Edge probabilities in which every constraint holds exactly: forbidden pairs and pairs against the tiers are 0, required
 * edges 1, and so is 0 every edge that would close a cycle with required ones. The two directions of an open pair are
 * scaled to sum to 1 where they exceed it: no graph without feedback holds both.
 *
 * @param logOdds [d, d] row = cause
 * @returns probability and its log-odds [d, d]; log-odds of cells that were not scaled are those given, so that they never
 * saturate in a ranking
 */
export function applyConstraints(
  logOdds: Float64Array,
  constraints: GeneConstraints,
): { probability: Float64Array; logOdds: Float64Array } {
  const fixed = fixedEdges(constraints)
  const d = constraints.allowed.length
  const probability = Float64Array.from(logOdds, (value, cell) =>
    fixed[cell] === OPEN ? sigmoid(value) : fixed[cell]!,
  )
  const out = Float64Array.from(logOdds, (value, cell) =>
    fixed[cell] === OPEN ? Math.max(-700, Math.min(700, value)) : logOddsOf(fixed[cell]!),
  )
  for (let i = 0; i < d; i++)
    for (let j = 0; j < i; j++) {
      const [there, back] = [i * d + j, j * d + i]
      const sum = probability[there]! + probability[back]!
      if (!(sum > 1) || fixed[there] !== OPEN || fixed[back] !== OPEN) continue
      for (const cell of [there, back]) {
        probability[cell]! /= sum
        out[cell] = logOddsOf(probability[cell]!)
      }
    }
  return { probability, logOdds: out }
}

/** [d, d] 0 = impossible, 1 = required, 2 = open */
function fixedEdges({ allowed, required }: GeneConstraints): Uint8Array {
  const d = allowed.length
  const fixed = new Uint8Array(d * d)
  allowed.forEach((causes, j) => causes.forEach((i) => (fixed[i * d + j] = OPEN)))
  const leads = descendants(required)
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) if (leads[j * d + i]) fixed[i * d + j] = 0
  required.forEach((causes, j) => causes.forEach((i) => (fixed[i * d + j] = 1)))
  return fixed
}

/** [d, d] 1 = the column gene is reached from the row gene over required edges (Warshall's closure) */
function descendants(required: GeneConstraints['required']): Uint8Array {
  const d = required.length
  const leads = new Uint8Array(d * d)
  const involved = new Set<number>()
  required.forEach((causes, j) =>
    causes.forEach((i) => {
      leads[i * d + j] = 1
      involved.add(i).add(j)
    }),
  )
  for (const via of involved)
    for (const from of involved)
      if (leads[from * d + via]) for (const to of involved) if (leads[via * d + to]) leads[from * d + to] = 1
  return leads
}
