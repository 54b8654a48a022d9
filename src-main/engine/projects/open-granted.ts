import type { OpenedProject } from '../../../src-shared/contract/project'
import type { GrantedFile } from '../files/file-grants'
import type { ProjectStore } from './project-store'

/** Opens a project file the user chose. */
export function openGrantedProject(
  { path, name, use }: GrantedFile,
  projects: ProjectStore,
  _scratch: string,
  options: { readonly lookOnly: boolean; readonly takeOver: boolean },
): Promise<OpenedProject> {
  return projects.open({ path, name, isCopy: use === 'upload' }, options)
}
