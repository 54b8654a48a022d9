import { FEATURES_PER_GENE } from '../../features/basis'

/**
 * Rotates the rows of every experiment by the Helmert matrix: n − 1 contrasts, then √n · mean.
 * An orthogonal change of samples: Grams, and so the evidence, stay the same. Rows of the control are kept.
 *
 * @param features [N, d, 7]; the last feature is constant within an experiment, its contrasts are exactly 0
 * @param out [N, d, 7]
 */
export function rotateFeatures(
  features: Float64Array,
  d: number,
  starts: Int32Array,
  out: Float64Array,
): void {
  const width = d * FEATURES_PER_GENE
  out.set(features)
  const sum = new Float64Array(width)
  for (let k = 1; k + 1 < starts.length; k++) {
    const from = starts[k]!
    const n = starts[k + 1]! - from
    if (n === 0) continue
    sum.set(features.subarray(from * width, (from + 1) * width))
    for (let r = 1; r < n; r++) {
      const scale = 1 / Math.sqrt(r * (r + 1))
      const source = (from + r) * width
      const target = (from + r - 1) * width
      for (let c = 0; c < width; c++) {
        const x = features[source + c]!
        out[target + c] = c % FEATURES_PER_GENE === FEATURES_PER_GENE - 1 ? 0 : (sum[c]! - r * x) * scale
        sum[c]! += x
      }
    }
    const scale = 1 / Math.sqrt(n)
    const target = (from + n - 1) * width
    for (let c = 0; c < width; c++) out[target + c] = sum[c]! * scale
  }
}

/** The same rotation for one gene as an effect. @param effects [N, d] @param out [N] */
export function rotateEffects(
  effects: Float64Array,
  d: number,
  gene: number,
  starts: Int32Array,
  out: Float64Array,
): void {
  for (let r = 0; r < starts[1]!; r++) out[r] = effects[r * d + gene]!
  for (let k = 1; k + 1 < starts.length; k++) {
    const from = starts[k]!
    const n = starts[k + 1]! - from
    if (n === 0) continue
    let sum = effects[from * d + gene]!
    for (let r = 1; r < n; r++) {
      const x = effects[(from + r) * d + gene]!
      out[from + r - 1] = (sum - r * x) / Math.sqrt(r * (r + 1))
      sum += x
    }
    out[from + n - 1] = sum / Math.sqrt(n)
  }
}
