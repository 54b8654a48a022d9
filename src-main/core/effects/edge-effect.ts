import { FEATURES_PER_GENE, writeFeatures, type Basis } from '../features/basis'
import { combinationLeverage, combinationMean, type Mechanism } from './mechanism'

/**
 * Average slope of a mechanism along one parent: [f(x = +1) − f(x = −1)] / 2 at fixed other parents, in control
 * sd of the effect per control sd of the cause.
 *
 * @param slot position of the parent in its parent set
 * @returns posterior mean and variance given the parent set
 */
export function averageSlope(
  mechanism: Mechanism,
  basis: Basis,
  parent: number,
  slot: number,
): { mean: number; variance: number } {
  const row = new Float64Array(mechanism.columns)
  const high = new Float64Array(FEATURES_PER_GENE)
  const low = new Float64Array(FEATURES_PER_GENE)
  writeFeatures(basis, parent, 1, 0, high, 0)
  writeFeatures(basis, parent, -1, 0, low, 0)
  for (let b = 0; b < FEATURES_PER_GENE; b++) row[1 + slot * FEATURES_PER_GENE + b] = (high[b]! - low[b]!) / 2
  return {
    mean: combinationMean(mechanism, row),
    variance: combinationLeverage(mechanism, row) * mechanism.noiseVariance,
  }
}
