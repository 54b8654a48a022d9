import type { Rng } from '../random/rng'
import { networkSampler, type WeightedSets } from './draw-network'

const ROUNDS = 12
const DRAWS = 300
/** part of the difference of log-odds that a round takes back; less would be slow, all of it overshoots */
const STEP = 0.6
/** edges that are drawn, and should be, less often than this stay as they are */
const RARE = 0.02
const LEAST = 1e-3

/**
 * Weights of the parent sets under which networks drawn gene by gene hold each edge as often as it is probable.
 *
 * The stored weights of the genes do not belong together: drawn one by one, two genes of which one causes the other, with the
 * direction open, end up without an edge too often; and in a result that a learned network took part in, its probabilities
 * are not those of the sets. Every set gets a factor per cause that it holds, which is corrected round by round by the
 * odds of what is asked over the odds of what was drawn (moment matching).
 *
 * @param probability [d*d] P(i → j)
 * @returns by gene: [sets] weights that sum to 1
 */
export function calibrateSets(
  { parents, weights }: WeightedSets,
  probability: Float64Array,
  rng: Rng,
): Float64Array[] {
  const d = parents.length
  const factor = new Float64Array(d * d)
  const tilted = weights.map((own) => own.slice())
  const draw = networkSampler({ parents, weights: tilted })
  const chosen = new Int32Array(d)
  const drawn = new Float64Array(d * d)
  for (let round = 0; round < ROUNDS; round++) {
    retilt()
    drawn.fill(0)
    for (let i = 0; i < DRAWS; i++) {
      draw(rng, chosen)
      for (let gene = 0; gene < d; gene++)
        if (chosen[gene]! >= 0)
          for (const cause of parents[gene]![chosen[gene]!]!) drawn[cause * d + gene]! += 1 / DRAWS
    }
    for (let cell = 0; cell < d * d; cell++) {
      if (drawn[cell]! < RARE && probability[cell]! < RARE) continue
      factor[cell]! += STEP * (logOdds(probability[cell]!) - logOdds(drawn[cell]!))
    }
  }
  retilt()
  return tilted

  function retilt(): void {
    for (let gene = 0; gene < d; gene++) {
      const own = tilted[gene]!
      let largest = -Infinity
      for (let set = 0; set < own.length; set++) {
        let log = Math.log(weights[gene]![set]!)
        for (const cause of parents[gene]![set]!) log += factor[cause * d + gene]!
        own[set] = log
        largest = Math.max(largest, log)
      }
      let total = 0
      for (let set = 0; set < own.length; set++) total += own[set] = Math.exp(own[set]! - largest)
      for (let set = 0; set < own.length; set++) own[set]! /= total
    }
  }
}

function logOdds(p: number): number {
  const kept = Math.min(1 - LEAST, Math.max(LEAST, p))
  return Math.log(kept) - Math.log(1 - kept)
}
