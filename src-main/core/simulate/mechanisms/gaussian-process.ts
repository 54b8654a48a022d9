import { additive } from './mechanism'

const LENGTH_SCALE = 1.2
const WAVES = 100
/** The table spans ±8 control sd in steps of 1/64; linear interpolation is then exact to about 1e-4. */
const HALF_WIDTH = 8
const STEPS_PER_UNIT = 64
const POINTS = 2 * HALF_WIDTH * STEPS_PER_UNIT + 1

/**
 * Draws of a Gaussian process with squared-exponential kernel, one per parent.
 *
 * Random Fourier features, f(x) = √(2/M) Σ_m w_m cos(ω_m x + φ_m) with ω ~ N(0, 1/ℓ²), w ~ N(0, 1):
 * Rahimi and Recht, NIPS 2007. The curve is tabulated once, each wave by the recurrence
 * cos(θ + δ) = 2 cos δ cos θ − cos(θ − δ), so that a value costs one look-up instead of M cosines.
 */
export const gaussianProcess = additive((rng) => {
  const frequency = Float64Array.from({ length: WAVES }, () => rng.normal() / LENGTH_SCALE)
  const phase = Float64Array.from({ length: WAVES }, () => 2 * Math.PI * rng.next())
  const weight = Float64Array.from({ length: WAVES }, () => rng.normal() * Math.sqrt(2 / WAVES))
  const table = new Float64Array(POINTS)
  for (let m = 0; m < WAVES; m++) addWave(table, frequency[m]!, phase[m]!, weight[m]!)

  return (x) => {
    const position = (x + HALF_WIDTH) * STEPS_PER_UNIT
    const cell = Math.floor(position)
    if (cell >= 0 && cell < POINTS - 1)
      return table[cell]! + (position - cell) * (table[cell + 1]! - table[cell]!)
    let sum = 0
    for (let m = 0; m < WAVES; m++) sum += weight[m]! * Math.cos(frequency[m]! * x + phase[m]!)
    return sum
  }
})

function addWave(table: Float64Array, frequency: number, phase: number, weight: number): void {
  const step = frequency / STEPS_PER_UNIT
  const twice = 2 * Math.cos(step)
  let before = weight * Math.cos(phase - frequency * HALF_WIDTH - step)
  let here = weight * Math.cos(phase - frequency * HALF_WIDTH)
  for (let i = 0; i < POINTS; i++) {
    table[i]! += here
    const after = twice * here - before
    before = here
    here = after
  }
}
