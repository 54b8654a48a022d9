import { setImmediate } from 'node:timers/promises'
import {
  MOST_SAMPLES_LEFT_OUT,
  type ExperimentEvidence,
  type SampleInfluence,
  type SampleLabel,
  type SimilarExperiment,
} from '../../../src-shared/domain/experiment-evidence'
import { isLearned, type AnalysisResult, type LearnedResult } from '../../../src-shared/domain/result'
import { sampleFits, type SampleFit } from '../../core/effects/sample-fit'
import { studyOfResult } from '../../core/effects/stored-study'
import { closedFormVerdicts } from '../../core/evidence/closed-form-verdicts'
import { leaveOneOut } from '../../core/evidence/leave-one-out'
import { mostSimilar } from '../../core/metrics/profile-similarity'
import { throwIfAborted } from './run-hooks'

const MOST_SIMILAR = 5

/**
 * What stands behind the answer to one experiment (docs/method.md, section 6). An instant result has no mechanisms, so
 * nothing about its samples.
 *
 * @param onShare called with the share of the work done, 0 … 1
 */
export async function experimentEvidence(
  result: AnalysisResult,
  environment: number,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<ExperimentEvidence> {
  const learned = isLearned(result)
  return {
    environment: result.environments[environment]!,
    influence: learned ? await influenceOfSamples(result, environment, signal, onShare) : null,
    samples: learned ? labelsOf(result, environment) : [],
    similar: similarExperiments(result, environment),
  }
}

async function influenceOfSamples(
  result: LearnedResult,
  environment: number,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<SampleInfluence | null> {
  const n = result.input.samplesPerEnvironment[environment + 1]!
  if (n < 2 || n > MOST_SAMPLES_LEFT_OUT) return null
  const from = firstSampleOf(result, environment)
  const judged = leaveOneOut(result, environment)
  const all = answer(result, judged.all())
  const without: SampleInfluence['without'][number][] = []
  for (let sample = 0; sample < n; sample++) {
    onShare((sample + 1) / (n + 1))
    await setImmediate()
    throwIfAborted(signal)
    without.push({ sample: result.input.samples[from + sample]!, ...answer(result, judged.without(sample)) })
  }
  return { ...all, without }
}

/** @param raw [d] log-odds before the prior on the number of targets */
function answer(
  result: LearnedResult,
  raw: Float64Array,
): { readonly probability: Float64Array; readonly listed: readonly string[] } {
  const d = result.genes.length
  const { probability, rank, listFdr } = closedFormVerdicts(result, raw, new Uint8Array(d), 1)
  const listed = result.genes
    .map((gene, j) => ({ gene, j }))
    .filter(({ j }) => listFdr[j]! <= result.settings.fdr)
    .sort((a, b) => rank[a.j]! - rank[b.j]!)
    .map(({ gene }) => gene)
  return { probability, listed }
}

function labelsOf(result: LearnedResult, environment: number): SampleLabel[] {
  const { study } = studyOfResult(result)
  const fits = sampleFits(study.effects[0]!, study.genes, study.starts)
  const name = (fit: SampleFit): string | null => {
    if (fit.nearest < 0) return null
    return fit.nearest === 0 ? result.input.control : result.environments[fit.nearest - 1]!
  }
  return fits.slice(study.starts[environment + 1], study.starts[environment + 2]).map((fit) => ({
    sample: result.input.samples[fit.row]!,
    nearest: name(fit),
    wrong: fit.wrong,
    hint: fit.hint,
  }))
}

function similarExperiments(result: AnalysisResult, environment: number): SimilarExperiment[] {
  const d = result.genes.length
  const { observedShift: shift, probability: target } = result.targets
  const own = (values: Float64Array): Float64Array => values.subarray(environment * d, (environment + 1) * d)
  return mostSimilar(
    { shift: own(shift), target: own(target) },
    { shift, target },
    MOST_SIMILAR,
    environment,
  ).map((found) => ({ ...found, environment: result.environments[found.environment]! }))
}

function firstSampleOf(result: AnalysisResult, environment: number): number {
  return result.input.samplesPerEnvironment.slice(0, environment + 1).reduce((sum, n) => sum + n, 0)
}
