import type { Rng } from '../../random/rng'

/**
 * How the parents of a gene act on it: the value of f for the sample whose row begins at `row` of `x`.
 * The mechanism holds its parents' column numbers, so one call allocates nothing.
 */
export type Mechanism = (x: Float64Array, row: number) => number

/** Draws one mechanism of a family for a gene with these parents (at least one). */
export type MechanismSource = (parents: Int32Array, rng: Rng) => Mechanism

/** ±1 with equal probability. */
export function randomSign(rng: Rng): number {
  return rng.int(2) === 0 ? 1 : -1
}

/** A function of one parent: position along its axis → value. */
export type Curve = (x: number) => number

/** The family of sums of one random curve per parent. */
export function additive(drawCurve: (rng: Rng) => Curve): MechanismSource {
  return (parents, rng) => {
    const curves = Array.from(parents, () => drawCurve(rng))
    return (x, row) => {
      let sum = 0
      for (let i = 0; i < curves.length; i++) sum += curves[i]!(x[row + parents[i]!]!)
      return sum
    }
  }
}
