import { z } from 'zod'
import { NetworkLook } from '../domain/network-look'
import { Note } from '../domain/notes'
import { RunSettings } from '../domain/run-settings'
import { ReadOptions } from './dataset-source'
import { EMPTY_STATE, RunList, type ProjectState } from './project-state'

/** The undo history of a project as the window holds it. */
export interface StateHistory {
  readonly past: readonly StateStep[]
  readonly present: ProjectState
  readonly future: readonly StateStep[]
}
export interface StateStep {
  readonly label: string
  readonly state: ProjectState
}

const Index = z.number().int().min(0).max(100_000)
const PackedState = z.object({ settings: Index, read: Index, look: Index, notes: Index, runs: Index })
type PackedState = z.infer<typeof PackedState>
const PackedSteps = z.array(z.object({ label: z.string().max(10_000), state: PackedState })).max(1_000)

/** Each part of the states once; states name their parts by number, so a long history stays small. */
export const PackedHistory = z.object({
  parts: z.object({
    settings: z.array(RunSettings),
    read: z.array(ReadOptions.nullable()),
    look: z.array(NetworkLook),
    notes: z.array(z.array(Note)),
    runs: z.array(RunList),
  }),
  past: PackedSteps,
  present: PackedState,
  future: PackedSteps,
})
export type PackedHistory = z.infer<typeof PackedHistory>

export const ProjectRun = z.object({
  runId: z.string().min(1).max(200),
  /** what it was made from, as numbers of parts; null when that is not known */
  settings: Index.nullable(),
  read: Index.nullable(),
})

/** A project as a window hands it to the engine and gets it back; files are handles. */
export const ProjectContent = z.object({
  name: z.string().min(1).max(200),
  history: PackedHistory,
  /** oldest first, those that were deleted but can be brought back by undo included */
  runs: z.array(ProjectRun).max(900),
  /** the run on screen */
  shown: z.string().max(200).nullable(),
})
export type ProjectContent = z.infer<typeof ProjectContent>

/** What a run was made from, by the run. */
export interface RunOrigin {
  readonly runId: string
  readonly settings: RunSettings | null
  readonly read: ReadOptions | null
}

export interface OpenContent {
  readonly name: string
  readonly history: StateHistory
  readonly runs: readonly RunOrigin[]
  readonly shown: string | null
}

export function packContent({ name, history, runs, shown }: OpenContent): ProjectContent {
  const parts: PackedHistory['parts'] = { settings: [], read: [], look: [], notes: [], runs: [] }
  const numbers = new Map<unknown, number>()
  const numberOf = <T>(list: T[], part: T): number => {
    // null is one value wherever it stands, and belongs to `read` alone
    const known = numbers.get(part)
    if (known !== undefined) return known
    numbers.set(part, list.length)
    list.push(part)
    return list.length - 1
  }
  const packed = (state: ProjectState): PackedState => ({
    settings: numberOf(parts.settings, state.settings),
    read: numberOf(parts.read, state.read),
    look: numberOf(parts.look, state.look),
    notes: numberOf(parts.notes, state.notes),
    runs: numberOf(parts.runs, state.runs),
  })
  const steps = (list: readonly StateStep[]): { label: string; state: PackedState }[] =>
    list.map(({ label, state }) => ({ label, state: packed(state) }))
  const past = steps(history.past)
  const present = packed(history.present)
  const future = steps(history.future)
  const origins = runs.map((run) => ({
    runId: run.runId,
    settings: run.settings && numberOf(parts.settings, run.settings),
    read: run.read && numberOf(parts.read, run.read),
  }))
  return { name, history: { parts, past, present, future }, runs: origins, shown }
}

/**
 * The inverse of `packContent`: states that shared a part share it again.
 * @throws RangeError when a state names a part that is not there
 */
export function unpackContent({ name, history, runs, shown }: ProjectContent): OpenContent {
  const { parts } = history
  const part = <T>(list: readonly T[], index: number): T => {
    if (index >= list.length) throw new RangeError(`part ${index} of ${list.length}`)
    return list[index]!
  }
  const open = new Map<string, ProjectState>()
  const unpacked = (state: PackedState): ProjectState => {
    const key = JSON.stringify([state.settings, state.read, state.look, state.notes, state.runs])
    const known = open.get(key)
    if (known) return known
    const next: ProjectState = {
      settings: part(parts.settings, state.settings),
      read: part(parts.read, state.read),
      look: part(parts.look, state.look),
      notes: part(parts.notes, state.notes),
      runs: part(parts.runs, state.runs),
    }
    open.set(key, next)
    return next
  }
  const steps = (list: PackedHistory['past']): StateStep[] =>
    list.map(({ label, state }) => ({ label, state: unpacked(state) }))
  return {
    name,
    history: {
      past: steps(history.past),
      present: unpacked(history.present),
      future: steps(history.future),
    },
    runs: runs.map((run) => ({
      runId: run.runId,
      settings: run.settings === null ? null : part(parts.settings, run.settings),
      read: run.read === null ? null : part(parts.read, run.read),
    })),
    shown,
  }
}

/** A project without a past: what a command line or a single result makes. */
export function newContent(
  name: string,
  state: Partial<ProjectState>,
  runs: readonly RunOrigin[] = [],
): ProjectContent {
  return packContent({
    name: name.slice(0, 200) || 'project',
    history: { past: [], present: { ...EMPTY_STATE, ...state }, future: [] },
    runs,
    shown: runs.at(-1)?.runId ?? null,
  })
}
