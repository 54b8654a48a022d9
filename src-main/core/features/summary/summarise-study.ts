import { createCoShifts } from './co-shifts'
import { createCorrelations } from './correlations'
import { createExperimentEffects } from './effects'
import { createExperimentWriter } from './experiment-features'
import { createFloors } from './floors'
import { layOutStudy, type StudyLayout } from './layout'
import { EXPERIMENT_FEATURES, GLOBAL_CENTRES, GLOBAL_FEATURES, PAIR_FEATURES } from './names'
import { writePairFeatures } from './pair-features'
import { createPairShapes } from './shapes'
import { createStandardiser } from './standardise'

/** A study as the network sees it: deterministic statistics of pairs of genes and of genes in experiments. */
export interface StudySummary {
  readonly genes: number
  /** K ≥ 1; a study without experiments yields one neutral row */
  readonly experiments: number
  /** [d, d, 22] row = cause; see PAIR_FEATURES */
  readonly pair: Float32Array
  /** [K, d, 17] see EXPERIMENT_FEATURES */
  readonly experiment: Float32Array
  /** [K, 5] see GLOBAL_FEATURES */
  readonly global: Float32Array
}

export type Summariser = (values: Float64Array, d: number, starts: Int32Array) => StudySummary

/**
 * Summarises many studies in one set of buffers: **the summary is overwritten by the next call**.
 * Everything is finite for finite values. Source: docs/method.md, section 3. Cost n d² + K d² + d³.
 *
 * The returned function takes values [n, d] as analysed (transformed), rows sorted by environment with the control
 * first, and starts [K+2], the first row of each environment and the end; starts[1] = 0 means no control.
 */
export function createSummariser(): Summariser {
  const standardise = createStandardiser()
  const correlate = createCorrelations()
  const takeShapes = createPairShapes()
  const takeEffects = createExperimentEffects()
  const takeCoShifts = createCoShifts()
  const takeFloors = createFloors()
  const writeExperimentFeatures = createExperimentWriter()
  let summary: StudySummary | null = null

  return (values, d, starts) => {
    const layout = layOutStudy(d, starts)
    const K = layout.experiments
    if (summary?.genes !== d || summary.experiments !== K) summary = emptySummary(d, K)
    const study = standardise(values, layout)
    const correlations = correlate(study, layout)
    const shapes = takeShapes(study, correlations, layout)
    const effects = takeEffects(study, correlations, layout)
    const coShifts = takeCoShifts(study, correlations, effects, layout)
    const floors = takeFloors(values, layout)
    writePairFeatures(correlations, shapes, coShifts, floors, layout, summary.pair)
    writeExperimentFeatures(study, effects, coShifts, floors, layout, summary.experiment)
    writeGlobalFeatures(layout, summary.global)
    return summary
  }
}

/** {@link createSummariser} for one study: the summary is the caller's own. */
export function summariseStudy(values: Float64Array, d: number, starts: Int32Array): StudySummary {
  return createSummariser()(values, d, starts)
}

function emptySummary(d: number, K: number): StudySummary {
  return {
    genes: d,
    experiments: K,
    pair: new Float32Array(d * d * PAIR_FEATURES.length),
    experiment: new Float32Array(K * d * EXPERIMENT_FEATURES.length),
    global: new Float32Array(K * GLOBAL_FEATURES.length),
  }
}

function writeGlobalFeatures(layout: StudyLayout, out: Float32Array): void {
  const { genes: d, experiments: K, starts } = layout
  for (let k = 0; k < K; k++) {
    const at = k * GLOBAL_FEATURES.length
    out[at] = Math.log(layout.controlCount) - GLOBAL_CENTRES.samples
    out[at + 1] = Math.log(Math.max(1, starts[k + 1]! - starts[k]!)) - GLOBAL_CENTRES.experimentSamples
    out[at + 2] = Math.log(d) - GLOBAL_CENTRES.genes
    out[at + 3] = Math.log(K) - GLOBAL_CENTRES.experiments
    out[at + 4] = layout.noControl ? 1 : 0
  }
}
