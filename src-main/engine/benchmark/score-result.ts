import type { AnalysisResult } from '../../../src-shared/domain/result'
import {
  areaUnderRoc,
  averagePrecision,
  calibrationBins,
  calibrationError,
  cutAtFdr,
  estimatedListFdr,
  hammingDistance,
  logLoss,
  topOneShare,
} from '../../core/metrics'
import { AppError } from '../../../src-shared/contract/errors'
import { judgeExperiments, type JudgedExperiment } from './judge-experiments'
import type { Truth } from './manifest'
import type { Accuracy, DatasetRow } from './report'
import { unusualIn } from './unusual'

/** Estimated false-discovery rate at which lists are cut, the product's default. */
const LIST_FDR = 0.1
/** Log-odds of what the result says nothing about (a gene left out of the analysis). */
const ABSENT = -700

/** Answers and truth in the same order, kept for calibration over many studies. */
export interface ScoredPredictions {
  readonly labels: Uint8Array
  readonly probability: Float64Array
  /** estimated false-discovery rate of the list that ends at the entry */
  readonly listFdr: Float64Array
}

export interface ScoredDataset {
  readonly row: DatasetRow
  readonly targets: ScoredPredictions
  readonly edges: ScoredPredictions
  readonly experiments: readonly JudgedExperiment[]
}

/**
 * Compares a result with the truth of its study. Genes and environments are matched by name. Targets are
 * ranked by log-odds, which never saturate; calibration looks at the probabilities.
 */
export function scoreResult(result: AnalysisResult, truth: Truth, seconds: number): ScoredDataset {
  const targets = alignTargets(result, truth)
  const edges = alignEdges(result, truth)
  const distance = hammingDistance(edges.matrix.labels, edges.matrix.probability, truth.genes.length)
  const row: DatasetRow = {
    id: truth.id,
    family: familyOf(truth.id),
    genes: truth.genes.length,
    samplesPerEnvironment: truth.n_per_env,
    environments: Object.keys(truth.targets).length,
    targets: {
      ...accuracy(targets, targets.logOdds),
      topOne: topOneShare(targets.labels, targets.logOdds, truth.genes.length),
      ...listedAtLevel(targets),
    },
    edges: { ...accuracy(edges.pairs, edges.pairs.logOdds), distance, ...listedAtLevel(edges.pairs) },
    mode: result.mode,
    unusual: unusualIn(result),
    transform: result.input.transform,
    seconds,
    maxChainDifference: result.diagnostics.maxChainDifference,
    resultHash: result.resultHash,
  }
  return { row, targets, edges: edges.pairs, experiments: judgeExperiments(result, truth) }
}

/** `grnweak_d20_n3_s0` belongs to `grnweak`: the design is part of the name, not of the model. */
export function familyOf(id: string): string {
  return id.split('_')[0]!
}

type Ranked = ScoredPredictions & { readonly logOdds: Float64Array }

function alignTargets(result: AnalysisResult, truth: Truth): Ranked {
  const d = truth.genes.length
  const names = Object.keys(truth.targets)
  const genes = positions(result.genes, truth.genes)
  const environments = positions(result.environments, names)
  const missing = names.filter((_, index) => environments[index] === undefined)
  if (missing.length > 0)
    throw new AppError(
      'DATA_FORMAT',
      `The result of ${truth.id} lacks the environments ${missing.join(', ')}.`,
    )
  const labels = new Uint8Array(names.length * d)
  const probability = new Float64Array(labels.length)
  const logOdds = new Float64Array(labels.length).fill(ABSENT)
  const listFdr = new Float64Array(labels.length).fill(1)
  names.forEach((name, k) => {
    for (const gene of truth.targets[name]!) labels[k * d + truth.genes.indexOf(gene)] = 1
    genes.forEach((column, gene) => {
      if (column === undefined) return
      const from = environments[k]! * result.genes.length + column
      probability[k * d + gene] = result.targets.probability[from]!
      logOdds[k * d + gene] = result.targets.logOdds[from]!
      listFdr[k * d + gene] = result.targets.listFdr[from]!
    })
  })
  return { labels, probability, logOdds, listFdr }
}

function alignEdges(
  result: AnalysisResult,
  truth: Truth,
): { matrix: Pick<Ranked, 'labels' | 'probability'>; pairs: Ranked } {
  const d = truth.genes.length
  const columns = positions(result.genes, truth.genes)
  const labels = new Uint8Array(d * d)
  for (const [cause, effect] of truth.edges)
    labels[truth.genes.indexOf(cause) * d + truth.genes.indexOf(effect)] = 1
  const probability = new Float64Array(d * d)
  const logOdds = new Float64Array(d * d).fill(ABSENT)
  columns.forEach((row, cause) => {
    columns.forEach((column, effect) => {
      if (row === undefined || column === undefined) return
      probability[cause * d + effect] = result.edges.probability[row * result.genes.length + column]!
      logOdds[cause * d + effect] = result.edges.logOdds[row * result.genes.length + column]!
    })
  })
  const offDiagonal = Array.from(labels.keys()).filter((cell) => cell % (d + 1) !== 0)
  const pairProbability = Float64Array.from(offDiagonal, (cell) => probability[cell]!)
  return {
    matrix: { labels, probability },
    pairs: {
      labels: Uint8Array.from(offDiagonal, (cell) => labels[cell]!),
      probability: pairProbability,
      logOdds: Float64Array.from(offDiagonal, (cell) => logOdds[cell]!),
      listFdr: estimatedListFdr(pairProbability),
    },
  }
}

/** For each wanted name its position among `names`. */
function positions(names: readonly string[], wanted: readonly string[]): (number | undefined)[] {
  const index = new Map(names.map((name, position) => [name, position]))
  return wanted.map((name) => index.get(name))
}

function accuracy({ labels, probability }: ScoredPredictions, scores: Float64Array): Accuracy {
  return {
    auroc: areaUnderRoc(labels, scores),
    auprc: averagePrecision(labels, scores),
    calibrationError: calibrationError(calibrationBins(labels, probability)),
    logLoss: logLoss(labels, probability),
  }
}

function listedAtLevel({ labels, listFdr }: ScoredPredictions): { listed: number; listedFalse: number } {
  const { count, falseCount } = cutAtFdr(labels, listFdr, LIST_FDR)
  return { listed: count, listedFalse: falseCount }
}
