import { environmentStarts, type Dataset } from '../../../src-shared/domain/dataset'
import type { NewExperimentSummary } from '../../../src-shared/domain/evidence'
import { TARGET_KINDS, type LearnedResult, type LearnedParentSet } from '../../../src-shared/domain/result'
import { combinationMean, priorPrecision, solveMechanism } from '../effects/mechanism'
import { observedMean } from '../effects/observed-mean'
import { packedLength, writeRow } from '../effects/pool'
import { meanRow } from '../effects/predicted-shift'
import { applyStoredScales, storedBasis, storedStudy } from '../effects/stored-study'
import { drawTiedEffects, TIED_DRAWS, tiedSeed } from '../features/preprocess'
import { logAddExp, sigmoid } from '../linalg/log-space'
import { countAwareLogOdds } from '../search/target-count'
import { bestFdr, rankEnvironment } from '../search/target-list'
import { averageHardShare, averageTargetLogOdds } from '../search/target-posterior'
import { hardEvidence } from './hard-evidence'
import { factorPool, noiseScaleMixture, poolLogEvidence } from './pool-evidence'
import { temper, type EvidenceStudy } from './study'

/** Fewer control samples than this do not move a new file onto the scale of the study. */
const SMALLEST_OWN_CONTROL = 3

/** What the stored posterior says about new experiments, before the prior on the number of targets. */
export interface NewEvidence {
  /** [K, d] log-odds; −Infinity for genes that were not measured */
  readonly logOdds: Float64Array
  /** [K, d] P(hard | target) */
  readonly hardShare: Float64Array
  readonly predictedShift: Float64Array
  readonly observedShift: Float64Array
  /** [d] 1 = the new data lack the gene */
  readonly missing: Uint8Array
  readonly warnings: readonly string[]
}

/**
 * Evidence about new experiments under a stored posterior; the network is not learned again. For every kept parent set
 * the pool of the study takes the place of "the pool without k" (docs/method.md, section 2, "New experiment"):
 * two small factorisations per (gene, parent set, experiment).
 *
 * Genes of the study that the new data lack count as causes at their control mean; as targets they are "not
 * measured". Control samples of the new data, when there are at least three, move each untied gene so that their mean
 * is the study's control mean.
 *
 * @param data new samples; environment 0 is their own control (may be empty), transformed as the study was
 */
export function evidenceOfNewExperiments(result: LearnedResult, data: Dataset): NewEvidence {
  const d = result.genes.length
  const starts = environmentStarts(data.environmentOf, data.environments.length)
  const K = data.environments.length - 1
  const { preprocessing } = result.learned
  const warnings: string[] = []
  const { values, missing } = alignGenes(result, data)
  const missingCount = missing.reduce((sum, value) => sum + value, 0)
  const scaled = applyStoredScales(preprocessing, values, data.samples.length)
  for (let j = 0; j < d; j++)
    if (missing[j]) for (let r = 0; r < data.samples.length; r++) scaled[r * d + j] = 0
  const offsets = controlOffsets(result, scaled, starts[1]!)
  if (offsets.some((offset) => offset !== 0))
    warnings.push('The values were centred on the control samples of the new file.')
  for (let r = 0; r < data.samples.length; r++) for (let j = 0; j < d; j++) scaled[r * d + j]! -= offsets[j]!
  if (data.transform !== result.input.transform)
    warnings.push(
      `The new values were transformed by '${data.transform}', those of the study by '${result.input.transform}'.`,
    )
  if (missingCount > 0)
    warnings.push(`${missingCount} of ${d} genes are not in the new data; as targets they are not measured.`)

  const study = storedStudy(storedBasis(preprocessing), scaled, d, starts)
  const draws: Draw[] = drawEffects(result, values, scaled, offsets, data.samples.length).map((effects) => ({
    effects,
    hard: hardEvidence(effects, d, starts, study.hyper),
  }))
  const logOdds = new Float64Array(K * d)
  const hardShare = new Float64Array(K * d)
  const predictedShift = new Float64Array(K * d)
  const observedShift = new Float64Array(K * d)
  for (let j = 0; j < d; j++) {
    const gene = adaptGene(result, study, draws, j)
    for (let k = 0; k < K; k++) {
      logOdds[k * d + j] = missing[j] ? -Infinity : gene.logOdds[k]!
      hardShare[k * d + j] = gene.hardShare[k]!
      predictedShift[k * d + j] = gene.predicted[k]!
      observedShift[k * d + j] = missing[j] ? NaN : observedMean(study.effects[0]!, d, starts, j, k + 1)
    }
  }
  return { logOdds, hardShare, predictedShift, observedShift, missing, warnings }
}

