import { additive, randomSign } from './mechanism'

/** Straight lines with slopes of ±U(0.5, 2). */
export const linear = additive((rng) => {
  const slope = randomSign(rng) * (0.5 + 1.5 * rng.next())
  return (x) => slope * x
})
