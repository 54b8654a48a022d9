import type { Dataset } from '../../src-shared/domain/dataset'
import { createRng } from '../../src-main/core/random/rng'

/** A chain g0 → g1 → … with experiments that shift one gene each; sizes: samples per environment, control first. */
export function chainStudy(d: number, sizes: readonly number[], seed = 1): Dataset {
  const rng = createRng(seed)
  const n = sizes.reduce((a, b) => a + b, 0)
  const values = new Float64Array(n * d)
  const environmentOf = new Int32Array(n)
  let row = 0
  sizes.forEach((size, k) => {
    for (let i = 0; i < size; i++, row++) {
      environmentOf[row] = k
      for (let j = 0; j < d; j++)
        values[row * d + j] =
          (j > 0 ? 0.9 * values[row * d + j - 1]! : 0) +
          0.7 * rng.normal() +
          (k > 0 && (k - 1) % d === j ? 3 : 0)
    }
  })
  return {
    name: 'chain',
    genes: Array.from({ length: d }, (_, j) => `g${j}`),
    samples: Array.from({ length: n }, (_, r) => `s${r}`),
    values,
    environmentOf,
    environments: ['control', ...sizes.slice(1).map((_, k) => `e${k + 1}`)],
    transform: 'none',
    files: [],
  }
}
