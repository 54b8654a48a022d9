import type { RecentProject } from '../../../src-shared/contract/project'
import { listWorkspaces, readAbout, removeWorkspace, type About, type Workspace } from './workspace'

/** Whether somebody has a kept project open, here or in another instance. */
export type IsOpen = (projectId: string, about: About) => boolean

const SAVED_KEPT = 20
const UNSAVED_DAYS = 60
const DAY_MS = 86_400_000

interface Kept {
  readonly workspace: Workspace
  readonly about: About
}

/** newest first */
async function kept(root: string): Promise<Kept[]> {
  const list: Kept[] = []
  for (const workspace of await listWorkspaces(root)) {
    const about = await readAbout(workspace)
    if (about) list.push({ workspace, about })
  }
  return list.sort((a, b) => (a.about.changedAt < b.about.changedAt ? 1 : -1))
}

export async function recentProjects(root: string, isOpen: IsOpen): Promise<RecentProject[]> {
  return (await kept(root)).map(({ workspace: { projectId }, about }) => ({
    projectId,
    name: about.name,
    fileName: about.file?.name ?? null,
    changedAt: about.changedAt,
    unsaved: about.unsaved,
    runs: about.runs,
    open: isOpen(projectId, about),
  }))
}

/** Saved projects beyond the newest twenty are in their files; what was never saved is kept for two months. */
export async function pruneKept(root: string, isOpen: IsOpen): Promise<void> {
  const idle = (await kept(root)).filter(({ workspace, about }) => !isOpen(workspace.projectId, about))
  const saved = idle.filter(({ about }) => !about.unsaved).slice(SAVED_KEPT)
  const old = idle.filter(
    ({ about }) => about.unsaved && Date.now() - new Date(about.changedAt).getTime() > UNSAVED_DAYS * DAY_MS,
  )
  for (const { workspace } of [...saved, ...old]) await removeWorkspace(workspace)
}

/** The newest work on a file that was never saved to it, because its window or engine ended first. */
export async function unsavedWorkOn(
  root: string,
  path: string,
  isOpen: IsOpen,
): Promise<{ projectId: string; changedAt: string } | null> {
  const found = (await kept(root)).find(
    ({ workspace, about }) =>
      about.unsaved && about.file?.path === path && !isOpen(workspace.projectId, about),
  )
  return found ? { projectId: found.workspace.projectId, changedAt: found.about.changedAt } : null
}
