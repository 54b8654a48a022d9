import type { RunMode, RunSettings } from '../../../src-shared/domain/run-settings'
import type { ReliabilityCurve } from '../../../src-shared/domain/reliability'
import type { CalibrationBin } from '../../core/metrics'
import type { Part } from '../analysis/part-results'

export type PartName = Part | 'full'

/** How well one kind of answer does over all studies. */
export interface Scores {
  readonly datasets: readonly DatasetRow[]
  readonly cells: readonly CellRow[]
  /** means over lin + anm + grn with 10 and 20 genes, one entry per number of samples */
  readonly headline: readonly HeadlineRow[]
  readonly pooled: readonly PooledRow[]
  /** empty when no study has an experiment without a target */
  readonly detection: readonly DetectionRow[]
  readonly reliability: readonly ReliabilityCurve[]
}

/** The whole outcome of a benchmark as JSON; a metric that is undefined for a study (NaN) becomes null there. */
export interface BenchmarkReport extends Scores {
  readonly format: 'metacadi-benchmark'
  /** 2 adds parts, detection, reliability and unusual studies */
  readonly version: 2
  readonly app: { readonly name: string; readonly version: string }
  readonly createdAt: string
  readonly platform: string
  readonly node: string
  readonly manifest: string
  readonly settings: RunSettings
  readonly jobs: number
  readonly threads: number
  readonly wallSeconds: number
  readonly failures: readonly DatasetFailure[]
  readonly unusual: readonly UnusualRow[]
  /** network alone, closed form alone and the mean of their log-odds on the same runs; empty unless asked for */
  readonly parts: readonly (Scores & { readonly part: PartName })[]
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
  /** what answered */
  readonly mode: RunMode
  /** null when one method answered alone */
  readonly unusual: Unusual | null
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

/** 'No confident target' over the studies that have experiments without a target. */
export interface DetectionRow {
  readonly family: string
  /** null = all sizes */
  readonly samplesPerEnvironment: number | null
  /** experiments without a target, and the share of them of which it was said */
  readonly withoutTarget: number
  readonly detected: number
  readonly withTarget: number
  /** share of the experiments with a target of which it was said */
  readonly falseAlarms: number
  /** of P(no target), whatever the cut */
  readonly auroc: number
  /** what cuts of P(any target) would give */
  readonly cuts: readonly {
    readonly anyTarget: number
    readonly detected: number
    readonly falseAlarms: number
  }[]
}

/** Of one study: how often network and closed form disagree, and what lies outside the training range. */
export interface Unusual {
  /** shares of the cells */
  readonly targetDisagreement: number
  readonly edgeDisagreement: number
  /** quantities outside the training range */
  readonly outside: readonly string[]
}

export interface UnusualRow {
  readonly family: string
  readonly samplesPerEnvironment: number
  readonly studies: number
  readonly targetDisagreement: number
  readonly edgeDisagreement: number
  /** share of the studies with a quantity outside the training range */
  readonly outside: number
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
