import { descendingOrder } from './descending-order'

/**
 * Area under the receiver operating characteristic: P(score of a positive > score of a negative), ties ½.
 *
 * Mann–Whitney form; equals scikit-learn's `roc_auc_score`. Cost: a sort.
 *
 * @param labels [n] 1 = positive
 * @param scores [n] higher = more likely positive
 * @returns NaN unless both classes occur
 */
export function areaUnderRoc(labels: Uint8Array, scores: Float64Array): number {
  const order = descendingOrder(scores)
  let positives = 0
  let negatives = 0
  let wins = 0
  forEachTie(order, scores, (from, to) => {
    let tied = 0
    for (let r = from; r < to; r++) tied += labels[order[r]!]!
    const tiedNegatives = to - from - tied
    wins += tiedNegatives * (positives + tied / 2)
    positives += tied
    negatives += tiedNegatives
  })
  return wins / (positives * negatives)
}

/**
 * Area under the precision–recall curve as average precision: Σ (R_t − R_{t−1}) P_t over the distinct scores.
 *
 * Equals scikit-learn's `average_precision_score`: no interpolation, tied scores enter together.
 *
 * @param labels [n] 1 = positive
 * @param scores [n] higher = more likely positive
 * @returns NaN without a positive
 */
export function averagePrecision(labels: Uint8Array, scores: Float64Array): number {
  const order = descendingOrder(scores)
  let found = 0
  let sum = 0
  forEachTie(order, scores, (from, to) => {
    let tied = 0
    for (let r = from; r < to; r++) tied += labels[order[r]!]!
    found += tied
    sum += (tied * found) / to
  })
  return sum / found
}

/**
 * Share of the environments with a target whose first-ranked gene is a target. A tie for the first place
 * counts as the share of targets among the tied genes, which is what a random order would give on average.
 *
 * @param labels [K, d] 1 = target
 * @param scores [K, d]
 * @param genes d
 * @returns NaN when no environment has a target
 */
export function topOneShare(labels: Uint8Array, scores: Float64Array, genes: number): number {
  let environments = 0
  let hits = 0
  for (let row = 0; row < labels.length; row += genes) {
    let best = -Infinity
    let tied = 0
    let targets = 0
    let anyTarget = false
    for (let cell = row; cell < row + genes; cell++) {
      if (labels[cell] === 1) anyTarget = true
      if (scores[cell]! > best) {
        best = scores[cell]!
        tied = 0
        targets = 0
      }
      if (scores[cell] === best) {
        tied++
        targets += labels[cell]!
      }
    }
    if (!anyTarget) continue
    environments++
    hits += targets / tied
  }
  return hits / environments
}

/** Calls back with the bounds of every run of equal scores along the order. */
function forEachTie(
  order: Int32Array,
  scores: Float64Array,
  visit: (from: number, to: number) => void,
): void {
  let from = 0
  for (let r = 1; r <= order.length; r++) {
    if (r < order.length && scores[order[r]!] === scores[order[from]!]) continue
    visit(from, r)
    from = r
  }
}
