import type { MeasurementSpec } from '../../../src-shared/domain/simulation'
import type { Rng } from '../random/rng'

type Of<K> = Extract<MeasurementSpec, { kind: K }>

/**
 * Turns rates in place into what a measurement reports of them.
 *
 * @param values [n, d]
 */
export function measure(values: Float64Array, genes: number, measurement: MeasurementSpec, rng: Rng): void {
  if (measurement.kind === 'log-expression') measureLogExpression(values, measurement, rng)
  if (measurement.kind === 'counts') countMolecules(values, genes, measurement, rng)
}

function measureLogExpression(
  values: Float64Array,
  { depth, errorSd }: Of<'log-expression'>,
  rng: Rng,
): void {
  for (let cell = 0; cell < values.length; cell++)
    values[cell] = Math.log2(1 + depth * values[cell]!) + errorSd * rng.normal()
}

/**
 * Unique-molecule counts: library size per sample (log-normal), dropout that
 * takes weakly expressed genes more often (logistic in log(1 + rate)), then Poisson sampling.
 *
 * Source: the technical noise of SERGIO (Dibaeinia and Sinha 2020), without its outlier genes.
 */
export function countMolecules(
  values: Float64Array,
  genes: number,
  measurement: Of<'counts'>,
  rng: Rng,
): void {
  const { depth, librarySd, dropoutQuantile, dropoutSteepness } = measurement
  const midpoint = dropoutQuantile > 0 ? Math.log1p(quantile(values, dropoutQuantile)) : -Infinity
  for (let row = 0; row < values.length; row += genes) {
    const library = depth * Math.exp(librarySd * rng.normal())
    for (let cell = row; cell < row + genes; cell++) {
      const rate = values[cell]!
      const kept = 1 / (1 + Math.exp(-dropoutSteepness * (Math.log1p(rate) - midpoint)))
      values[cell] = rng.next() < kept ? rng.poisson(rate * library) : 0
    }
  }
}

/** Empirical quantile with linear interpolation. */
function quantile(values: Float64Array, probability: number): number {
  const sorted = values.slice().sort()
  const position = probability * (sorted.length - 1)
  const below = Math.floor(position)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!)
}
