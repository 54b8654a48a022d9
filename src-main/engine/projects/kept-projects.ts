import type { RecentProject } from '../../../src-shared/contract/project'
import { fileStateOf } from './file-state'
import {
  isLeftBehind,
  listWorkspaces,
  readAbout,
  readKeptDocument,
  removeWorkspace,
  type About,
  type Workspace,
} from './workspace'

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

/** Newest first; of the saved states of one file the newest alone. */
export async function recentProjects(root: string, isOpen: IsOpen): Promise<RecentProject[]> {
  const list = await kept(root)
  const told = list.filter((one) => !isOlderCopy(one, list))
  return Promise.all(
    told.map(async ({ workspace: { projectId }, about }) => ({
      projectId,
      name: about.name,
      fileName: about.file?.name ?? null,
      file: about.file && (await fileStateOf(about.file)),
      changedAt: about.changedAt,
      unsaved: about.unsaved,
      runs: about.runs,
      open: isOpen(projectId, about),
    })),
  )
}

/** It is saved, and a newer entry stands for the same file. @param list newest first */
const isOlderCopy = (one: Kept, list: readonly Kept[]): boolean =>
  !one.about.unsaved &&
  one.about.file !== null &&
  list.slice(0, list.indexOf(one)).some(({ about }) => about.file?.path === one.about.file?.path)

/**
 * Saved projects beyond the newest twenty are in their files; what was never saved is kept for two months, and so is what
 * was saved to a file that is gone or was changed since. A folder in which nothing was ever kept goes after a day.
 */
export async function pruneKept(root: string, isOpen: IsOpen): Promise<void> {
  for (const workspace of await listWorkspaces(root))
    if (await isLeftBehind(workspace)) await removeWorkspace(workspace)
  const list = await kept(root)
  const idle = list.filter(({ workspace, about }) => !isOpen(workspace.projectId, about))
  const safe: Kept[] = []
  for (const one of idle) if (await isInItsFile(one)) safe.push(one)
  const beyond = [...safe.filter((one) => isOlderCopy(one, list)), ...safe.slice(SAVED_KEPT)]
  const old = idle.filter(
    (one) =>
      !safe.includes(one) && Date.now() - new Date(one.about.changedAt).getTime() > UNSAVED_DAYS * DAY_MS,
  )
  for (const { workspace } of new Set([...beyond, ...old])) await removeWorkspace(workspace)
}

async function isInItsFile({ about: { unsaved, file } }: Kept): Promise<boolean> {
  if (unsaved) return false
  return file === null || (await fileStateOf(file)) === 'same'
}

/**
 * A file that was opened again stands for what was kept of it before, as far as that was saved: the same path, or (where the
 * host only hands over copies) the same project in the same state.
 */
export async function dropSuperseded(root: string, projectId: string, isOpen: IsOpen): Promise<void> {
  const list = await kept(root)
  const fresh = list.find(({ workspace }) => workspace.projectId === projectId)
  if (!fresh) return
  const document = await readKeptDocument(fresh.workspace)
  for (const { workspace, about } of list) {
    if (workspace.projectId === projectId || about.unsaved || isOpen(workspace.projectId, about)) continue
    const { file } = about
    const same =
      file === null || fresh.about.file === null
        ? file === fresh.about.file &&
          about.id === fresh.about.id &&
          (await readKeptDocument(workspace).catch(() => '')) === document
        : file.path === fresh.about.file.path
    if (same) await removeWorkspace(workspace)
  }
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
