import type { HandlersOf } from '../handlers'
import type { FileGrants } from '../files/file-grants'
import type { JobList } from '../jobs/job-list'
import { openGrantedProject } from './open-granted'
import type { ProjectStore } from './project-store'

interface Parts {
  readonly jobs: JobList
  readonly grants: FileGrants
  readonly projects: ProjectStore
  /** for what is taken out of a report before it is read */
  readonly scratch: string
}

export function projectHandlers({ jobs, grants, projects, scratch }: Parts): HandlersOf<'project'> {
  return {
    'project.keep': ({ projectId, content, unsaved }) => projects.keep(projectId, content, unsaved),
    'project.save': ({ projectId, content, to }, call) =>
      jobs.run('project.save', call, () => projects.save(projectId, content, to)),
    'project.open': ({ file, lookOnly, takeOver }, call) =>
      jobs.run('project.open', call, () =>
        openGrantedProject(grants.resolve(file), projects, scratch, { lookOnly, takeOver }),
      ),
    'project.resume': ({ projectId }, call) =>
      jobs.run('project.resume', call, () => projects.resume(projectId)),
    'project.close': async ({ projectId }) => {
      await projects.close(projectId)
      return null
    },
    'project.recent': () => projects.recent(),
    'project.forget': async ({ projectId }) => {
      await projects.forget(projectId)
      return null
    },
  }
}
