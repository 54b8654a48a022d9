import type { ReliabilityCurve } from '../../../src-shared/domain/reliability'
import { calibrationBins } from '../../core/metrics'
import { groupBy } from './group-by'
import type { ScoredDataset, ScoredPredictions } from './score-result'

const ABOVE = 0.05

/** Predictions against what happened for each number of samples per experiment, over all studies: ten bins above .05. */
export function reliabilityCurves(scored: readonly ScoredDataset[]): ReliabilityCurve[] {
  const groups = groupBy(scored, ({ row }) => row.samplesPerEnvironment)
  return (['targets', 'edges'] as const).flatMap((kind) =>
    [...groups]
      .sort(([a], [b]) => a - b)
      .map(([samplesPerEnvironment, members]) => ({
        kind,
        samplesPerEnvironment,
        bins: bins(members.map((member) => member[kind])),
      })),
  )
}

function bins(predictions: readonly ScoredPredictions[]): ReliabilityCurve['bins'] {
  const labels = Uint8Array.from(predictions.flatMap((part) => [...part.labels]))
  const probability = Float64Array.from(predictions.flatMap((part) => [...part.probability]))
  return calibrationBins(labels, probability, ABOVE)
}

/** The curves as a table: one row per point. */
export function reliabilityTsv(part: string, curves: readonly ReliabilityCurve[]): string {
  const rows = curves.flatMap(({ kind, samplesPerEnvironment, bins: points }) =>
    points.map((bin) =>
      [part, kind, samplesPerEnvironment, bin.count, bin.meanPrediction, bin.observedShare].join('\t'),
    ),
  )
  return rows.map((row) => `${row}\n`).join('')
}

export const RELIABILITY_HEADER = 'part\tkind\tsamples\tpredictions\tmean_prediction\tobserved_share\n'
