import { z } from 'zod'
import { FileHandle } from './dataset-source'
import type { Progress } from './engine-info'
import { job, query } from './method'
import { ProjectContent } from './project-content'

export const PROJECT_EXTENSION = '.metacadi'
export const PROJECT_MEDIA_TYPE = 'application/x-metacadi'

const ProjectId = z.string().min(1).max(200)

/** Why a project can be looked at and changed, but not saved over its file. */
export type ReadOnlyReason =
  /** written by a newer version of the program */
  | 'newer-version'
  /** open somewhere else */
  | 'locked'
  /** its folder or file cannot be written */
  | 'folder'
  /** part of it could not be read; saving over it would lose the rest */
  | 'damaged'
  /** restored from a report */
  | 'report'
  /** its file was changed elsewhere while this work was not saved */
  | 'changed'

/** What became of the file of a kept project since it was opened or saved here. */
export type ProjectFileState = 'same' | 'changed' | 'gone'

export interface LockHolder {
  /** user and computer */
  readonly who: string
  readonly since: string
}

export interface OpenedProject {
  readonly projectId: string
  /** files of its states are handles again; its runs can be viewed under their own identifiers */
  readonly content: ProjectContent
  /** the file it was opened from or saved to, by its name; null = never saved, or the file is not on this computer */
  readonly fileName: string | null
  /** what is shown is newer than the file, or there is no file */
  readonly unsaved: boolean
  readonly readOnly: ReadOnlyReason | null
  readonly lockedBy: LockHolder | null
  /** what could not be restored, each as a sentence */
  readonly problems: readonly string[]
  /** changes to the same file that were never saved */
  readonly recovery: { readonly projectId: string; readonly changedAt: string } | null
}

export interface SavedProject {
  readonly projectId: string
  readonly fileName: string
  readonly savedAt: string
  /** the file itself, where the host hands it to the user */
  readonly bytes: Uint8Array | null
}

/** Work that can be gone on with: saved projects and what was never saved. */
export interface RecentProject {
  readonly projectId: string
  readonly name: string
  readonly fileName: string | null
  /** null = it has no file on this computer */
  readonly file: ProjectFileState | null
  readonly changedAt: string
  readonly unsaved: boolean
  readonly runs: number
  /** open in another window or another instance of the program */
  readonly open: boolean
}

export const projectMethods = {
  /**
   * Keeps the present state of a project outside its file, so that it survives a crash of window, engine or computer.
   * Without an identifier a new project begins.
   */
  'project.keep': query<{ projectId: string; keptAt: string }>()(
    z.object({
      projectId: ProjectId.nullable(),
      content: ProjectContent,
      /** there is work in it that its file does not hold */
      unsaved: z.boolean(),
    }),
  ),
  /** `same`: over the file it was opened from; `download`: as bytes; else a handle that was granted for writing. */
  'project.save': job<SavedProject, Progress>()(
    z.object({
      projectId: ProjectId.nullable(),
      content: ProjectContent,
      to: z.union([z.literal('same'), z.literal('download'), z.object({ file: FileHandle })]),
    }),
  ),
  /** Opens a granted project file, or the project inside an HTML report. */
  'project.open': job<OpenedProject, Progress>()(
    z.object({
      file: FileHandle,
      /** do not ask for the lock: the file is only read */
      lookOnly: z.boolean().default(false),
      /** take the lock from whoever holds it */
      takeOver: z.boolean().default(false),
    }),
  ),
  /**
   * Goes on with a kept project: after a reload, a crash, or from the list of recent ones. When nothing of it was unsaved and
   * its file was changed elsewhere, the file is opened instead, under an identifier of its own.
   */
  'project.resume': job<OpenedProject, Progress>()(z.object({ projectId: ProjectId })),
  /** The window is done with it: the lock is given back, what was kept stays. */
  'project.close': query<null>()(z.object({ projectId: ProjectId })),
  /** newest first */
  'project.recent': query<RecentProject[]>()(z.object({})),
  /** Takes a project off the list of recent ones, with what was kept of it; a saved file stays where it is. */
  'project.forget': query<null>()(z.object({ projectId: ProjectId })),
} as const
