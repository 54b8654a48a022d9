import { gammaVariate } from './gamma-variate'
import { poissonVariate } from './poisson-variate'
import { createSfc32 } from './sfc32'
import { zigguratNormal } from './ziggurat-normal'

/** A seeded stream of random numbers. The same seed and stream give the same numbers on every host. */
export interface Rng {
  /** An integer in [0, 2³²), all 32 bits random. */
  uint32(): number
  /** Uniform in [0, 1): a multiple of 2⁻⁵³. */
  next(): number
  /** Uniform integer in [0, n), free of modulo bias. @returns NaN unless n is an integer in 1 .. 2³² */
  int(n: number): number
  /** Standard normal (ziggurat, 128 layers, Doornik 2005). */
  normal(): number
  /** Exponential with mean 1 (inversion). */
  exponential(): number
  /** Gamma with scale 1 (Marsaglia and Tsang 2000). @returns NaN unless shape > 0 */
  gamma(shape: number): number
  /** Poisson (products below a mean of 10, Hörmann's PTRS above). @returns NaN unless mean ≥ 0 */
  poisson(mean: number): number
  /** Student's t: normal / √(χ²(df) / df). @returns NaN unless df > 0 */
  studentT(df: number): number
  /** Laplace with location 0 and scale 1; its variance is 2. */
  laplace(): number
  /** Uniform random order in place (Fisher and Yates). */
  shuffle(items: Int32Array): void
  /** [4] the complete state; with `restore` a stopped calculation goes on with the same numbers. */
  state(): Int32Array
  restore(state: Int32Array): void
}

/**
 * Opens stream number `stream` of a seed.
 *
 * Parallel parts (chains, studies, environments) take one stream each, so what they draw does not depend
 * on how many workers there are or which of them runs first. Generator: see `sfc32.ts`; seed and stream
 * fill different words of its state, so distinct pairs are distinct starting points.
 *
 * @param seed integer in 0 .. 2⁵³ − 1
 * @param stream integer in 0 .. 2³² − 1
 */
export function createRng(seed: number, stream = 0): Rng {
  const { uint32, state, restore } = createSfc32(stream, seed % 2 ** 32, Math.floor(seed / 2 ** 32))

  function next(): number {
    const high = uint32() >>> 5
    return (high * 67108864 + (uint32() >>> 6)) * 2 ** -53
  }

  function int(n: number): number {
    if (!(Number.isInteger(n) && n >= 1 && n <= 2 ** 32)) return NaN
    const limit = 2 ** 32 - (2 ** 32 % n)
    for (;;) {
      const value = uint32()
      if (value < limit) return value % n
    }
  }

  function shuffle(items: Int32Array): void {
    for (let last = items.length - 1; last > 0; last--) {
      const pick = int(last + 1)
      const kept = items[last]!
      items[last] = items[pick]!
      items[pick] = kept
    }
  }

  const source = { uint32, next }
  const normal = (): number => zigguratNormal(source)
  const exponential = (): number => -Math.log(1 - next())
  return {
    uint32,
    next,
    int,
    normal,
    exponential,
    gamma: (shape) => gammaVariate(source, shape),
    poisson: (mean) => poissonVariate(source, mean),
    studentT: (df) => normal() / Math.sqrt((2 * gammaVariate(source, df / 2)) / df),
    laplace: () => (uint32() < 2 ** 31 ? exponential() : -exponential()),
    shuffle,
    state,
    restore,
  }
}
