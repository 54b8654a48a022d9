import type { Rng } from '../../random/rng'
import type { Rows } from './cells'
import type { Design } from './design'
import { between, logBetween } from './draws'

/**
 * The rows and genes that were measured, as [n, d]. Units of genes differ: nothing but order within a gene
 * and ratios of differences carry information.
 *
 * @param rescaled draw unit and origin of every gene
 */
export function collectValues(
  x: Float64Array,
  rows: Rows,
  measured: Int32Array,
  rescaled: boolean,
  rng: Rng,
): Float64Array {
  const d = measured.length
  const n = rows.count - rows.hidden
  const values = new Float64Array(n * d)
  for (let g = 0; g < d; g++) {
    const from = measured[g]! * rows.count + rows.hidden
    const unit = rescaled ? logBetween(rng, 0.2, 5) : 1
    const origin = rescaled ? between(rng, -5, 5) : 0
    for (let s = 0; s < n; s++) values[s * d + g] = origin + unit * x[from + s]!
  }
  return values
}

/** [K + 2] row offsets without the hidden samples. */
export function environmentOffsets(rows: Rows): Int32Array {
  const starts = new Int32Array(rows.first.length + 1)
  for (let k = 0; k < rows.first.length; k++) starts[k + 1] = rows.first[k]! - rows.hidden
  return starts
}

/** [K, d] what is done to genes that are measured. */
export function measuredTargets({ sizes, actionKind }: Design, D: number, measured: Int32Array): Uint8Array {
  const d = measured.length
  const targets = new Uint8Array(sizes.length * d)
  for (let k = 0; k < sizes.length; k++)
    for (let g = 0; g < d; g++) targets[k * d + g] = actionKind[k * D + measured[g]!] ? 1 : 0
  return targets
}
