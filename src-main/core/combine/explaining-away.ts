import { probability } from './log-odds'

/** How much of a gene's apparent hit another gene of the experiment accounts for, [K, d] each. */
export interface Explanations {
  /** max over genes i ≠ j of P(i is a target) · weight(i → j) */
  readonly best: Float64Array
  readonly second: Float64Array
  /** the gene of `best`; −1 when there is no other gene */
  readonly gene: Int32Array
}

/**
 * Explaining away: a descendant of a true target looks like a second target. For each experiment k and gene j the best
 * and the second-best of σ(target_ki) · weight_ij over i ≠ j. Source: docs/method.md, section 4. Cost K d².
 *
 * @param targetLogOdds [K, d] mean of the two parts
 * @param weight [d, d] probability that i acts on j
 */
export function explainAway(targetLogOdds: Float64Array, weight: Float64Array, d: number): Explanations {
  const cells = targetLogOdds.length
  const best = new Float64Array(cells)
  const second = new Float64Array(cells)
  const gene = new Int32Array(cells).fill(-1)
  for (let row = 0; row < cells; row += d)
    for (let i = 0; i < d; i++) {
      const target = probability(targetLogOdds[row + i]!)
      for (let j = 0; j < d; j++) {
        if (i === j) continue
        const explained = target * weight[i * d + j]!
        if (explained > best[row + j]! || gene[row + j]! < 0) {
          second[row + j] = best[row + j]!
          best[row + j] = explained
          gene[row + j] = i
        } else if (explained > second[row + j]!) second[row + j] = explained
      }
    }
  return { best, second, gene }
}
