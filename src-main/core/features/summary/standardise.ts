import { atLeast, NO_NUMBERS } from './buffers'
import type { StudyLayout } from './layout'

/** Standardised values are clipped here, so that one wild sample cannot decide a moment. */
const CLIP = 6
/** Added to the sd of the reference: a constant gene stays finite. */
const SMALLEST_SD = 1e-3

/** A study in units of its reference. Buffers may be longer than the shape; r = reference rows, e = residual rows. */
export interface Standardised {
  /** [d, r] reference samples */
  reference: Float64Array
  /** [d] mean of `reference` (not exactly 0 once clipped) */
  referenceMean: Float64Array
  /** [K, d] experiment mean − control mean; 0 for an experiment without samples */
  difference: Float64Array
  /** [e, d] samples of the experiments about their experiment's mean; a control that is not the reference follows */
  residualRows: Float64Array
  /** [d, e] the same, transposed */
  residualColumns: Float64Array
  residualCount: number
}

/**
 * z = clip((x − μ)/(sd + 1e-3), ±6) with the mean and sd of the control. docs/method.md, section 3.
 *
 * Fewer than 5 control samples: sd and reference are all samples centred within their environment; μ stays the
 * control mean. No control: μ is the median over experiments of the experiment means.
 *
 * @returns a function of values [n, d] whose result is overwritten by its next call
 */
export function createStandardiser(): (values: Float64Array, layout: StudyLayout) => Standardised {
  const out: Standardised = {
    reference: NO_NUMBERS,
    referenceMean: NO_NUMBERS,
    difference: NO_NUMBERS,
    residualRows: NO_NUMBERS,
    residualColumns: NO_NUMBERS,
    residualCount: 0,
  }
  let environmentMean = NO_NUMBERS
  let location = NO_NUMBERS
  let scale = NO_NUMBERS
  let standardMean = NO_NUMBERS

  return (values, layout) => {
    const { genes: d, experiments: K, samples: n, controlRows, referenceRows: r } = layout
    const controlIsResidual = layout.reference !== 'control' && controlRows > 0
    const e = n - controlRows + (controlIsResidual ? controlRows : 0)
    environmentMean = atLeast(environmentMean, (K + 1) * d)
    location = atLeast(location, d)
    scale = atLeast(scale, d)
    standardMean = atLeast(standardMean, d)
    out.reference = atLeast(out.reference, d * r)
    out.referenceMean = atLeast(out.referenceMean, d)
    out.difference = atLeast(out.difference, K * d)
    out.residualRows = atLeast(out.residualRows, e * d)
    out.residualColumns = atLeast(out.residualColumns, e * d)
    out.residualCount = e

    takeEnvironmentMeans(values, layout, environmentMean)
    if (controlRows > 0) location.set(environmentMean.subarray(0, d))
    else takeMedians(environmentMean, layout, location)
    takeReference(values, layout, environmentMean, scale, out)

    // experiments, then a control that is not the reference
    for (let k = 0; k < K; k++) {
      const from = layout.starts[k]!
      const to = layout.starts[k + 1]!
      standardiseRows(values, d, from, to, from - controlRows, location, scale, standardMean, out)
      for (let j = 0; j < d; j++) out.difference[k * d + j] = from < to ? standardMean[j]! : 0
    }
    if (controlRows > 0) {
      if (controlIsResidual)
        standardiseRows(values, d, 0, controlRows, n - controlRows, location, scale, standardMean, out)
      else standardMean.set(out.referenceMean.subarray(0, d))
      for (let k = 0; k < K; k++)
        if (layout.starts[k]! < layout.starts[k + 1]!)
          for (let j = 0; j < d; j++) out.difference[k * d + j]! -= standardMean[j]!
    }
    return out
  }
}

function takeEnvironmentMeans(values: Float64Array, layout: StudyLayout, mean: Float64Array): void {
  const { genes: d, experiments: K, controlRows, starts } = layout
  for (let environment = 0; environment <= K; environment++) {
    const from = environment === 0 ? 0 : starts[environment - 1]!
    const to = environment === 0 ? controlRows : starts[environment]!
    const at = environment * d
    mean.fill(0, at, at + d)
    for (let t = from; t < to; t++) for (let j = 0; j < d; j++) mean[at + j]! += values[t * d + j]!
    if (to > from) for (let j = 0; j < d; j++) mean[at + j]! /= to - from
  }
}

/** Median over the experiments that have samples. */
function takeMedians(environmentMean: Float64Array, layout: StudyLayout, location: Float64Array): void {
  const { genes: d, experiments: K, starts } = layout
  const sorted = new Float64Array(K)
  for (let j = 0; j < d; j++) {
    let count = 0
    for (let k = 0; k < K; k++)
      if (starts[k + 1]! > starts[k]!) sorted[count++] = environmentMean[(k + 1) * d + j]!
    const used = sorted.subarray(0, count).sort()
    const half = count >> 1
    location[j] = count === 0 ? 0 : count % 2 ? used[half]! : (used[half - 1]! + used[half]!) / 2
  }
}

function takeReference(
  values: Float64Array,
  layout: StudyLayout,
  environmentMean: Float64Array,
  scale: Float64Array,
  out: Standardised,
): void {
  const { genes: d, experiments: K, samples: n, controlRows, starts, referenceRows: r } = layout
  const { reference, referenceMean } = out
  for (let j = 0; j < d; j++) {
    let common = 0
    if (layout.reference === 'all' && n > 0) {
      for (let t = 0; t < n; t++) common += values[t * d + j]!
      common /= n
    }
    let squares = 0
    let environment = 0
    let end = controlRows
    for (let t = 0; t < r; t++) {
      while (t >= end && environment < K) end = starts[++environment]!
      const x =
        values[t * d + j]! - (layout.reference === 'all' ? common : environmentMean[environment * d + j]!)
      reference[j * r + t] = x
      squares += x * x
    }
    scale[j] = Math.sqrt(squares / layout.referenceCount) + SMALLEST_SD
    let sum = 0
    for (let t = 0; t < r; t++) {
      const x = clip(reference[j * r + t]! / scale[j]!)
      reference[j * r + t] = x
      sum += x
    }
    referenceMean[j] = r > 0 ? sum / r : 0
  }
}

/** Rows [from, to) standardised and centred go to the residuals at row `at`; their mean to `mean`. */
function standardiseRows(
  values: Float64Array,
  d: number,
  from: number,
  to: number,
  at: number,
  location: Float64Array,
  scale: Float64Array,
  mean: Float64Array,
  out: Standardised,
): void {
  const { residualRows: rows, residualColumns: columns, residualCount: e } = out
  mean.fill(0, 0, d)
  for (let t = from; t < to; t++) {
    const row = (at + t - from) * d
    for (let j = 0; j < d; j++) {
      const x = clip((values[t * d + j]! - location[j]!) / scale[j]!)
      rows[row + j] = x
      mean[j]! += x
    }
  }
  if (to > from) for (let j = 0; j < d; j++) mean[j]! /= to - from
  for (let t = at; t < at + to - from; t++)
    for (let j = 0; j < d; j++) columns[j * e + t] = rows[t * d + j]! -= mean[j]!
}

function clip(x: number): number {
  return x < -CLIP ? -CLIP : x > CLIP ? CLIP : x
}
