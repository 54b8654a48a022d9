import { z } from 'zod'
import { DEFAULT_LOOK, NetworkLook } from '../domain/network-look'
import { Note } from '../domain/notes'
import { DEFAULT_SETTINGS, RunSettings } from '../domain/run-settings'
import { ReadOptions } from './dataset-source'

const RunId = z.string().min(1).max(200)

/** What the user did to the list of runs; results themselves are never changed. */
export const RunList = z.object({
  names: z
    .array(z.object({ runId: RunId, name: z.string().min(1).max(200) }))
    .max(10_000)
    .default([]),
  deleted: z.array(RunId).max(10_000).default([]),
})
export type RunList = z.infer<typeof RunList>

/**
 * Everything in a project that the user can change, and undo. One immutable value: an edit makes the next one, sharing
 * what it does not change.
 */
export const ProjectState = z.object({
  settings: RunSettings,
  /** how the files are read; null when only a stored result is open */
  read: ReadOptions.nullable(),
  look: NetworkLook,
  notes: z.array(Note).max(100_000),
  runs: RunList,
})
export type ProjectState = z.infer<typeof ProjectState>

export const EMPTY_STATE: ProjectState = {
  settings: DEFAULT_SETTINGS,
  read: null,
  look: DEFAULT_LOOK,
  notes: [],
  runs: { names: [], deleted: [] },
}
