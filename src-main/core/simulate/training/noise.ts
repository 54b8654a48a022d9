import type { Rng } from '../../random/rng'

export type NoiseKind = 'normal' | 'laplace' | 'uniform' | 'exponential' | 'student-t'

/** Scales of Student's t that a study draws once and then picks from: a mixture of this many normals. */
const SCALES = 1024

/** Fills noise[0 .. count) with draws of mean 0 and variance 1. @param df of Student's t, above 2 */
export function fillNoise(kind: NoiseKind, df: number, noise: Float64Array, count: number, rng: Rng): void {
  switch (kind) {
    case 'normal':
      for (let s = 0; s < count; s++) noise[s] = rng.normal()
      return
    case 'laplace':
      for (let s = 0; s < count; s++) noise[s] = rng.laplace() * Math.SQRT1_2
      return
    case 'uniform':
      for (let s = 0; s < count; s++) noise[s] = (rng.next() - 0.5) * Math.sqrt(12)
      return
    case 'exponential':
      for (let s = 0; s < count; s++) noise[s] = rng.exponential() - 1
      return
    case 'student-t': {
      // normal / √(χ²(df) / df), with √ of the mean square of the drawn scales taken out
      const scales = Float64Array.from(
        { length: Math.min(SCALES, count) },
        () => 1 / Math.sqrt(rng.gamma(df / 2)),
      )
      let squares = 0
      for (const scale of scales) squares += scale * scale
      const norm = Math.sqrt(scales.length / squares)
      for (let s = 0; s < count; s++) noise[s] = rng.normal() * norm * scales[rng.int(scales.length)]!
    }
  }
}

/** From this shape on the cube of a normal is within a percent of the gamma distribution. */
const CUBE_FROM = 1

/**
 * A draw from the gamma distribution with mean `shape` and scale 1, fast for shapes of 1 and more:
 * shape · (1 − 1/(9 shape) + z/(3√shape))³. Source: Wilson and Hilferty, PNAS 17 (1931) 684–688.
 */
export function quickGamma(shape: number, rng: Rng): number {
  if (shape < CUBE_FROM) return rng.gamma(shape)
  const root = 1 - 1 / (9 * shape) + rng.normal() / (3 * Math.sqrt(shape))
  return root > 0 ? shape * root * root * root : 0
}
