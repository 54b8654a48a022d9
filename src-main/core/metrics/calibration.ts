const BINS = 10

export interface CalibrationBin {
  readonly count: number
  readonly meanPrediction: number
  readonly observedShare: number
}

/**
 * Predictions against what happened, in ten bins of equal width; empty bins are left out.
 *
 * @param labels [n] 1 = true
 * @param probabilities [n] in [0, 1]
 * @param above only predictions above this count; 0.05 keeps the many clear negatives from hiding the rest
 */
export function calibrationBins(
  labels: Uint8Array,
  probabilities: Float64Array,
  above = -1,
): CalibrationBin[] {
  const count = new Float64Array(BINS)
  const predicted = new Float64Array(BINS)
  const observed = new Float64Array(BINS)
  for (let i = 0; i < labels.length; i++) {
    const probability = probabilities[i]!
    if (!(probability > above)) continue
    const bin = Math.min(Math.floor(probability * BINS), BINS - 1)
    count[bin]! += 1
    predicted[bin]! += probability
    observed[bin]! += labels[i]!
  }
  return Array.from(count, (members, bin) => ({
    count: members,
    meanPrediction: predicted[bin]! / members,
    observedShare: observed[bin]! / members,
  })).filter((bin) => bin.count > 0)
}

/**
 * Expected calibration error: Σ_bins share of the bin · |observed share − mean prediction|.
 *
 * @returns NaN without a prediction
 */
export function calibrationError(bins: readonly CalibrationBin[]): number {
  let total = 0
  let error = 0
  for (const bin of bins) {
    total += bin.count
    error += bin.count * Math.abs(bin.observedShare - bin.meanPrediction)
  }
  return error / total
}

/**
 * Mean negative log-likelihood, −(1/n) Σ log P(label), natural log. Probabilities are kept 2.2e-16 (the
 * spacing of numbers at 1) away from 0 and 1, as in scikit-learn's `log_loss`.
 *
 * @returns NaN without a prediction
 */
export function logLoss(labels: Uint8Array, probabilities: Float64Array): number {
  let sum = 0
  for (let i = 0; i < labels.length; i++) {
    const probability = Math.min(Math.max(probabilities[i]!, Number.EPSILON), 1 - Number.EPSILON)
    sum -= labels[i] === 1 ? Math.log(probability) : Math.log1p(-probability)
  }
  return sum / labels.length
}
