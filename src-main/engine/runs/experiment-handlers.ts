import type { JobContext, JobList } from '../jobs/job-list'
import { AppError } from '../../../src-shared/contract/errors'
import { experimentEvidence } from '../analysis/experiment-evidence'
import { createProgressMeter } from '../analysis/progress-meter'
import type { HandlersOf } from '../handlers'
import { keptHonestyCheck } from './kept-honesty-check'
import type { RunStore } from './run-store'

interface Parts {
  readonly jobs: JobList
  readonly runs: RunStore
}

/** Closer looks at single experiments of a run, and at how far it can be trusted on these data. */
export function experimentHandlers({ jobs, runs }: Parts): HandlersOf<'experiment'> & HandlersOf<'honesty'> {
  return {
    'experiment.evidence': ({ runId, environment }, call) =>
      jobs.run('experiment.evidence', call, async (job) => {
        const { result } = await runs.get(runId)
        const at = result.environments.indexOf(environment)
        if (at < 0) throw new AppError('INVALID_PARAMS', `'${environment}' is no experiment of this run.`)
        return experimentEvidence(result, at, job.signal, reporter(job))
      }),

    'honesty.check': ({ runId }, call) =>
      jobs.run('honesty.check', call, async (job) => {
        const { result } = await runs.get(runId)
        const check = await keptHonestyCheck(result, job.signal, reporter(job))
        if (check) return check
        throw new AppError(
          'INVALID_PARAMS',
          'The check needs the mechanisms of the full search; this is the instant answer. Run the full search first.',
        )
      }),
  }
}

function reporter({ progress }: JobContext): (share: number) => void {
  const meter = createProgressMeter([{ stage: 'scoring', seconds: 1 }], progress)
  return (share) => meter.report('scoring', share)
}
