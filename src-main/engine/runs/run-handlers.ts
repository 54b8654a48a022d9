import { setImmediate } from 'node:timers/promises'
import { AppError } from '../../../src-shared/contract/errors'
import { isLearned, type AnalysisResult, type LearnedResult } from '../../../src-shared/domain/result'
import { edgeEvidence } from '../../core/effects/edge-evidence'
import { targetEvidence } from '../../core/effects/target-evidence'
import type { Intervention } from '../../core/effects/network-response'
import { changesOf } from '../../report/changes'
import type { LearnedModels } from '../analysis/ask-network'
import { createProgressMeter } from '../analysis/progress-meter'
import { throwIfAborted } from '../analysis/run-hooks'
import type { FileReader } from '../datasets/reading/read-apart'
import type { FileGrants } from '../files/file-grants'
import type { HandlersOf } from '../handlers'
import type { JobList } from '../jobs/job-list'
import type { PagePrinter } from '../printing/page-printer'
import { kindOfFile } from '../projects/open-granted'
import { openShownRun } from '../projects/open-shown-run'
import type { ProjectStore } from '../projects/project-store'
import { changeSources } from './change-sources'
import { constraintCosts } from './constraint-costs'
import { adaptRun } from './adapt-run'
import { drawRun } from './draw-run'
import { edgeSupport } from './edge-support'
import { exportRun } from './export-run'
import { nextExperiments } from './next-experiments'
import { predictWhatIf } from './predict-what-if'
import { compareWithRecord } from './compare-with-record'
import { keptHonestyCheck } from './kept-honesty-check'
import { readRecord } from './read-record'
import { resultView } from './result-view'
import type { RunStore } from './run-store'

interface Parts {
  readonly jobs: JobList
  readonly grants: FileGrants
  readonly reader: FileReader
  readonly runs: RunStore
  readonly projects: ProjectStore
  /** for what is taken out of a report before it is read */
  readonly scratch: string
  readonly models: LearnedModels
  readonly printer: PagePrinter
}

export function runHandlers({
  jobs,
  grants,
  reader,
  runs,
  models,
  projects,
  scratch,
  printer,
}: Parts): HandlersOf<'run'> {
  return {
    'run.list': () => runs.list(),
    'run.view': async ({ runId }) => resultView(await runs.get(runId)),

    'run.open': ({ file }, call) =>
      jobs.run('run.open', call, async () => {
        const granted = grants.resolve(file)
        if ((await kindOfFile(granted)) !== 'other') return openShownRun(granted, projects, scratch, runs)
        return runs.open(granted.path, granted.name)
      }),

    'run.edgeEvidence': async ({ runId, source, target }) => {
      const result = withEvidence((await runs.get(runId)).result)
      return edgeEvidence(result, ...pairIn(result, source, target))
    },

    'run.edgeSupport': async ({ runId, source, target }) => {
      const result = withEvidence((await runs.get(runId)).result)
      return edgeSupport(result, ...pairIn(result, source, target))
    },

    'run.targetEvidence': async ({ runId, environment, gene }) => {
      const result = withEvidence((await runs.get(runId)).result)
      return targetEvidence(
        result,
        indexIn(result.environments, environment, 'experiment'),
        indexIn(result.genes, gene, 'gene'),
      )
    },

    'run.changeSources': async ({ runId, environment, gene }) => {
      const result = withEvidence((await runs.get(runId)).result)
      const k = indexIn(result.environments, environment, 'experiment')
      if (result.input.samplesPerEnvironment[k + 1] === 0)
        throw new AppError('DATA_INSUFFICIENT', `'${environment}' has no samples in this run.`)
      return changeSources(result, k, indexIn(result.genes, gene, 'gene'))
    },

    'run.whatIf': async ({ runId, interventions }) => {
      const result = withEvidence((await runs.get(runId)).result)
      const acts = interventions.map(({ gene, kind, amount }): Intervention => ({
        gene: indexIn(result.genes, gene, 'gene'),
        kind,
        amount,
      }))
      if (new Set(acts.map(({ gene }) => gene)).size < acts.length)
        throw new AppError('INVALID_PARAMS', 'Each gene can be held or shifted once only.')
      return predictWhatIf(result, acts)
    },

    'run.nextExperiments': ({ runId, ...question }, call) =>
      jobs.run('run.nextExperiments', call, async ({ signal, progress }) => {
        const meter = createProgressMeter([{ stage: 'scoring', seconds: 1 }], progress)
        const result = withEvidence((await runs.get(runId)).result)
        return nextExperiments(result, question, signal, (share) => meter.report('scoring', share))
      }),

    'run.differential': async ({ runId, environment }) => {
      const { result } = await runs.get(runId)
      const changes = changesOf(result)
      if (!changes) throw withoutDifferential(result)
      return changes.experiment(indexIn(result.environments, environment, 'experiment'))
    },

    'run.adapt': ({ runId, read }, call) =>
      jobs.run('run.adapt', call, async (job) =>
        adaptRun((await runs.get(runId)).result, read, job, { reader, grants, models }),
      ),

    'run.constraintCosts': async ({ before, after }, { signal }) =>
      constraintCosts((await runs.get(before)).result, (await runs.get(after)).result, signal),

    'run.record': async ({ file }) => {
      const { path, name } = grants.resolve(file)
      return (await readRecord(path, name)).record
    },

    'run.compareWithRecord': async ({ runId, file }) => {
      const { path, name } = grants.resolve(file)
      return compareWithRecord(await readRecord(path, name), (await runs.get(runId)).result)
    },

    'run.figure': async ({ runId, request }, { signal }) =>
      drawRun((await runs.get(runId)).result, request, signal, printer),

    'run.preview': async ({ runId, sections }, { signal }) => {
      const { result } = await runs.get(runId)
      const honesty = sections.includes('honesty') ? await keptHonestyCheck(result, signal) : null
      const { renderReportPreview } = await import('../../report/html')
      return renderReportPreview(result, { sections, honesty }, async () => {
        await setImmediate()
        throwIfAborted(signal)
      })
    },

    'run.export': async ({ runId, format, options, projectId }, { signal }) => {
      const { result } = await runs.get(runId)
      const file = await exportRun(result, format, options, signal, printer)
      if (format !== 'report-html') return file
      return { ...file, bytes: await projects.carriedBy(file.bytes, runId, result.settings, projectId) }
    },
  }
}

function withEvidence(result: AnalysisResult): LearnedResult {
  if (isLearned(result)) return result
  throw new AppError(
    'INVALID_PARAMS',
    'This is the instant answer, which has no mechanisms to show. Run the full search to see evidence.',
    { mode: result.mode },
  )
}

/** Says why a run holds no differential expression. */
function withoutDifferential({ version, input }: AnalysisResult): AppError {
  const why =
    version < 3
      ? 'This result is of an older version, which kept no differential expression. Run the analysis again.'
      : input.control === null
        ? 'There is no control to compare the experiments with.'
        : 'There are no replicates from which to tell changes from noise.'
  return new AppError('DATA_INSUFFICIENT', why)
}

function pairIn(result: AnalysisResult, source: string, target: string): [number, number] {
  const [i, j] = [indexIn(result.genes, source, 'gene'), indexIn(result.genes, target, 'gene')]
  if (i === j) throw new AppError('INVALID_PARAMS', `${source} cannot be a cause of itself.`)
  return [i, j]
}

function indexIn(names: readonly string[], name: string, what: 'gene' | 'experiment'): number {
  const index = names.indexOf(name)
  if (index < 0) throw new AppError('INVALID_PARAMS', `'${name}' is no ${what} of this run.`)
  return index
}
