import { additive, randomSign, type MechanismSource } from './mechanism'

/** Cubics with random coefficients; tamed beyond two control sd, where a cubic would swamp everything else. */
export const polynomial = additive((rng) => {
  const [a, b, c] = [rng.normal(), rng.normal(), 0.5 * rng.normal()]
  return (x) => {
    const u = 2 * Math.tanh(x / 2)
    return u * (a + u * (b + u * c))
  }
})

/** A threshold that switches the gene on or off. */
export const step = additive((rng) => {
  const height = randomSign(rng) * (1 + rng.next())
  const threshold = 2 * rng.next() - 1
  return (x) => (x > threshold ? height : 0)
})

/** A response at medium levels of the parent only. */
export const bump = additive((rng) => {
  const height = randomSign(rng) * (1 + rng.next())
  const centre = 2 * rng.next() - 1
  const width = 0.5 + rng.next()
  return (x) => height * Math.exp(-0.5 * ((x - centre) / width) ** 2)
})

/** Straight lines plus the product of neighbouring parents: one regulator changes what the other does. */
export const interaction: MechanismSource = (parents, rng) => {
  const count = parents.length
  const slope = Float64Array.from({ length: count }, () => randomSign(rng) * (0.5 + rng.next()))
  const product = Float64Array.from(
    { length: Math.max(0, count - 1) },
    () => randomSign(rng) * (0.5 + rng.next()),
  )
  return (x, row) => {
    let sum = 0
    for (let i = 0; i < count; i++) {
      const value = x[row + parents[i]!]!
      sum += slope[i]! * value
      if (i > 0) sum += product[i - 1]! * Math.tanh(value) * x[row + parents[i - 1]!]!
    }
    return sum
  }
}
