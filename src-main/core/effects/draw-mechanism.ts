import type { EvidenceHyperparameters } from '../evidence/hyperparameters'
import type { Rng } from '../random/rng'
import type { Mechanism } from './mechanism'

/**
 * A draw of the weights of a mechanism from their posterior: σ² ~ IG(a₀ + n/2, b₀ + RSS/2), w = mean + σ L⁻ᵀ z with
 * M = L Lᵀ.
 *
 * @param count tempered samples that the mechanism was fitted to
 * @param out [p]
 */
export function drawMechanism(
  mechanism: Mechanism,
  count: number,
  hyper: EvidenceHyperparameters,
  rng: Rng,
  out: Float64Array,
): void {
  const { columns: p, factor, weights, residualSquares } = mechanism
  const sd = Math.sqrt((hyper.b0 + 0.5 * residualSquares) / rng.gamma(hyper.a0 + 0.5 * count))
  for (let i = 0; i < p; i++) out[i] = rng.normal()
  for (let i = p - 1; i >= 0; i--) {
    let s = out[i]!
    for (let j = i + 1; j < p; j++) s -= factor[j * p + i]! * out[j]!
    out[i] = s / factor[i * p + i]!
  }
  for (let i = 0; i < p; i++) out[i] = weights[i]! + sd * out[i]!
}
