import type { RunSettings } from '../../../src-shared/domain/run-settings'
import type { CalibrationBin } from '../../core/metrics'

/** The whole outcome of a benchmark as JSON; a metric that is undefined for a study (NaN) becomes null there. */
export interface BenchmarkReport {
  readonly format: 'metacadi-benchmark'
  readonly version: 1
  readonly app: { readonly name: string; readonly version: string }
  readonly createdAt: string
  readonly platform: string
  readonly node: string
  readonly manifest: string
  readonly settings: RunSettings
  readonly jobs: number
  readonly threads: number
  readonly wallSeconds: number
  readonly datasets: readonly DatasetRow[]
  readonly failures: readonly DatasetFailure[]
  readonly cells: readonly CellRow[]
  /** means over lin + anm + grn with 10 and 20 genes, one entry per number of samples */
  readonly headline: readonly HeadlineRow[]
  readonly pooled: readonly PooledRow[]
  /** empty when no peers lie beside the manifest */
  readonly peerHeadline: readonly PeerHeadlineRow[]
  readonly betterPeers: readonly BetterPeer[]
}

export interface Accuracy {
  readonly auroc: number
  readonly auprc: number
  /** in ten bins over all predictions of the study */
  readonly calibrationError: number
  readonly logLoss: number
}

export interface DatasetRow {
  readonly id: string
  readonly family: string
  readonly genes: number
  readonly samplesPerEnvironment: number
  readonly environments: number
  readonly targets: Accuracy & {
    readonly topOne: number
    readonly listed: number
    readonly listedFalse: number
  }
  readonly edges: Accuracy & {
    readonly distance: number
    readonly listed: number
    readonly listedFalse: number
  }
  readonly transform: string
  readonly seconds: number
  readonly maxChainDifference: number
  readonly resultHash: string
}

export interface DatasetFailure {
  readonly id: string
  readonly code: string
  readonly message: string
}

export interface Means {
  readonly runs: number
  readonly targetAuroc: number
  readonly targetAuprc: number
  readonly topOne: number
  readonly targetCalibration: number
  readonly edgeAuroc: number
  readonly edgeAuprc: number
  readonly distance: number
  readonly edgeCalibration: number
  readonly seconds: number
}

export interface CellRow extends Means {
  readonly family: string
  readonly genes: number
  readonly samplesPerEnvironment: number
}

export interface HeadlineRow extends Means {
  readonly samplesPerEnvironment: number
}

/** Predictions of all studies of a family and number of samples together. */
export interface PooledRow {
  readonly family: string
  /** null = all sizes */
  readonly samplesPerEnvironment: number | null
  readonly studies: number
  readonly targets: PooledCalibration
  readonly edges: PooledCalibration
}

export interface PooledCalibration {
  /** predictions above 0.05 */
  readonly bins: readonly CalibrationBin[]
  readonly calibrationError: number
  readonly logLoss: number
  /** entries of the lists cut at an estimated false-discovery rate of 10 %, and the share of them that is false */
  readonly listed: number
  readonly realisedFdr: number
}

export interface PeerHeadlineRow {
  readonly method: string
  readonly bySamples: readonly {
    readonly samplesPerEnvironment: number
    readonly targetAuprc: number
    readonly topOne: number
    readonly edgeAuprc: number
    readonly distance: number
  }[]
}

/** A cell and metric in which a peer does better than this run. */
export interface BetterPeer {
  readonly family: string
  readonly genes: number
  readonly samplesPerEnvironment: number
  readonly metric: 'targetAuprc' | 'topOne' | 'edgeAuprc' | 'distance'
  readonly ours: number
  readonly method: string
  readonly theirs: number
  /** studies of the cell that the peer was run on, possibly fewer than here */
  readonly theirRuns: number
  /** the peer is told part of the truth */
  readonly givenTruth: boolean
}