/** Targets of new experiments by the closed form alone; genes that were not measured have probability NaN. */
export function adaptToNewExperiments(
  result: LearnedResult,
  data: Dataset,
  evidence: NewEvidence = evidenceOfNewExperiments(result, data),
): NewExperimentSummary {
  const { logOdds, hardShare, predictedShift, observedShift, missing, warnings } = evidence
  return {
    mode: 'closed-form',
    parts: null,
    genes: result.genes,
    environments: data.environments.slice(1),
    missingGenes: result.genes.filter((_, j) => missing[j]),
    ...summarise(result, logOdds, missing, data.environments.length - 1),
    kind: Uint8Array.from(hardShare, (share) => TARGET_KINDS.indexOf(share > 0.5 ? 'hard' : 'shift')),
    observedShift,
    predictedShift,
    milliseconds: 0,
    warnings,
  }
}

/** One draw of the responses with their evidence as replaced mechanisms. */
interface Draw {
  readonly effects: Float64Array
  /** [K, d] */
  readonly hard: Float64Array
}

/** [n, d] the new values in the study's gene order; missing genes are marked. */
function alignGenes(result: LearnedResult, data: Dataset): { values: Float64Array; missing: Uint8Array } {
  const d = result.genes.length
  const n = data.samples.length
  const column = new Map(data.genes.map((gene, index) => [gene, index]))
  const values = new Float64Array(n * d)
  const missing = new Uint8Array(d)
  result.genes.forEach((gene, j) => {
    const from = column.get(gene)
    if (from === undefined) missing[j] = 1
    else for (let r = 0; r < n; r++) values[r * d + j] = data.values[r * data.genes.length + from]!
  })
  return { values, missing }
}

function controlOffsets(result: LearnedResult, scaled: Float64Array, controlCount: number): Float64Array {
  const d = result.genes.length
  const offsets = new Float64Array(d)
  if (controlCount < SMALLEST_OWN_CONTROL || !result.learned.preprocessing.hasControl) return offsets
  for (let j = 0; j < d; j++) {
    if (result.learned.preprocessing.genes[j]!.kind === 'tied') continue
    for (let r = 0; r < controlCount; r++) offsets[j]! += scaled[r * d + j]! / controlCount
  }
  return offsets
}

/** The responses: the scaled values, with randomised scores for tied genes, drawn as in the study. */
function drawEffects(
  result: LearnedResult,
  values: Float64Array,
  scaled: Float64Array,
  offsets: Float64Array,
  n: number,
): Float64Array[] {
  const { genes } = result.learned.preprocessing
  if (!genes.some((scale) => scale.kind === 'tied')) return [scaled]
  const d = genes.length
  return Array.from({ length: TIED_DRAWS }, (_, draw) => {
    const drawn = scaled.slice()
    genes.forEach((scale, j) => {
      if (scale.kind !== 'tied' || offsets[j] !== 0) return
      drawTiedEffects(scale, values, drawn, n, d, j, tiedSeed(result.settings.seed, draw))
    })
    return drawn
  })
}

function adaptGene(
  result: LearnedResult,
  study: EvidenceStudy,
  draws: readonly Draw[],
  j: number,
): { logOdds: Float64Array; hardShare: Float64Array; predicted: Float64Array } {
  const K = study.environments
  const { parentSets } = result.learned.genes[j]!
  const tied = result.learned.preprocessing.genes[j]!.kind === 'tied'
  const used = tied ? draws : draws.slice(0, 1)
  const perSet = new Float64Array(parentSets.length * K)
  const hardPerSet = new Float64Array(parentSets.length * K)
  const predicted = new Float64Array(K)
  const total = parentSets.reduce((sum, set) => sum + set.weight, 0)
  for (const draw of used)
    parentSets.forEach((set, s) => {
      const own = {
        target: perSet.subarray(s * K, (s + 1) * K),
        hard: hardPerSet.subarray(s * K, (s + 1) * K),
      }
      addStateOdds(result.learned.priorTarget, study, draw, j, set, 1 / used.length, own)
    })
  for (const set of parentSets) {
    const mechanism = solveMechanism(
      set.pool,
      priorPrecision(set.parents.length, study.variances, study.hyper),
      set.pooledCount,
      study.hyper,
    )
    const row = new Float64Array(mechanism.columns)
    for (let k = 0; k < K; k++) {
      meanRow(study, set.parents, k + 1, row)
      predicted[k]! += (set.weight / total) * combinationMean(mechanism, row)
    }
  }
  const weights = Float64Array.from(parentSets, (set) => set.weight / total)
  const logOdds = new Float64Array(K)
  averageTargetLogOdds(weights, perSet, K, logOdds, 0, 1)
  const hardShare = averageHardShare(weights, perSet, hardPerSet, K)
  return { logOdds, hardShare, predicted }
}

