/** A control of fewer samples says too little about spread and correlation; it still gives the mean. */
const SMALLEST_CONTROL = 5
/** Degrees of freedom within the environments below which all samples serve as reference. */
const FEWEST_DEGREES = 5

/**
 * Which samples serve as the reference (spread, correlations, shapes).
 * `control`: the control samples. `within`: all samples, centred within their environment.
 * `all`: all samples about their common mean, when hardly any environment has a second sample.
 */
export type ReferenceKind = 'control' | 'within' | 'all'

/** How the rows of a study are used. */
export interface StudyLayout {
  readonly genes: number
  /** K ≥ 1; a study without experiments has one empty experiment */
  readonly experiments: number
  readonly samples: number
  /** control rows; they are the first rows */
  readonly controlRows: number
  /** row where each experiment begins, and the end [K+1] */
  readonly starts: Int32Array
  readonly largestExperiment: number
  readonly reference: ReferenceKind
  readonly referenceRows: number
  /** degrees of freedom of the reference, n₀ of its moments */
  readonly referenceCount: number
  /** samples behind the control mean, n₀ of its standard errors */
  readonly controlCount: number
  /** degrees of freedom of the covariance pooled within environments */
  readonly pooledCount: number
  readonly noControl: boolean
}

/** @param starts [K+2] first row of each environment, control first, and the end */
export function layOutStudy(d: number, starts: Int32Array): StudyLayout {
  const K = starts.length - 2
  const samples = starts[K + 1]!
  const controlRows = starts[1]!
  let environments = controlRows > 0 ? 1 : 0
  let largestExperiment = 0
  for (let k = 1; k <= K; k++) {
    const size = starts[k + 1]! - starts[k]!
    if (size > 0) environments++
    if (size > largestExperiment) largestExperiment = size
  }
  const within = samples - environments
  const reference = controlRows >= SMALLEST_CONTROL ? 'control' : within >= FEWEST_DEGREES ? 'within' : 'all'
  const referenceCount =
    reference === 'control' ? controlRows : Math.max(2, reference === 'within' ? within : samples - 1)
  return {
    genes: d,
    experiments: Math.max(1, K),
    samples,
    controlRows,
    starts: K > 0 ? starts.slice(1) : Int32Array.of(samples, samples),
    largestExperiment,
    reference,
    referenceRows: reference === 'control' ? controlRows : samples,
    referenceCount,
    controlCount: controlRows > 0 ? controlRows : referenceCount,
    pooledCount: Math.max(1, within),
    noControl: controlRows === 0,
  }
}
