import type { ProjectState } from '../../src-shared/contract/project-state'
import type { Constraints, Edge } from '../../src-shared/domain/constraints'
import type { NetworkLook } from '../../src-shared/domain/network-look'
import { noteAbout, withNote, type NoteSubject } from '../../src-shared/domain/notes'
import { DEFAULT_SETTINGS, type RunSettings } from '../../src-shared/domain/run-settings'
import { withConstraint } from '../services/edge-list'
import { text } from '../strings'

interface Parts {
  readonly state: () => ProjectState
  readonly record: (label: string, patch: Partial<ProjectState>, kind?: string) => void
}

export interface ProjectEdits {
  readonly constrain: (edge: Edge, state: '' | 'required' | 'forbidden') => void
  readonly setConstraints: (label: string, constraints: Constraints) => void
  readonly setSetting: <K extends keyof RunSettings>(key: K, value: RunSettings[K], label: string) => void
  readonly resetSettings: () => void
  /** How the network is drawn: threshold, hidden genes, groups, places, layout. `kind` as for `record`. */
  readonly changeLook: (label: string, patch: Partial<NetworkLook>, kind?: string) => void
  readonly noteOf: (about: NoteSubject) => string
  /** An empty text takes the note away. @param name what it is about, in words */
  readonly setNote: (about: NoteSubject, words: string, name: string) => void
}

/** The edits that need no reading of data: each is one named step of the history. */
export function projectEdits({ state, record }: Parts): ProjectEdits {
  const settings = (): RunSettings => state().settings

  function setConstraints(label: string, constraints: Constraints): void {
    record(label, { settings: { ...settings(), constraints } })
  }
  const noteOf = (about: NoteSubject): string => noteAbout(state().notes, about)

  return {
    constrain: (edge, wanted) => {
      const { source, target } = edge
      const label =
        wanted === 'required'
          ? text.undo.require(source, target)
          : wanted === 'forbidden'
            ? text.undo.forbid(source, target)
            : text.undo.free(source, target)
      setConstraints(label, withConstraint(settings().constraints, edge, wanted))
    },
    setConstraints,
    setSetting: (key, value, label) => {
      if (Object.is(settings()[key], value)) return
      record(text.undo.setting(label), { settings: { ...settings(), [key]: value } })
    },
    resetSettings: () => {
      const { constraints, knownTargets } = settings()
      record(text.undo.resetSettings, { settings: { ...DEFAULT_SETTINGS, constraints, knownTargets } })
    },
    changeLook: (label, patch, kind) => record(label, { look: { ...state().look, ...patch } }, kind),
    noteOf,
    setNote: (about, words, name) => {
      const [before, now] = [noteOf(about), words.trim()]
      if (before === now) return
      const { addNote, editNote, removeNote } = text.undo
      const label = before === '' ? addNote(name) : now === '' ? removeNote(name) : editNote(name)
      record(label, { notes: withNote(state().notes, about, words) })
    },
  }
}
