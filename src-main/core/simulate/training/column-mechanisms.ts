import type { Rng } from '../../random/rng'
import { MECHANISMS, type Mechanism } from '../mechanisms'
import { between, coin } from './draws'

/**
 * Adds f(parents) of all samples to `signal`. Samples lie in columns: sample s of gene i is
 * x[i · N + s], so what `MECHANISMS` calls the column of a parent is here `i · N`, and its row is s.
 *
 * @param offset [parents] i · N of each parent
 * @param signal [N] is added to
 */
export type ColumnMechanism = (
  x: Float64Array,
  offset: Int32Array,
  count: number,
  signal: Float64Array,
  rng: Rng,
) => void

const bySample =
  (family: keyof typeof MECHANISMS): ColumnMechanism =>
  (x, offset, count, signal, rng) => {
    const mechanism: Mechanism = MECHANISMS[family](offset, rng)
    for (let s = 0; s < count; s++) signal[s]! += mechanism(x, s)
  }

/** Straight lines with slopes of ±U(0.4, 1.3): the weights of docs/method.md's prototype. */
const linear: ColumnMechanism = (x, offset, count, signal, rng) => {
  for (const from of offset) {
    const slope = coin(rng) * between(rng, 0.4, 1.3)
    for (let s = 0; s < count; s++) signal[s]! += slope * x[from + s]!
  }
}

const WAVES = 4
const HALF_WIDTH = 6
const STEPS_PER_UNIT = 24
const POINTS = 2 * HALF_WIDTH * STEPS_PER_UNIT + 1
const curve = new Float64Array(POINTS)

/**
 * One random smooth curve per parent: a few random Fourier features of a Gaussian process with length scale
 * 0.8 .. 2.4, tabulated in steps of 1/24 sd and continued by its end values beyond six sd.
 */
const fourier: ColumnMechanism = (x, offset, count, signal, rng) => {
  for (const from of offset) {
    const lengthScale = between(rng, 0.8, 2.4)
    const slope = 0.6 * rng.normal()
    for (let p = 0; p < POINTS; p++) curve[p] = slope * (p / STEPS_PER_UNIT - HALF_WIDTH)
    for (let m = 0; m < WAVES; m++) {
      const frequency = rng.normal() / lengthScale
      const phase = 2 * Math.PI * rng.next()
      const weight = rng.normal() / Math.sqrt(WAVES)
      for (let p = 0; p < POINTS; p++)
        curve[p]! += weight * Math.cos(frequency * (p / STEPS_PER_UNIT - HALF_WIDTH) + phase)
    }
    for (let s = 0; s < count; s++) {
      const position = Math.max(0, Math.min(POINTS - 1.001, (x[from + s]! + HALF_WIDTH) * STEPS_PER_UNIT))
      const cell = Math.floor(position)
      signal[s]! += curve[cell]! + (position - cell) * (curve[cell + 1]! - curve[cell]!)
    }
  }
}

const HIDDEN_UNITS = 6

/** A random network of one hidden layer on all parents together: not additive. */
const perceptron: ColumnMechanism = (x, offset, count, signal, rng) => {
  const inputScale = between(rng, 0.7, 2) / Math.sqrt(Math.max(1, offset.length / 2))
  const weight = new Float64Array(offset.length)
  for (let h = 0; h < HIDDEN_UNITS; h++) {
    for (let a = 0; a < offset.length; a++) weight[a] = inputScale * rng.normal()
    const bias = rng.normal()
    const outgoing = rng.normal()
    for (let s = 0; s < count; s++) {
      let input = bias
      for (let a = 0; a < offset.length; a++) input += weight[a]! * x[offset[a]! + s]!
      signal[s]! += outgoing * quickTanh(input)
    }
  }
}

/** The rational function of Lambert's continued fraction: within 0.024 of tanh, monotone, exact at ±∞. */
function quickTanh(x: number): number {
  const u = x < -3 ? -3 : x > 3 ? 3 : x
  const square = u * u
  return (u * (27 + square)) / (27 + 9 * square)
}

/** A smooth curve per parent and the products of neighbouring ones. */
const gaussianProcessProducts: ColumnMechanism = (x, offset, count, signal, rng) => {
  const curves = Array.from(offset, (from) => MECHANISMS['gaussian-process'](Int32Array.of(from), rng))
  const product = Float64Array.from(offset, () => coin(rng) * between(rng, 0.5, 1.5))
  for (let s = 0; s < count; s++) {
    let before = 0
    for (let a = 0; a < curves.length; a++) {
      const value = curves[a]!(x, s)
      signal[s]! += value + (a > 0 ? product[a]! * value * before : 0)
      before = value
    }
  }
}

export const COLUMN_MECHANISMS = {
  linear,
  fourier,
  perceptron,
  polynomial: bySample('polynomial'),
  sigmoid: bySample('sigmoid'),
  'gp-product': gaussianProcessProducts,
  bump: bySample('bump'),
  step: bySample('step'),
  interaction: bySample('interaction'),
} as const satisfies Record<string, ColumnMechanism>

export type ColumnMechanismName = keyof typeof COLUMN_MECHANISMS
