import { atLeast, NO_NUMBERS } from './buffers'
import type { StudyLayout } from './layout'

const CLIP = 8

/** How often a gene sits at its floor, the value that dropout and silence give. */
export interface Floors {
  /** [d] share of control samples at the floor; of all samples without a control */
  share: Float64Array
  /** [K, d] asinh of the standardised change of that share in an experiment, halved and clipped at ±8 */
  shift: Float64Array
}

/**
 * Floor = smallest value of a gene over all samples, when at least two samples share it; otherwise no sample is
 * at a floor. Shift: asinh((p_k − p₀)/√(p(1−p)(1/n₀ + 1/n_k) + 1e-3))/2, p pooled over both.
 * The result is overwritten by the next call.
 */
export function createFloors(): (values: Float64Array, layout: StudyLayout) => Floors {
  const out: Floors = { share: NO_NUMBERS, shift: NO_NUMBERS }

  return (values, layout) => {
    const { genes: d, experiments: K, samples: n, controlRows, starts } = layout
    out.share = atLeast(out.share, d)
    out.shift = atLeast(out.shift, K * d)
    const referenceRows = controlRows > 0 ? controlRows : n
    for (let j = 0; j < d; j++) {
      let floor = Infinity
      let atFloor = 0
      for (let t = 0; t < n; t++) {
        const x = values[t * d + j]!
        if (x < floor) {
          floor = x
          atFloor = 1
        } else if (x === floor) atFloor++
      }
      // a single smallest value is no floor
      if (atFloor < 2) floor = -Infinity
      const inReference = countAt(values, d, j, 0, referenceRows, floor)
      const share = referenceRows > 0 ? inReference / referenceRows : 0
      out.share[j] = share
      for (let k = 0; k < K; k++) {
        const size = starts[k + 1]! - starts[k]!
        if (size === 0) {
          out.shift[k * d + j] = 0
          continue
        }
        const count = countAt(values, d, j, starts[k]!, starts[k + 1]!, floor)
        const p = (inReference + count) / (referenceRows + size)
        const spread = Math.sqrt(p * (1 - p) * (1 / referenceRows + 1 / size) + 1e-3)
        const shift = Math.asinh((count / size - share) / spread) / 2
        out.shift[k * d + j] = Math.max(-CLIP, Math.min(CLIP, shift))
      }
    }
    return out
  }
}

function countAt(values: Float64Array, d: number, j: number, from: number, to: number, x: number): number {
  let count = 0
  for (let t = from; t < to; t++) if (values[t * d + j] === x) count++
  return count
}
