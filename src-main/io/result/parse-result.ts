import { z } from 'zod'
import { AppError } from '../../../src-shared/contract/errors'
import type { AnswerParts } from '../../../src-shared/domain/answer-parts'
import type { DifferentialExpression } from '../../../src-shared/domain/differential'
import type { MeasuredGenes } from '../../../src-shared/domain/measured-genes'
import {
  isLearned,
  type AnalysisResult,
  type LearnedResult,
  type LearnedState,
} from '../../../src-shared/domain/result'
import type { SampleQuality } from '../../../src-shared/domain/sample-quality'
import { parseCanonicalJson } from './canonical-json'
import { ResultSchema } from './result-schema'

const SUPPORTED_VERSION = 3

/** Far above the largest result of the largest study; a file beyond it is not one of ours. */
export const MAX_RESULT_BYTES = 256 * 1024 * 1024

const Header = z.object({ format: z.literal('metacadi-result'), version: z.number() })

const notAResult = (details: Record<string, unknown> = {}): AppError =>
  new AppError(
    'DATA_FORMAT',
    'This file is not a MetaCaDI result. Choose the result.json that a run has written.',
    details,
  )

/**
 * Reads the text of a `result.json` and checks everything that later code relies on: names, ranges and the
 * length of every array against the number of genes and experiments.
 * @throws AppError DATA_FORMAT
 */
export function parseResult(text: string): AnalysisResult {
  if (text.length > MAX_RESULT_BYTES) throw notAResult({ characters: text.length })
  const content = restored(text)
  const header = Header.safeParse(content)
  if (!header.success) throw notAResult()
  if (header.data.version > SUPPORTED_VERSION)
    throw new AppError(
      'DATA_FORMAT',
      `This result was written by a newer version of MetaCaDI (format ${header.data.version}; this version reads ${SUPPORTED_VERSION}). Update MetaCaDI to open it.`,
      { version: header.data.version },
    )
  const parsed = ResultSchema.safeParse(content)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw damaged(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
  }
  const wrong = wrongShape(parsed.data)
  if (wrong) throw damaged(wrong)
  return parsed.data
}

function restored(text: string): unknown {
  try {
    return parseCanonicalJson(text)
  } catch (error) {
    if (error instanceof RangeError) throw damaged(error.message)
    throw notAResult({ error: error instanceof Error ? error.message : String(error) })
  }
}

const damaged = (reason: string): AppError =>
  new AppError(
    'DATA_FORMAT',
    'This result file is damaged or was changed by another program. Copy it again, or run the analysis again.',
    { reason },
  )

/** @returns the first array whose length does not fit the genes, experiments or samples */
function wrongShape(result: AnalysisResult): string | undefined {
  const d = result.genes.length
  const k = result.environments.length
  const n = result.input.samples.length
  const { edges, targets, input, parts } = result
  const expected: Lengths = [
    ['input.values', input.values.length, n * d],
    ['input.samplesPerEnvironment', input.samplesPerEnvironment.length, k + 1],
    ['edges.probability', edges.probability.length, d * d],
    ['edges.logOdds', edges.logOdds.length, d * d],
    ['edges.effect', edges.effect.length, d * d],
    ['edges.effectSd', edges.effectSd.length, d * d],
    ['edges.chainDifference', edges.chainDifference.length, d * d],
    ['targets.probability', targets.probability.length, k * d],
    ['targets.logOdds', targets.logOdds.length, k * d],
    ['targets.rank', targets.rank.length, k * d],
    ['targets.kind', targets.kind.length, k * d],
    ['targets.listFdr', targets.listFdr.length, k * d],
    ['targets.observedShift', targets.observedShift.length, k * d],
    ['targets.predictedShift', targets.predictedShift.length, k * d],
    ['targets.noTarget', targets.noTarget.length, k],
    ['targets.noConfidentTarget', targets.noConfidentTarget.length, k],
    ...(parts ? partLengths(parts, d, k) : []),
    ...(result.learned ? learnedLengths(result.learned, d) : []),
    ...(result.measured ? measuredLengths(result.measured) : []),
    ...(result.differential ? differentialLengths(result.differential, k) : []),
    ...(result.quality ? qualityLengths(result.quality, n, k) : []),
  ]
  const off = expected.find(([, length, wanted]) => length !== wanted)
  if (off) return `${off[0]} has ${off[1]} values; ${off[2]} expected`
  if (input.samplesPerEnvironment.reduce((sum, samples) => sum + samples, 0) !== n)
    return 'input.samplesPerEnvironment does not add up to the samples'
  if (new Set(result.genes).size !== d) return 'genes are not unique'
  if (parts?.outside.some(({ environment }) => environment !== null && environment >= k))
    return 'parts.outside names an impossible experiment'
  if (
    result.differential &&
    !isAscendingWithin(result.differential.genes, result.measured?.names.length ?? 0)
  )
    return 'differential.genes are not genes of the file'
  if (isLearned(result)) return wrongLearnedGene(result)
  return result.mode === 'instant' ? undefined : `learned is missing in mode '${result.mode}'`
}

