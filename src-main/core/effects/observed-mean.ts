/**
 * Mean of a gene over the samples of an environment.
 *
 * @param values [n, d] rows sorted by environment
 * @param starts row offsets of the environments
 * @returns NaN for an environment without samples
 */
export function observedMean(
  values: Float64Array,
  d: number,
  starts: Int32Array,
  gene: number,
  environment: number,
): number {
  const from = starts[environment]!
  const to = starts[environment + 1]!
  let sum = 0
  for (let r = from; r < to; r++) sum += values[r * d + gene]!
  return to > from ? sum / (to - from) : NaN
}
