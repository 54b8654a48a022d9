import { logGamma } from '../linalg/log-gamma'
import type { UniformSource } from './uniform-source'

/** From this mean on the transformed rejection is valid (Hörmann 1993, section 3) and faster. */
const REJECTION_FROM = 10

/**
 * A draw from the Poisson distribution.
 *
 * Below a mean of 10: counts the uniforms whose running product stays above e^(−mean) (exact, mean + 1
 * uniforms). From 10: transformed rejection, constant cost.
 * Source: W. Hörmann, "The transformed rejection method for generating Poisson random variables",
 * Insurance: Mathematics and Economics 12 (1993) 39–45, algorithm PTRS.
 *
 * @returns NaN unless mean ≥ 0 and finite
 */
export function poissonVariate(source: UniformSource, mean: number): number {
  if (!(mean >= 0 && mean < Infinity)) return NaN
  return mean < REJECTION_FROM ? byProducts(source, mean) : byRejection(source, mean)
}

function byProducts(source: UniformSource, mean: number): number {
  const limit = Math.exp(-mean)
  let count = 0
  let product = source.next()
  while (product > limit) {
    product *= source.next()
    count++
  }
  return count
}

function byRejection(source: UniformSource, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean)
  const a = -0.059 + 0.02483 * b
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
  const certain = 0.9277 - 3.6224 / (b - 2)
  const logMean = Math.log(mean)
  for (;;) {
    const u = source.next() - 0.5
    const v = 1 - source.next()
    const us = 0.5 - Math.abs(u)
    const count = Math.floor(((2 * a) / us + b) * u + mean + 0.43)
    if (us >= 0.07 && v <= certain) return count
    if (count < 0 || (us < 0.013 && v > us)) continue
    const logAccept = Math.log(v) + Math.log(inverseAlpha) - Math.log(a / (us * us) + b)
    if (logAccept <= count * logMean - mean - logGamma(count + 1)) return count
  }
}
