import type { ExperimentDifferential } from '../../../src-shared/contract/differential-view'
import type { EdgeEvidence, TargetEvidence } from '../../../src-shared/domain/evidence'
import type { SampleQualityView } from '../../../src-shared/contract/sample-quality'
import type { ReliabilityCurve } from '../../../src-shared/domain/reliability'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { DIFFERENTIAL_COLUMNS, differentialRows } from '../exports/differential-table'
import { geneIds } from '../exports/gene-ids'
import type { Cell, Table } from '../exports/table'
import type { EdgeFinding, ExperimentFinding, Findings } from '../findings'
import { flagText, type Measure } from '../quality-words'
import type { CorrelationRows } from './correlation-figure'
import { MOST_EDGES_DRAWN } from './network-figure'
import type { SampleScores } from './pca-figure'
import { measureValues } from './sample-strips'
import type { HeatmapPanel } from './target-heatmap'

/** The numbers behind every figure, one table each. */

const SIGN = { activates: '+', inhibits: '-', unknown: '?' } as const
const yes = (is: boolean): string => (is ? 'yes' : 'no')

export function networkData({ genes }: AnalysisResult, findings: Findings): Table {
  const row = (edge: EdgeFinding): Cell[] => [
    { text: genes[edge.source]! },
    { text: genes[edge.target]! },
    SIGN[edge.sign],
    edge.probability,
    edge.effect,
    edge.effectLow,
    edge.effectHigh,
  ]
  return {
    columns: ['source', 'target', 'sign', 'probability', 'effect', 'ci_low', 'ci_high'],
    rows: findings.edges.slice(0, MOST_EDGES_DRAWN).map(row),
  }
}

export function heatmapData(result: AnalysisResult, panels: readonly HeatmapPanel[]): Table {
  return {
    columns: ['experiment', 'gene', 'probability', 'on_list'],
    rows: panels.flatMap(({ rows, genes }) =>
      rows.flatMap((experiment) => {
        const byGene = new Map(experiment.ranking.map((finding) => [finding.gene, finding]))
        return genes.map((gene): Cell[] => {
          const found = byGene.get(gene)
          return [
            { text: result.environments[experiment.environment]! },
            { text: result.genes[gene]! },
            found?.probability ?? NaN,
            yes(found?.confident === true),
          ]
        })
      }),
    ),
  }
}

export function rankingData({ genes }: AnalysisResult, { ranking }: ExperimentFinding): Table {
  return {
    columns: ['rank', 'gene', 'probability', 'list_fdr', 'on_list', 'given'],
    rows: ranking.map((finding): Cell[] => [
      finding.rank,
      { text: genes[finding.gene]! },
      finding.probability,
      finding.listFdr,
      yes(finding.confident),
      yes(finding.known),
    ]),
  }
}

export function predictedObservedData({ genes }: AnalysisResult, { ranking }: ExperimentFinding): Table {
  return {
    columns: ['gene', 'predicted_shift', 'observed_shift', 'probability', 'on_list'],
    rows: ranking.map((finding): Cell[] => [
      { text: genes[finding.gene]! },
      finding.predictedShift,
      finding.observedShift,
      finding.probability,
      yes(finding.confident),
    ]),
  }
}

export function targetData({ samples }: TargetEvidence): Table {
  return {
    columns: [
      'sample',
      'observed',
      'not_hit_mean',
      'not_hit_low',
      'not_hit_high',
      'hit_mean',
      'hit_low',
      'hit_high',
    ],
    rows: samples.map(({ sample, observed, notHit, hit }): Cell[] => [
      { text: sample },
      observed,
      notHit.mean,
      notHit.low,
      notHit.high,
      hit.mean,
      hit.low,
      hit.high,
    ]),
  }
}

export function edgeData(result: AnalysisResult, { points }: EdgeEvidence): Table {
  const { samples, environment, x, y, unused } = points
  return {
    columns: ['sample', 'experiment', 'x', 'y', 'used'],
    rows: samples.map((sample, i): Cell[] => [
      { text: sample },
      { text: experimentName(result, environment[i]!) },
      x[i]!,
      y[i]!,
      yes(unused[i] !== 1),
    ]),
  }
}

export function volcanoData(result: AnalysisResult, view: ExperimentDifferential): Table {
  return { columns: DIFFERENTIAL_COLUMNS, rows: differentialRows(view, geneIds(result)) }
}

export function pcaData(result: AnalysisResult, { scores, environmentOf }: SampleScores): Table {
  return {
    columns: ['sample', 'experiment', 'pc1', 'pc2'],
    rows: result.input.samples.map((sample, i): Cell[] => [
      { text: sample },
      { text: experimentName(result, environmentOf[i]!) },
      scores[2 * i]!,
      scores[2 * i + 1]!,
    ]),
  }
}

/** One row for each sample; what was not measured is NaN. */
export function qualityData(view: SampleQualityView): Table {
  const measured = (measure: Measure, sample: number): number => measureValues(view, measure)?.[sample] ?? NaN
  return {
    columns: ['sample', 'experiment', 'total', 'genes_detected', 'distance_from_replicates', 'to_look_at'],
    rows: view.samples.map((sample, i): Cell[] => [
      { text: sample },
      { text: view.environments[view.environmentOf[i]!]! },
      measured('total', i),
      measured('detected', i),
      measured('spread', i),
      { text: flagsOf(view, i) },
    ]),
  }
}

/** Why a sample deserves a look; '' when it does not. */
export const flagsOf = ({ flags, environments }: SampleQualityView, sample: number): string =>
  flags
    .filter((flag) => flag.sample === sample)
    .map((flag) => flagText(flag, environments))
    .join('; ')

/** The upper triangle. */
export function correlationData({ names, values }: CorrelationRows): Table {
  const m = names.length
  return {
    columns: ['a', 'b', 'pearson_r'],
    rows: names.flatMap((a, i) =>
      names.slice(i).map((b, offset): Cell[] => [{ text: a }, { text: b }, values[i * m + i + offset]!]),
    ),
  }
}

export function reliabilityData(curves: readonly ReliabilityCurve[]): Table {
  return {
    columns: ['kind', 'samples_per_experiment', 'predictions', 'mean_prediction', 'observed_share'],
    rows: curves.flatMap(({ kind, samplesPerEnvironment, bins }) =>
      bins.map(({ count, meanPrediction, observedShare }): Cell[] => [
        kind,
        samplesPerEnvironment,
        count,
        meanPrediction,
        observedShare,
      ]),
    ),
  }
}

/** @param environment 0 = control, 1 … K */
const experimentName = ({ input, environments }: AnalysisResult, environment: number): string =>
  environment === 0 ? (input.control ?? '') : environments[environment - 1]!
