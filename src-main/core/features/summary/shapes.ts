import { crossProduct, gramProduct } from '../../linalg/cross-product'
import { quickLog, quickTanh } from '../../linalg/quick-functions'
import { orderScratchLength, stableOrder } from '../../linalg/stable-order'
import { atLeast, indicesAtLeast, NO_INDICES, NO_NUMBERS } from './buffers'
import type { Correlations } from './correlations'
import type { StudyLayout } from './layout'
import type { Standardised } from './standardise'

/** Below this many reference samples bins hold fewer than three samples: the binned features are 0. */
const SMALLEST_BINNED = 12
/** Added to variances within bins before their logarithm. */
const BIN_VARIANCE_FLOOR = 0.02

/** How the joint distribution of two genes departs from a Gaussian one in the reference, [d, d] each, row = cause. */
export interface PairShapes {
  /** E[z_i² z_j]; its diagonal is the skewness */
  moment21: Float64Array
  /** E[z_i³ z_j] − 3 r_ij; its diagonal is the excess kurtosis */
  moment31: Float64Array
  /** E[z_i² z_j²] − 1 − 2 r_ij² */
  moment22: Float64Array
  /** E[tanh(z_i) z_j] */
  momentTanh: Float64Array
  /** correlation ratio of j on bins of i, minus r_ij² */
  ratioGain: Float64Array
  /** sd over bins of i of the log variance of j, minus what chance gives */
  heteroscedasticity: Float64Array
}

/**
 * Higher moments and binned features. docs/method.md, section 3. Samples of equal value are ordered by their
 * row before they are binned. The result is overwritten by the next call. Cost n₀ d².
 */
export function createPairShapes(): (
  study: Standardised,
  correlations: Correlations,
  layout: StudyLayout,
) => PairShapes {
  const out: PairShapes = {
    moment21: NO_NUMBERS,
    moment31: NO_NUMBERS,
    moment22: NO_NUMBERS,
    momentTanh: NO_NUMBERS,
    ratioGain: NO_NUMBERS,
    heteroscedasticity: NO_NUMBERS,
  }
  let squares = NO_NUMBERS
  let cubes = NO_NUMBERS
  let saturated = NO_NUMBERS
  let order = NO_INDICES
  let scratch = NO_INDICES

  return (study, { correlation }, layout) => {
    const { genes: d, referenceRows: r, referenceCount } = layout
    const size = d * d
    out.moment21 = atLeast(out.moment21, size)
    out.moment31 = atLeast(out.moment31, size)
    out.moment22 = atLeast(out.moment22, size)
    out.momentTanh = atLeast(out.momentTanh, size)
    out.ratioGain = atLeast(out.ratioGain, size)
    out.heteroscedasticity = atLeast(out.heteroscedasticity, size)
    squares = atLeast(squares, d * r)
    cubes = atLeast(cubes, d * r)
    saturated = atLeast(saturated, d * r)
    order = indicesAtLeast(order, r)
    scratch = indicesAtLeast(scratch, orderScratchLength(r))
    const { reference } = study

    for (let t = 0; t < d * r; t++) {
      const z = reference[t]!
      squares[t] = z * z
      cubes[t] = z * z * z
      saturated[t] = quickTanh(z)
    }
    crossProduct(squares, 0, d, reference, d, r, out.moment21)
    crossProduct(cubes, 0, d, reference, d, r, out.moment31)
    gramProduct(squares, d, r, out.moment22)
    crossProduct(saturated, 0, d, reference, d, r, out.momentTanh)
    for (let i = 0; i < size; i++) {
      const c = correlation[i]!
      out.moment21[i]! /= referenceCount
      out.moment31[i] = out.moment31[i]! / referenceCount - 3 * c
      out.moment22[i] = out.moment22[i]! / referenceCount - 1 - 2 * c * c
      out.momentTanh[i]! /= referenceCount
    }
    if (referenceCount < SMALLEST_BINNED) {
      out.ratioGain.fill(0)
      out.heteroscedasticity.fill(0)
      return out
    }
    const bins = Math.max(4, Math.min(16, Math.round(Math.sqrt(referenceCount) / 1.5)))
    for (let i = 0; i < d; i++) {
      stableOrder(reference, i * r, r, order, scratch)
      for (let j = 0; j < d; j += 2)
        takeBinned(reference, j, j + 1 < d ? j + 1 : j, order, bins, layout, out, i)
    }
    for (let i = 0; i < size; i++) out.ratioGain[i]! -= correlation[i]! ** 2
    return out
  }
}

/**
 * Bins of equal count along `order`: share of the variance between them, spread of the log variance over them.
 * Two effects at a time (the second may repeat the first), so that their sums overlap in the processor.
 */
function takeBinned(
  z: Float64Array,
  first: number,
  second: number,
  order: Int32Array,
  bins: number,
  layout: StudyLayout,
  out: PairShapes,
  cause: number,
): void {
  const { genes: d, referenceRows: r, referenceCount } = layout
  const from = first * r
  const fromSecond = second * r
  let within = 0
  let withinSecond = 0
  let logs = 0
  let logsSecond = 0
  let squaredLogs = 0
  let squaredLogsSecond = 0
  let low = 0
  for (let b = 1; b <= bins; b++) {
    const high = Math.floor((b * r) / bins)
    let sum = 0
    let sumSecond = 0
    let squares = 0
    let squaresSecond = 0
    for (let q = low; q < high; q++) {
      const t = order[q]!
      const x = z[from + t]!
      const y = z[fromSecond + t]!
      sum += x
      sumSecond += y
      squares += x * x
      squaresSecond += y * y
    }
    const size = high - low
    const about = squares - (sum * sum) / size
    const aboutSecond = squaresSecond - (sumSecond * sumSecond) / size
    within += about
    withinSecond += aboutSecond
    const log = quickLog(about / (size - 1) + BIN_VARIANCE_FLOOR)
    const logSecond = quickLog(aboutSecond / (size - 1) + BIN_VARIANCE_FLOOR)
    logs += log
    logsSecond += logSecond
    squaredLogs += log * log
    squaredLogsSecond += logSecond * logSecond
    low = high
  }
  const chance = Math.sqrt(2 / (r / bins - 1))
  const at = cause * d
  out.ratioGain[at + first] = 1 - within / (referenceCount - bins)
  out.ratioGain[at + second] = 1 - withinSecond / (referenceCount - bins)
  out.heteroscedasticity[at + first] = spread(logs, squaredLogs, bins) - chance
  out.heteroscedasticity[at + second] = spread(logsSecond, squaredLogsSecond, bins) - chance
}

function spread(sum: number, squares: number, n: number): number {
  return Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2))
}
