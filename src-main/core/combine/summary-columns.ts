import {
  EXPERIMENT_FEATURES,
  GLOBAL_CENTRES,
  GLOBAL_FEATURES,
  PAIR_FEATURES,
  type StudySummary,
} from '../features/summary'

type PairFeature = (typeof PAIR_FEATURES)[number]
type ExperimentFeature = (typeof EXPERIMENT_FEATURES)[number]

/** One pair feature as a matrix [d, d], row = cause. */
export function pairColumn({ pair, genes: d }: StudySummary, name: PairFeature): Float64Array {
  return column(pair, d * d, PAIR_FEATURES.length, PAIR_FEATURES.indexOf(name))
}

/** One experiment feature as a matrix [K, d]. */
export function experimentColumn(
  { experiment, genes: d, experiments: K }: StudySummary,
  name: ExperimentFeature,
): Float64Array {
  return column(experiment, K * d, EXPERIMENT_FEATURES.length, EXPERIMENT_FEATURES.indexOf(name))
}

function column(x: Float32Array, rows: number, width: number, at: number): Float64Array {
  const out = new Float64Array(rows)
  for (let i = 0; i < rows; i++) out[i] = x[i * width + at]!
  return out
}

/** Sample counts and sizes of a study, read back from its global features. */
export interface StudySizes {
  readonly controlSamples: number
  /** [K] */
  readonly experimentSamples: Float64Array
  readonly noControl: boolean
}

export function studySizes({ global, experiments: K }: StudySummary): StudySizes {
  const width = GLOBAL_FEATURES.length
  const experimentSamples = new Float64Array(K)
  for (let k = 0; k < K; k++)
    experimentSamples[k] = Math.round(Math.exp(global[k * width + 1]! + GLOBAL_CENTRES.experimentSamples))
  return {
    controlSamples: Math.round(Math.exp(global[0]! + GLOBAL_CENTRES.samples)),
    experimentSamples,
    noControl: global[4] === 1,
  }
}
