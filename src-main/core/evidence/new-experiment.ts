import { environmentStarts, type Dataset } from '../../../src-shared/domain/dataset'
import type { NewExperimentSummary } from '../../../src-shared/domain/evidence'
import { TARGET_KINDS, type LearnedResult } from '../../../src-shared/domain/result'
import { observedMean } from '../effects/observed-mean'
import { applyStoredScales, storedBasis, storedStudy } from '../effects/stored-study'
import { drawTiedEffects, TIED_DRAWS, tiedSeed } from '../features/preprocess'
import { adaptGene, predictedMeans, type Draw } from './adapt-gene'
import { closedFormVerdicts } from './closed-form-verdicts'
import { hardEvidence } from './hard-evidence'

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
    const predicted = predictedMeans(result.learned.genes[j]!, study)
    for (let k = 0; k < K; k++) {
      logOdds[k * d + j] = missing[j] ? -Infinity : gene.logOdds[k]!
      hardShare[k * d + j] = gene.hardShare[k]!
      predictedShift[k * d + j] = predicted[k]!
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
    ...closedFormVerdicts(result, logOdds, missing, data.environments.length - 1),
    kind: Uint8Array.from(hardShare, (share) => TARGET_KINDS.indexOf(share > 0.5 ? 'hard' : 'shift')),
    observedShift,
    predictedShift,
    milliseconds: 0,
    warnings,
  }
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