type Lengths = [string, number, number][]

function partLengths({ edges, targets }: AnswerParts, d: number, k: number): Lengths {
  return [
    ['parts.edges.network', edges.network.length, d * d],
    ['parts.edges.closedForm', edges.closedForm?.length ?? d * d, d * d],
    ['parts.targets.network', targets.network.length, k * d],
    ['parts.targets.closedForm', targets.closedForm?.length ?? k * d, k * d],
  ]
}

function learnedLengths(learned: LearnedState, d: number): Lengths {
  return [
    ['learned.preprocessing.basisMeans', learned.preprocessing.basisMeans.length, d * 5],
    ['learned.preprocessing.genes', learned.preprocessing.genes.length, d],
    ['learned.genes', learned.genes.length, d],
  ]
}

function measuredLengths({ names, ids, fate, reason }: MeasuredGenes): Lengths {
  return [
    ['measured.ids', ids?.length ?? names.length, names.length],
    ['measured.fate', fate.length, names.length],
    ['measured.reason', reason.length, names.length],
  ]
}

function differentialLengths(differential: DifferentialExpression, k: number): Lengths {
  const genes = differential.genes.length
  return [
    ['differential.logFoldChange', differential.logFoldChange.length, k * genes],
    ['differential.averageExpression', differential.averageExpression.length, genes],
    ['differential.sd', differential.sd.length, genes],
    ['differential.errorFactor', differential.errorFactor.length, k],
    ['differential.adjusted', differential.adjusted?.length ?? k * genes, k * genes],
    ['differential.tested', Math.max(differential.tested, genes), differential.tested],
  ]
}

function qualityLengths(quality: SampleQuality, n: number, k: number): Lengths {
  const { totals, detected, scores, spread, correlated, correlation } = quality
  const rows = correlated === 'samples' ? n : k + 1
  return [
    ['quality.totals', totals?.length ?? n, n],
    ['quality.detected', detected?.length ?? n, n],
    ['quality.scores', scores.length, 2 * n],
    ['quality.spread', spread.length, n],
    ['quality.correlation', correlation.length, rows * rows],
  ]
}

const isAscendingWithin = (indices: Int32Array, length: number): boolean =>
  indices.every((index, at) => index > (at === 0 ? -1 : indices[at - 1]!) && index < length)

function wrongLearnedGene(result: LearnedResult): string | undefined {
  const d = result.genes.length
  const k = result.environments.length
  for (const [index, gene] of result.learned.genes.entries()) {
    for (const set of gene.parentSets) {
      const where = `learned.genes.${index}`
      if (set.parents.some((parent) => parent >= d || parent === index))
        return `${where} has an impossible cause`
      if (set.states.length !== k || set.targetLogOdds.length !== k)
        return `${where} does not fit the experiments`
      if (!isTriangle(set.pool.length)) return `${where}.pool is not a packed triangle`
    }
  }
  for (const [index, scale] of result.learned.preprocessing.genes.entries()) {
    if (scale.kind === 'normal-scores' && scale.knots.length !== scale.scores.length)
      return `learned.preprocessing.genes.${index} has unequal knots and scores`
  }
  return undefined
}

/** m (m + 1) / 2 for some whole m. */
function isTriangle(length: number): boolean {
  const m = Math.round((Math.sqrt(8 * length + 1) - 1) / 2)
  return (m * (m + 1)) / 2 === length
}
