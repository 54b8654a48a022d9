import type { UniformSource } from './uniform-source'
import { zigguratNormal } from './ziggurat-normal'

/**
 * A draw from the gamma distribution with the given shape and scale 1 (mean and variance `shape`).
 *
 * Source: G. Marsaglia and W. W. Tsang, "A simple method for generating gamma variables", ACM TOMS 26
 * (2000) 363–372; shapes below 1 through Gamma(a) = Gamma(a + 1) · U^(1/a).
 *
 * @returns NaN unless shape > 0
 */
export function gammaVariate(source: UniformSource, shape: number): number {
  if (!(shape > 0)) return NaN
  if (shape < 1) return gammaVariate(source, shape + 1) * (1 - source.next()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = zigguratNormal(source)
    const root = 1 + c * x
    if (root <= 0) continue
    const v = root * root * root
    if (Math.log(1 - source.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}
