import type { Rng } from '../../random/rng'

export const chance = (rng: Rng, probability: number): boolean => rng.next() < probability

export const between = (rng: Rng, low: number, high: number): number => low + (high - low) * rng.next()

/** Uniform in the logarithm. */
export const logBetween = (rng: Rng, low: number, high: number): number =>
  low * Math.exp(Math.log(high / low) * rng.next())

export const pick = <T>(rng: Rng, items: readonly T[]): T => items[rng.int(items.length)]!

export const coin = (rng: Rng): number => (rng.next() < 0.5 ? -1 : 1)

/** Mean and sd (with a floor that keeps divisions finite) of column[0 .. count). */
export function columnMoments(column: Float64Array, count: number): { mean: number; sd: number } {
  let sum = 0
  for (let s = 0; s < count; s++) sum += column[s]!
  const mean = sum / count
  let squares = 0
  for (let s = 0; s < count; s++) {
    const centred = column[s]! - mean
    squares += centred * centred
  }
  return { mean, sd: Math.sqrt(squares / count) }
}
