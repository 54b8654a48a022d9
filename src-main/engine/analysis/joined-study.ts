import { environmentStarts, type Dataset } from '../../../src-shared/domain/dataset'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { observedMean } from '../../core/effects/observed-mean'

/** Fewer control samples than this do not move a new file onto the scale of the study. */
const SMALLEST_OWN_CONTROL = 3

/** A stored study with new experiments after its own, as the network reads it. */
export interface JoinedStudy {
  /** [n, d] rows sorted by environment: stored control, stored experiments, new experiments */
  readonly values: Float64Array
  readonly genes: number
  /** row offsets of all environments */
  readonly starts: Int32Array
  /** [d] 1 = the new data lack the gene */
  readonly missing: Uint8Array
  /** [K new, d] mean shift against the stored control (without one: against all stored samples), in its sd */
  readonly observedShift: Float64Array
  readonly warnings: readonly string[]
}

/**
 * Genes that the new data lack get the values of the stored reference, sample by sample: they look untouched, where a
 * constant would look like a fixed level. Control samples of the new data, when there are at least three, move each gene
 * so that their mean is the stored control's.
 */
export function joinNewExperiments(result: AnalysisResult, data: Dataset): JoinedStudy {
  const d = result.genes.length
  const { values: stored, samplesPerEnvironment, samples } = result.input
  const n = samples.length
  const ownStarts = environmentStarts(data.environmentOf, data.environments.length)
  const ownControl = ownStarts[1]!
  const added = data.samples.length - ownControl
  const reference = samplesPerEnvironment[0]! > 0 ? samplesPerEnvironment[0]! : n
  const column = new Map(data.genes.map((gene, index) => [gene, index]))
  const values = new Float64Array((n + added) * d)
  values.set(stored)
  const missing = new Uint8Array(d)
  let moved = false
  result.genes.forEach((gene, j) => {
    const from = column.get(gene)
    if (from === undefined) missing[j] = 1
    const value = (row: number): number => data.values[row * data.genes.length + from!]!
    let offset = 0
    if (from !== undefined && ownControl >= SMALLEST_OWN_CONTROL && samplesPerEnvironment[0]! > 0) {
      for (let r = 0; r < ownControl; r++) offset += value(r) / ownControl
      for (let r = 0; r < reference; r++) offset -= stored[r * d + j]! / reference
      moved ||= offset !== 0
    }
    for (let r = 0; r < added; r++)
      values[(n + r) * d + j] =
        from === undefined ? stored[(r % reference) * d + j]! : value(ownControl + r) - offset
  })
  const starts = joinStarts(samplesPerEnvironment, ownStarts)
  return {
    values,
    genes: d,
    starts,
    missing,
    observedShift: shifts(values, d, starts, samplesPerEnvironment.length - 1, reference, missing),
    warnings: remarks(result, data, missing, moved),
  }
}

function joinStarts(samplesPerEnvironment: readonly number[], own: Int32Array): Int32Array {
  const stored = samplesPerEnvironment.length
  const starts = new Int32Array(stored + own.length - 1)
  samplesPerEnvironment.forEach((count, k) => (starts[k + 1] = starts[k]! + count))
  for (let k = 2; k < own.length; k++) starts[stored + k - 1] = starts[stored]! + own[k]! - own[1]!
  return starts
}

function shifts(
  values: Float64Array,
  d: number,
  starts: Int32Array,
  stored: number,
  reference: number,
  missing: Uint8Array,
): Float64Array {
  const K = starts.length - 2 - stored
  const out = new Float64Array(K * d).fill(NaN)
  for (let j = 0; j < d; j++) {
    if (missing[j]) continue
    let mean = 0
    let square = 0
    for (let r = 0; r < reference; r++) mean += values[r * d + j]! / reference
    for (let r = 0; r < reference; r++) square += (values[r * d + j]! - mean) ** 2 / reference
    const sd = Math.max(Math.sqrt(square), 1e-6)
    for (let k = 0; k < K; k++)
      out[k * d + j] = (observedMean(values, d, starts, j, stored + 1 + k) - mean) / sd
  }
  return out
}

function remarks(result: AnalysisResult, data: Dataset, missing: Uint8Array, moved: boolean): string[] {
  const lacking = missing.reduce((sum, value) => sum + value, 0)
  return [
    ...(moved ? ['The values were centred on the control samples of the new file.'] : []),
    ...(data.transform === result.input.transform
      ? []
      : [
          `The new values were transformed by '${data.transform}', those of the study by '${result.input.transform}'.`,
        ]),
    ...(lacking === 0
      ? []
      : [
          `${lacking} of ${result.genes.length} genes are not in the new data; as targets they are not measured.`,
        ]),
  ]
}
