import type { SampleQuality } from '../domain/sample-quality'

/**
 * Why a sample deserves a look. `low-total`, `few-genes`, `far-from-replicates`: more than three robust standard deviations
 * from the median of all samples, and by a least factor. `near-other`: it lies with another experiment than its own.
 */
export type SampleFlagKind = 'low-total' | 'few-genes' | 'far-from-replicates' | 'near-other'

export interface SampleFlag {
  /** row of the dataset */
  readonly sample: number
  readonly kind: SampleFlagKind
  /** of the sample, and of a usual one; both NaN for `near-other` */
  readonly value: number
  readonly usual: number
  /** the experiment it lies with, for `near-other` */
  readonly other: number | null
}

/** How a known target moves in its experiment. */
export interface TargetEngagement {
  readonly experiment: string
  readonly gene: string
  /** `not-analysed`: not among the genes of the network; `no-control`: fewer than three control samples */
  readonly state: 'moves' | 'hardly-moves' | 'other-way' | 'not-analysed' | 'no-control'
  /** mean of the experiment less mean of the control, on the scale of the analysis; NaN where it cannot be told */
  readonly change: number
  /** the change in standard deviations of the control */
  readonly spreads: number
  /** expected by the sample sheet or the user */
  readonly direction: 'up' | 'down' | null
  /** values of the control samples (a part of very many) and of the experiment's */
  readonly control: Float64Array
  readonly observed: Float64Array
}

/** What the window shows before a run: `quality` is null for data that did not come from a file. */
export interface SampleQualityView {
  /** [n] */
  readonly samples: readonly string[]
  /** [n] 0 = control, 1 … K */
  readonly environmentOf: Int32Array
  /** [K + 1] control first, '' = none */
  readonly environments: readonly string[]
  readonly quality: SampleQuality | null
  readonly flags: readonly SampleFlag[]
  readonly engagement: readonly TargetEngagement[]
}
