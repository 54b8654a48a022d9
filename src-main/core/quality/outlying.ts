import { MAD_OF_NORMAL, medianOf } from '../linalg/median'

/** robust standard deviations from the median (McCarthy et al. 2017, Bioinformatics 33:1179: `isOutlier`, nmads = 3) */
const FAR = 3
/** fewer values have no usual size */
const FEWEST = 5

export interface Outlying {
  /** ascending positions */
  readonly positions: readonly number[]
  /** the usual value: the median; NaN where there are too few values */
  readonly usual: number
}

/**
 * Values far below or above the others on the scale of ratios: |log x − median log x| > 3 MAD / 0.6745, and by a factor of at
 * least `leastFactor`, which keeps a set of nearly equal values from having outliers.
 *
 * @param values positive; others are passed over, except that 0 lies below everything
 * @param leastFactor above 1
 */
export function outlying(values: ArrayLike<number>, side: 'below' | 'above', leastFactor: number): Outlying {
  const logs = Float64Array.from(values, (value) => Math.log(value))
  const known = logs.filter((value) => Number.isFinite(value))
  if (known.length < FEWEST) return { positions: [], usual: NaN }
  const centre = medianOf(known)
  const deviation = medianOf(known.map((value) => Math.abs(value - centre))) / MAD_OF_NORMAL
  const bound = Math.max(FAR * deviation, Math.log(leastFactor))
  const sign = side === 'below' ? -1 : 1
  const positions: number[] = []
  for (let at = 0; at < logs.length; at++) if (sign * (logs[at]! - centre) > bound) positions.push(at)
  return { positions, usual: Math.exp(centre) }
}
