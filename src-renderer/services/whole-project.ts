import { packContent, type ProjectContent, type RunOrigin } from '../../src-shared/contract/project-content'
import type { ProjectState } from '../../src-shared/contract/project-state'
import type { History } from './history'

interface Parts {
  readonly name: string
  readonly history: History<ProjectState>
  readonly runs: readonly RunOrigin[]
  /** the run on screen */
  readonly shown: string | null
}

/** Everything of a project, to be kept or saved. A deleted run is part of it for as long as a step can show it again. */
export function wholeProject({ name, history, runs, shown }: Parts): ProjectContent {
  const states = [
    ...history.past.map((step) => step.state),
    history.present,
    ...history.future.map((step) => step.state),
  ]
  const reachable = runs.filter((run) => states.some((state) => !state.runs.deleted.includes(run.runId)))
  return packContent({ name, history, runs: reachable, shown })
}
