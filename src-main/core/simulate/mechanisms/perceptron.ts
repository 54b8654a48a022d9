import type { MechanismSource } from './mechanism'

const HIDDEN = 12

/** A random network of one hidden layer on all parents together: not additive. */
export const perceptron: MechanismSource = (parents, rng) => {
  const count = parents.length
  const inputWeight = Float64Array.from({ length: HIDDEN * count }, () => 1.3 * rng.normal())
  const bias = Float64Array.from({ length: HIDDEN }, () => rng.normal())
  const outputWeight = Float64Array.from({ length: HIDDEN }, () => rng.normal())
  return (x, row) => {
    let sum = 0
    for (let h = 0; h < HIDDEN; h++) {
      let input = bias[h]!
      for (let i = 0; i < count; i++) input += inputWeight[h * count + i]! * x[row + parents[i]!]!
      sum += outputWeight[h]! * Math.tanh(input)
    }
    return sum
  }
}
