import { AppError } from '../../../src-shared/contract/errors'
import type { RunSummary } from '../../../src-shared/contract/result-view'
import type { GrantedFile } from '../files/file-grants'
import type { RunStore } from '../runs/run-store'
import { openGrantedProject } from './open-granted'
import type { ProjectStore } from './project-store'

/**
 * The run that a project or a report shows, as a run of this session; the project itself is left as it is.
 * @throws AppError
 */
export async function openShownRun(
  file: GrantedFile,
  projects: ProjectStore,
  scratch: string,
  runs: RunStore,
): Promise<RunSummary> {
  const opened = await openGrantedProject(file, projects, scratch, { lookOnly: true, takeOver: false })
  const { shown, runs: held } = opened.content
  const runId = shown ?? held.at(-1)?.runId
  await projects.forget(opened.projectId)
  if (runId === undefined)
    throw new AppError(
      'INVALID_PARAMS',
      `'${file.name}' has no run yet. Run it first: metacadi analyze --project, or in the app.`,
    )
  return runs.stored(runId).summary
}
