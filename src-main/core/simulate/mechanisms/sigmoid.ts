import { additive, randomSign } from './mechanism'

/**
 * Soft switches f(x) = a·u / (1 + |u|) with u = b(x + c), a ~ 1 + Exp(mean ¼), b ~ ±U(0.5, 2), c ~ U(−2, 2).
 * Source: Bühlmann, Peters and Ernest, "CAM: causal additive models", Annals of Statistics 42 (2014), section 4.1.
 */
export const sigmoid = additive((rng) => {
  const height = 1 + 0.25 * rng.exponential()
  const slope = randomSign(rng) * (0.5 + 1.5 * rng.next())
  const offset = 4 * rng.next() - 2
  return (x) => {
    const u = slope * (x + offset)
    return (height * u) / (1 + Math.abs(u))
  }
})
