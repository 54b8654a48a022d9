import type { KineticsModel } from '../../../src-shared/domain/simulation'
import type { Rng } from '../random/rng'
import { noiseFreeLevel, type KineticNetwork } from './kinetics'

/** 12 units of time in steps of 0.05: about ten mean lifetimes of a molecule after the noise-free start. */
const STEPS = 240
const STEP_TIME = 0.05

/**
 * Snapshots of cells near steady state by the chemical Langevin equation, Euler–Maruyama:
 *
 *     x += (production − decay·x)·Δt + q·√Δt·√(production + decay·x)·ξ,  ξ ~ N(0, 1),  x ≥ 0
 *
 * One draw carries the noise of production and of decay, whose variances add. Every sample starts at its
 * noise-free steady state. Source: Gillespie, J. Chem. Phys. 113 (2000) 297–306; noise as in SERGIO (see
 * `kinetics.ts`). Cost: samples × 240 × (genes + edges).
 *
 * @param factor [d] of the interventions on the production
 * @param cellTypeOf [n] of all samples
 * @param values [n, d]; rows `from` to `to` − 1 are filled with rates
 */
export function sampleKinetics(
  network: KineticNetwork,
  spec: KineticsModel,
  factor: Float64Array,
  cellTypeOf: Int32Array,
  values: Float64Array,
  from: number,
  to: number,
  rng: Rng,
): void {
  const { genes: d, start, source, weight, halfSquared, decay } = network
  const constant = new Float64Array(d)
  const hill = new Float64Array(d)
  const noise = spec.intrinsicNoise * Math.sqrt(STEP_TIME)
  for (let s = from; s < to; s++) {
    const row = s * d
    drawProduction(network, cellTypeOf[s]!, spec.extrinsicNoise, constant, rng)
    for (const gene of network.order)
      values[row + gene] = noiseFreeLevel(network, values, row, gene, constant[gene]!, factor[gene]!)
    if (noise === 0) continue
    for (let step = 0; step < STEPS; step++) {
      for (let j = 0; j < d; j++) {
        const square = values[row + j]! * values[row + j]!
        hill[j] = square / (square + halfSquared[j]!)
      }
      for (let j = 0; j < d; j++) {
        let production = constant[j]!
        for (let e = start[j]!; e < start[j + 1]!; e++) production += weight[e]! * hill[source[e]!]!
        production *= factor[j]!
        const loss = decay * values[row + j]!
        const next =
          values[row + j]! +
          (production - loss) * STEP_TIME +
          noise * Math.sqrt(production + loss) * rng.normal()
        values[row + j] = next > 0 ? next : 0
      }
    }
  }
}

/** Production constants of one sample: extrinsic noise of mean 1 on the genes without regulators. */
function drawProduction(
  network: KineticNetwork,
  cellType: number,
  extrinsicNoise: number,
  constant: Float64Array,
  rng: Rng,
): void {
  for (let j = 0; j < network.genes; j++) {
    constant[j] = network.constant[cellType * network.genes + j]!
    if (network.isMaster[j])
      constant[j]! *= Math.exp(extrinsicNoise * rng.normal() - (extrinsicNoise * extrinsicNoise) / 2)
  }
}
