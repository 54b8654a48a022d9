import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import { AppError } from '../../../src-shared/contract/errors'
import type { NewExperimentAnswer } from '../../../src-shared/contract/new-experiment'
import type { Dataset } from '../../../src-shared/domain/dataset'
import type { NewExperimentSummary } from '../../../src-shared/domain/evidence'
import type { SimilarExperiment } from '../../../src-shared/domain/experiment-evidence'
import type { AnalysisResult } from '../../../src-shared/domain/result'
import { mostSimilar } from '../../core/metrics/profile-similarity'
import { adapt } from '../analysis/adapt'
import type { LearnedModels } from '../analysis/ask-network'
import { readGranted } from '../datasets/read-granted'
import type { FileReader } from '../datasets/reading/read-apart'
import type { FileGrants } from '../files/file-grants'
import type { JobContext } from '../jobs/job-list'
import { newDataset, optionsOfNewData } from './new-data'

interface Parts {
  readonly reader: FileReader
  readonly grants: FileGrants
  readonly models: LearnedModels
}

const MOST_SIMILAR = 5
/** Files that were written by different programs agree to this many digits. */
const SAME_DIGITS = 6

/**
 * Reads new experiments and answers them under a result, with how the file was understood and what they resemble.
 *
 * @throws AppError DATA_INSUFFICIENT when hardly any gene is shared or nothing but a control is there; what reading asks
 */
export async function adaptRun(
  result: AnalysisResult,
  read: ReadOptions,
  job: JobContext,
  { reader, grants, models }: Parts,
): Promise<NewExperimentAnswer> {
  const outcome = await readGranted(reader, grants, optionsOfNewData(read, result), job)
  const data = newDataset(outcome, result)
  const { summary } = outcome
  if (data.environments.length < 2)
    throw new AppError(
      'DATA_INSUFFICIENT',
      `'${summary.name}' has no experiment besides the control '${data.environments[0]}'. Add the samples of the new experiment, or pick another control.`,
    )
  const started = performance.now()
  const answer = await adapt(result, data, models)
  return {
    ...answer,
    milliseconds: performance.now() - started,
    coverage: {
      shared: result.genes.length - answer.missingGenes.length,
      network: result.genes.length,
      file: summary.genesInFiles,
    },
    control: summary.control,
    groups: summary.environments
      .filter(({ name, samples }) => name !== '' && samples > 0)
      .map(({ name, samples }) => ({ name, samples })),
    samples: summary.samples.length,
    repeated: repeatedSamples(result, data, summary.samples),
    similar: similarTo(result, answer),
  }
}

/** Samples of the file that agree with a sample of the study in every shared gene. */
function repeatedSamples(
  result: AnalysisResult,
  data: Dataset,
  samples: readonly { readonly name: string }[],
): number[] {
  const d = result.genes.length
  const column = new Map(data.genes.map((gene, index) => [gene, index]))
  const shared = result.genes.flatMap((gene, j) =>
    column.has(gene) ? [[j, column.get(gene)!] as const] : [],
  )
  const key = (values: Float64Array, row: number, width: number, side: 0 | 1): string =>
    shared.map((pair) => values[row * width + pair[side]]!.toPrecision(SAME_DIGITS)).join(' ')
  const known = new Set(result.input.samples.map((_, row) => key(result.input.values, row, d, 0)))
  const place = new Map(samples.map(({ name }, index) => [name, index]))
  return data.samples
    .flatMap((name, row) => {
      const index = place.get(name)
      return index !== undefined && known.has(key(data.values, row, data.genes.length, 1)) ? [index] : []
    })
    .sort((a, b) => a - b)
}

function similarTo(result: AnalysisResult, answer: NewExperimentSummary): SimilarExperiment[][] {
  const d = result.genes.length
  const { observedShift: shift, probability: target } = result.targets
  return answer.environments.map((_, k) => {
    const row = (values: Float64Array): Float64Array => values.subarray(k * d, (k + 1) * d)
    const own = { shift: row(answer.observedShift), target: row(answer.probability) }
    return mostSimilar(own, { shift, target }, MOST_SIMILAR).map((found) => ({
      ...found,
      environment: result.environments[found.environment]!,
    }))
  })
}
