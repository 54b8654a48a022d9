import type {
  SampleFlag,
  SampleQualityView,
  TargetEngagement,
} from '../../src-shared/contract/sample-quality'
import { type Dataset, environmentStarts } from '../../src-shared/domain/dataset'
import { datasetOfResult } from '../../src-shared/domain/dataset-of-result'
import type { AnalysisResult } from '../../src-shared/domain/result'
import type { RunSettings } from '../../src-shared/domain/run-settings'
import type { SampleQuality } from '../../src-shared/domain/sample-quality'
import { outlying } from '../core/quality/outlying'
import { engagementOf, FEWEST_CONTROLS, targetMovement } from '../core/quality/target-movement'
import { findStrays } from '../core/quality/label-swaps'

/** a sample must have less than half of the usual total … */
const TOTAL_FACTOR = 2
/** … four fifths of the usual genes … */
const DETECTED_FACTOR = 1.25
/** … or lie half as far again from its replicates, to be spoken of */
const SPREAD_FACTOR = 1.5
/** more dots of the control say no more */
const MOST_DOTS = 200

/** Of a stored run: what the window showed before it, from what the result holds. */
export const qualityOf = (result: AnalysisResult): SampleQualityView =>
  sampleQualityView(datasetOfResult(result), result.settings.knownTargets)

/** The samples beside each other, those that deserve a look, and the known targets (docs/method.md, "Quality of the samples"). */
export function sampleQualityView(
  dataset: Dataset,
  knownTargets: RunSettings['knownTargets'],
): SampleQualityView {
  const quality = dataset.quality ?? null
  return {
    samples: dataset.samples,
    environmentOf: dataset.environmentOf,
    environments: dataset.environments,
    quality,
    flags: [...(quality ? outliers(quality) : []), ...strays(dataset)],
    engagement: engagement(dataset, knownTargets),
  }
}

function outliers({ totals, detected, spread }: SampleQuality): SampleFlag[] {
  const flag = (
    kind: SampleFlag['kind'],
    values: ArrayLike<number> | null,
    side: 'below' | 'above',
    factor: number,
  ): SampleFlag[] => {
    if (values === null) return []
    const { positions, usual } = outlying(values, side, factor)
    return positions.map((sample) => ({ sample, kind, value: values[sample]!, usual, other: null }))
  }
  return [
    ...flag('low-total', totals, 'below', TOTAL_FACTOR),
    ...flag('few-genes', detected, 'below', DETECTED_FACTOR),
    ...flag('far-from-replicates', spread, 'above', SPREAD_FACTOR),
  ]
}

function strays(dataset: Dataset): SampleFlag[] {
  const found = findStrays(dataset)
  return [...found.swaps.flat(), ...found.strays].map(({ sample, other }) => ({
    sample,
    kind: 'near-other',
    value: NaN,
    usual: NaN,
    other,
  }))
}

function engagement(dataset: Dataset, knownTargets: RunSettings['knownTargets']): TargetEngagement[] {
  const starts = environmentStarts(dataset.environmentOf, dataset.environments.length)
  const directions = new Map(Object.entries(dataset.directions ?? {}))
  const column = new Map(dataset.genes.map((gene, at) => [gene, at]))
  return Object.entries(knownTargets).flatMap(([experiment, { genes }]) => {
    const k = dataset.environments.indexOf(experiment)
    if (k < 1) return []
    const direction = directions.get(experiment) ?? null
    return genes.map((gene): TargetEngagement => {
      const at = column.get(gene)
      const unknown = { experiment, gene, direction, change: NaN, spreads: NaN }
      if (at === undefined)
        return {
          ...unknown,
          state: 'not-analysed',
          control: new Float64Array(),
          observed: new Float64Array(),
        }
      const dots = {
        control: valuesOf(dataset, 0, starts[1]!, at),
        observed: valuesOf(dataset, starts[k]!, starts[k + 1]!, at),
      }
      if (starts[1]! < FEWEST_CONTROLS) return { ...unknown, ...dots, state: 'no-control' }
      const moved = targetMovement(dataset, starts, k, at)
      const { change, spreads } = moved
      return { experiment, gene, direction, change, spreads, ...dots, state: engagementOf(moved, direction) }
    })
  })
}

/** Of the rows from … to-1, at most `MOST_DOTS` spread evenly. */
function valuesOf({ values, genes }: Dataset, from: number, to: number, column: number): Float64Array {
  const size = Math.min(MOST_DOTS, to - from)
  return Float64Array.from(
    { length: size },
    (_, at) => values[(from + Math.floor((at * (to - from)) / size)) * genes.length + column]!,
  )
}
