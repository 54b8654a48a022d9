import type { OutsideRange, PartLogOdds } from './answer-parts'
import type { TargetKind } from './result'
import type { RunMode } from './run-settings'

/** Values are in control standard deviations of the gene unless said otherwise. */
export interface EdgeEvidence {
  readonly source: string
  readonly target: string
  readonly probability: number
  readonly reverseProbability: number
  readonly effect: number
  readonly effectLow: number
  readonly effectHigh: number
  /** largest difference of the probability between chains */
  readonly chainDifference: number
  /** fitted mechanism along the cause, other parents at their control mean; empty when no kept parent set holds the cause */
  readonly curve: { x: Float64Array; mean: Float64Array; low: Float64Array; high: Float64Array }
  readonly points: SamplePoints
  /** parent sets of the effect gene by weight, at most 8 */
  readonly parentSets: readonly { parents: string[]; weight: number }[]
}

/**
 * One entry per sample. `environment` 0 = control. `y` is the effect gene after the fitted contribution of its other
 * causes was taken away (a component-plus-residual plot), so that the points lie around the curve.
 * `unused`: the gene was hit there, so the sample says nothing about the edge.
 */
export interface SamplePoints {
  readonly samples: readonly string[]
  readonly environment: Int32Array
  readonly x: Float64Array
  readonly y: Float64Array
  readonly unused: Uint8Array
}

export interface TargetEvidence {
  readonly environment: string
  readonly gene: string
  readonly probability: number
  readonly logOdds: number
  readonly rank: number
  readonly listFdr: number
  readonly kind: TargetKind
  readonly observedShift: number
  readonly predictedShift: number
  /** per sample of the environment: observed, and the predictive mean and 95 % interval under both hypotheses */
  readonly samples: readonly {
    sample: string
    observed: number
    notHit: { mean: number; low: number; high: number }
    hit: { mean: number; low: number; high: number }
  }[]
  readonly parents: readonly { gene: string; weight: number; observedShift: number }[]
  /** log Bayes factor hit : not hit, averaged over graphs */
  readonly logBayesFactor: number
}

export interface NewExperimentSummary {
  /** what answered: network and stored posterior combined, the network alone, or the stored posterior alone */
  readonly mode: RunMode
  /** [K*d] log-odds of each part before they were combined; null when one answered alone */
  readonly parts: { readonly targets: PartLogOdds; readonly outside: readonly OutsideRange[] } | null
  readonly genes: readonly string[]
  readonly environments: readonly string[]
  readonly missingGenes: readonly string[]
  /** [K*d] as in TargetPosterior */
  readonly probability: Float64Array
  readonly logOdds: Float64Array
  readonly rank: Int32Array
  readonly listFdr: Float64Array
  readonly kind: Uint8Array
  readonly observedShift: Float64Array
  readonly predictedShift: Float64Array
  readonly noTarget: Float64Array
  readonly noConfidentTarget: readonly boolean[]
  readonly milliseconds: number
  readonly warnings: readonly string[]
}
