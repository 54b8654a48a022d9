import type { TargetEvidence } from '../../../src-shared/domain/evidence'
import { TARGET_KINDS, type LearnedResult } from '../../../src-shared/domain/result'
import { HARD, KNOWN_TARGET_DOUBT } from '../evidence/hyperparameters'
import type { EvidenceStudy } from '../evidence/study'
import { FEATURES_PER_GENE } from '../features/basis'
import { averageTargetLogOdds } from '../search/target-posterior'
import { combinationLeverage, combinationMean, priorPrecision, solveMechanism } from './mechanism'
import { poolGram, writeRow } from './pool'
import { studyOfResult } from './stored-study'

const Z95 = 1.959963984540054

interface Prediction {
  readonly mean: number
  readonly low: number
  readonly high: number
}

/**
 * Why a gene is, or is not, a direct target of an experiment: every sample against its prediction from the observed
 * causes ("not hit") and against the prediction with the gene's own change ("hit"). The mechanism is fitted without
 * the experiment itself.
 *
 * @param environment 0 … K − 1 among the perturbed environments
 */
export function targetEvidence(result: LearnedResult, environment: number, gene: number): TargetEvidence {
  const d = result.genes.length
  const { study } = studyOfResult(result)
  const at = environment * d + gene
  const kind = TARGET_KINDS[result.targets.kind[at]!]!
  const from = study.starts[environment + 1]!
  const n = study.starts[environment + 2]! - from
  const { mean, variance, noise } = predictWithout(result, study, environment, gene)
  const observed = Float64Array.from({ length: n }, (_, r) => study.effects[0]![(from + r) * d + gene]!)
  const hit = predictHit(
    kind,
    observed,
    mean,
    noise,
    study.hyper.shiftVariance,
    study.hyper.hardVarianceFloor,
  )
  const averaged = new Float64Array(result.environments.length)
  const learned = result.learned.genes[gene]!
  const weights = Float64Array.from(learned.parentSets, (set) => set.weight)
  averageTargetLogOdds(
    weights,
    concatenated(learned.parentSets.map((set) => set.targetLogOdds)),
    result.environments.length,
    averaged,
    0,
    1,
  )
  return {
    environment: result.environments[environment]!,
    gene: result.genes[gene]!,
    probability: result.targets.probability[at]!,
    logOdds: result.targets.logOdds[at]!,
    rank: result.targets.rank[at]!,
    listFdr: result.targets.listFdr[at]!,
    kind,
    observedShift: result.targets.observedShift[at]!,
    predictedShift: result.targets.predictedShift[at]!,
    samples: Array.from(observed, (value, r) => ({
      sample: result.input.samples[from + r]!,
      observed: value,
      notHit: interval(mean[r]!, variance[r]!),
      hit: hit[r]!,
    })),
    parents: causesOf(result, environment, gene),
    logBayesFactor: averaged[environment]! - priorLogOdds(result, environment, gene),
  }
}

/** Predictive mean and variance of each sample if the gene is not hit, mixed over parent sets. */
function predictWithout(
  result: LearnedResult,
  study: EvidenceStudy,
  environment: number,
  gene: number,
): { mean: Float64Array; variance: Float64Array; noise: number } {
  const from = study.starts[environment + 1]!
  const n = study.starts[environment + 2]! - from
  const mean = new Float64Array(n)
  const second = new Float64Array(n)
  let noise = 0
  const { parentSets } = result.learned.genes[gene]!
  const total = parentSets.reduce((sum, set) => sum + set.weight, 0)
  for (const set of parentSets) {
    const share = set.weight / total
    const states = set.states.slice()
    states[environment] = HARD
    const { gram, count } = poolGram(study, gene, set.parents, states)
    const mechanism = solveMechanism(
      gram,
      priorPrecision(set.parents.length, study.variances, study.hyper),
      count,
      study.hyper,
    )
    const row = new Float64Array(2 + set.parents.length * FEATURES_PER_GENE)
    noise += share * mechanism.noiseVariance
    for (let r = 0; r < n; r++) {
      writeRow(study, study.effects[0]!, gene, set.parents, from + r, row)
      const value = combinationMean(mechanism, row)
      const spread =
        mechanism.noiseVariance * (1 + study.hyper.unchangedVariance + combinationLeverage(mechanism, row))
      mean[r]! += share * value
      second[r]! += share * (spread + value * value)
    }
  }
  return { mean, variance: second.map((value, r) => Math.max(0, value - mean[r]! ** 2)), noise }
}

/**
 * Prediction with the gene's own change: 'hard' ignores the causes (own mean and variance), 'shift' and 'scale' add
 * the experiment's mean residual, shrunk by its prior variance.
 */
function predictHit(
  kind: (typeof TARGET_KINDS)[number],
  observed: Float64Array,
  mean: Float64Array,
  noise: number,
  shiftVariance: number,
  smallestVariance: number,
): Prediction[] {
  const n = observed.length
  const average = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / n
  if (kind === 'hard') {
    const centre = average(observed)
    const spread = Math.max(smallestVariance, average(observed.map((value) => (value - centre) ** 2)))
    const shrunk = (centre * n * shiftVariance) / (spread + n * shiftVariance)
    return Array.from(observed, () => interval(shrunk, spread * (1 + 1 / n)))
  }
  const residual = observed.map((value, r) => value - mean[r]!)
  const offset = (average(residual) * n) / (n + 1 / shiftVariance)
  const spread = Math.max(noise, average(residual.map((value) => (value - average(residual)) ** 2)))
  return Array.from(mean, (value) => interval(value + offset, spread * (1 + 1 / n)))
}

function causesOf(result: LearnedResult, environment: number, gene: number): TargetEvidence['parents'] {
  const d = result.genes.length
  return result.genes
    .map((name, i) => ({
      gene: name,
      weight: result.edges.probability[i * d + gene]!,
      observedShift: result.targets.observedShift[environment * d + i]!,
    }))
    .filter(({ weight }) => weight >= 0.05)
    .sort((a, b) => b.weight - a.weight)
}

/** The prior that the stored log-odds were computed with; given targets entered with little doubt. */
function priorLogOdds(result: LearnedResult, environment: number, gene: number): number {
  const known = new Map(Object.entries(result.settings.knownTargets)).get(result.environments[environment]!)
  const given = known?.genes.includes(result.genes[gene]!)
  const p = given ? 1 - KNOWN_TARGET_DOUBT : known?.complete ? KNOWN_TARGET_DOUBT : result.learned.priorTarget
  return Math.log(p) - Math.log(1 - p)
}

function interval(mean: number, variance: number): Prediction {
  const margin = Z95 * Math.sqrt(variance)
  return { mean, low: mean - margin, high: mean + margin }
}

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
