import type { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { ProjectContent } from '../../../src-shared/contract/project-content'

/** Every file that any state of the project reads, in the order of first mention. */
export function filesOf({ history }: ProjectContent): string[] {
  const files = history.parts.read.flatMap((read) =>
    read ? [...read.files, ...(read.sampleSheet === undefined ? [] : [read.sampleSheet])] : [],
  )
  return [...new Set(files)]
}

/** The content with its files called otherwise; a state whose files have no name any more reads nothing. */
export function withFiles(
  content: ProjectContent,
  rename: (file: string) => string | undefined,
): ProjectContent {
  const renamed = (read: ReadOptions | null): ReadOptions | null => {
    if (!read) return null
    const files = read.files.map(rename)
    const sheet = read.sampleSheet === undefined ? undefined : rename(read.sampleSheet)
    const gone = files.includes(undefined) || (read.sampleSheet !== undefined && sheet === undefined)
    if (gone) return null
    const { sampleSheet: _sheet, ...rest } = read
    return {
      ...rest,
      files: files.filter((file) => file !== undefined),
      ...(sheet === undefined ? {} : { sampleSheet: sheet }),
    }
  }
  const { parts } = content.history
  return {
    ...content,
    history: { ...content.history, parts: { ...parts, read: parts.read.map(renamed) } },
  }
}

/** The content with its runs called otherwise; a run without a new name is left out. */
export function withRuns(
  content: ProjectContent,
  rename: (runId: string) => string | undefined,
): ProjectContent {
  const known = (runId: string): string[] => {
    const next = rename(runId)
    return next === undefined ? [] : [next]
  }
  const { parts } = content.history
  const runs = parts.runs.map(({ names, deleted }) => ({
    names: names.flatMap(({ runId, name }) => known(runId).map((next) => ({ runId: next, name }))),
    deleted: deleted.flatMap(known),
  }))
  const notes = parts.notes.map((list) =>
    list.flatMap((note) => {
      const { about } = note
      if (about.kind !== 'run') return [note]
      return known(about.runId).map((runId) => ({ ...note, about: { kind: 'run' as const, runId } }))
    }),
  )
  return {
    ...content,
    history: { ...content.history, parts: { ...parts, runs, notes } },
    runs: content.runs.flatMap((run) => known(run.runId).map((runId) => ({ ...run, runId }))),
    shown: content.shown === null ? null : (rename(content.shown) ?? null),
  }
}
