import { AppError } from '../../../src-shared/contract/errors'
import type { HandlersOf } from '../handlers'
import type { FileGrants } from '../files/file-grants'
import type { JobList } from '../jobs/job-list'
import { openGrantedProject } from './open-granted'
import type { ProjectStore } from './project-store'
import type { ProjectWindow } from './project-windows'

interface Parts {
  readonly jobs: JobList
  readonly grants: FileGrants
  readonly projects: ProjectStore
  /** for what is taken out of a report before it is read */
  readonly scratch: string
  /** the one that asks */
  readonly window: ProjectWindow
}

export function projectHandlers({ jobs, grants, projects, scratch, window }: Parts): HandlersOf<'project'> {
  return {
    'project.keep': async ({ projectId, content, unsaved }) => {
      if (projectId !== null && !window.mayChange(projectId)) throw inOtherWindow(content.name)
      const kept = await projects.keep(projectId, content, unsaved)
      window.take(kept.projectId)
      return kept
    },
    'project.save': ({ projectId, content, to }, call) =>
      jobs.run('project.save', call, async () => {
        const mayChange = projectId === null || window.mayChange(projectId)
        if (!mayChange && to === 'same') throw inOtherWindow(content.name)
        // What another window goes on with stays as it is: this becomes a project of its own.
        const saved = await projects.save(mayChange ? projectId : null, content, to)
        window.take(saved.projectId)
        return saved
      }),
    'project.open': ({ file, lookOnly, takeOver }, call) =>
      jobs.run('project.open', call, async () => {
        const options = { lookOnly, takeOver }
        const opened = await openGrantedProject(grants.resolve(file), projects, scratch, options)
        if (!lookOnly) window.take(opened.projectId)
        return opened
      }),
    'project.resume': ({ projectId }, call) =>
      jobs.run('project.resume', call, async () => {
        const opened = await projects.resume(projectId)
        window.take(opened.projectId)
        return opened
      }),
    'project.close': async ({ projectId }) => {
      if (window.leave(projectId)) await projects.close(projectId)
      return null
    },
    'project.recent': () => projects.recent(),
    'project.forget': async ({ projectId }) => {
      if (!window.leave(projectId))
        throw new AppError('FILE_ACCESS', 'This project is open in another window. Close it there first.')
      await projects.forget(projectId)
      return null
    },
  }
}

const inOtherWindow = (name: string): AppError =>
  new AppError(
    'FILE_ACCESS',
    `'${name}' was opened in another window and goes on there; what is changed in this one is not kept. Reload this window to go on here with what is kept there.`,
  )