/**
 * Adds `share` of the log-odds of 'target' and of 'hard against shift' of every experiment given one parent set,
 * from D0–D2 of docs/method.md, section 1.
 */
function addStateOdds(
  prior: number,
  study: EvidenceStudy,
  draw: Draw,
  gene: number,
  set: LearnedParentSet,
  share: number,
  out: { readonly target: Float64Array; readonly hard: Float64Array },
): void {
  const { hyper } = study
  const precision = priorPrecision(set.parents.length, study.variances, hyper)
  const q = precision.length + 1
  const base = new Float64Array(q * q)
  for (let a = 0; a < q; a++) for (let b = 0; b <= a; b++) base[a * q + b] = set.pool[packedLength(a) + b]!
  const factor = new Float64Array(q * q)
  let logPrecision = 0
  for (const value of precision) logPrecision += Math.log(value)
  const evaluate = (gram: Float64Array, count: number): { value: number; rss: number } => {
    const halfLogDet = factorPool(gram, q, q, precision, factor)
    const rss = factor[q * q - 1]!
    return { value: poolLogEvidence(count, rss, halfLogDet, logPrecision, hyper.a0, hyper.b0), rss }
  }
  const without = evaluate(base, set.pooledCount)
  const own = new Float64Array(q * q)
  const trial = new Float64Array(q * q)
  const row = new Float64Array(q)
  for (let k = 1; k <= study.environments; k++) {
    const t = temper(study, k)
    const n = (study.starts[k + 1]! - study.starts[k]!) * t
    own.fill(0)
    for (let r = study.starts[k]!; r < study.starts[k + 1]!; r++) {
      writeRow(study, draw.effects, gene, set.parents, r, row)
      for (let a = 0; a < q; a++) for (let b = 0; b <= a; b++) own[a * q + b]! += t * row[a]! * row[b]!
    }
    const logWeight = (variance: number): number => {
      const shrink = 1 / (n + 1 / variance)
      for (let a = 0; a < q; a++)
        for (let b = 0; b <= a; b++)
          trial[a * q + b] = base[a * q + b]! + own[a * q + b]! - shrink * own[a * q]! * own[b * q]!
      const pooled = evaluate(trial, set.pooledCount + n)
      const scale = noiseScaleMixture(
        set.pooledCount,
        n,
        without.rss,
        pooled.rss,
        hyper.scaleMixture,
        hyper.a0,
        hyper.b0,
      )
      return scale + pooled.value - without.value - 0.5 * Math.log(1 + n * variance)
    }
    const d0 = Math.log(1 - prior) + logWeight(hyper.unchangedVariance)
    const d1 = Math.log(prior * hyper.shiftShare) + logWeight(hyper.shiftVariance)
    const d2 = Math.log(prior * (1 - hyper.shiftShare)) + draw.hard[(k - 1) * study.genes + gene]! * t
    out.target[k - 1]! += share * (logAddExp(d1, d2) - d0)
    out.hard[k - 1]! += share * (d2 - d1)
  }
}

function summarise(
  result: LearnedResult,
  raw: Float64Array,
  missing: Uint8Array,
  K: number,
): Pick<
  NewExperimentSummary,
  'probability' | 'logOdds' | 'rank' | 'listFdr' | 'noTarget' | 'noConfidentTarget'
> {
  const d = result.genes.length
  const priorLogOdds = Math.log(result.learned.priorTarget) - Math.log(1 - result.learned.priorTarget)
  const countPrior = Float64Array.from(result.diagnostics.targetCountPrior)
  const logOdds = new Float64Array(K * d)
  const probability = new Float64Array(K * d)
  const rank = new Int32Array(K * d)
  const listFdr = new Float64Array(K * d)
  const noTarget = new Float64Array(K)
  const noConfidentTarget: boolean[] = []
  const row = new Float64Array(d)
  for (let k = 0; k < K; k++) {
    noTarget[k] = countAwareLogOdds(
      raw.subarray(k * d, (k + 1) * d).map((value) => value - priorLogOdds),
      countPrior,
      row,
    )
    for (let j = 0; j < d; j++) {
      logOdds[k * d + j] = missing[j] ? -Infinity : row[j]!
      probability[k * d + j] = missing[j] ? 0 : sigmoid(row[j]!)
    }
    rankEnvironment(logOdds, probability, k, d, rank, listFdr)
    noConfidentTarget.push(bestFdr(listFdr, k, d) > result.settings.fdr)
    for (let j = 0; j < d; j++) if (missing[j]) probability[k * d + j] = listFdr[k * d + j] = NaN
  }
  return { probability, logOdds, rank, listFdr, noTarget, noConfidentTarget }
}
