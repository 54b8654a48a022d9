import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ConstraintFormat } from '../../src-shared/contract/constraints-file'
import type { AppError } from '../../src-shared/contract/errors'
import { findConflicts } from '../../src-shared/domain/constraint-conflicts'
import {
  entryKey,
  listConstraints,
  subjectOf,
  withEntries,
  withoutEntries,
  type ConstraintEntry,
} from '../../src-shared/domain/constraint-entries'
import { NO_CONSTRAINTS, type Edge } from '../../src-shared/domain/constraints'
import { withNote } from '../../src-shared/domain/notes'
import { constraintOf } from '../services/edge-list'
import { host } from '../services/host'
import { text } from '../strings'
import { asAppError, useEngine } from './engine'
import { useNotices } from './notices'
import { useProject } from './project'
import { useRuns } from './runs'

/** What the user knows about the graph, as one list; every edit of the network ends here. */
export const useConstraints = defineStore('constraints', () => {
  const engine = useEngine()
  const project = useProject()
  const runs = useRuns()
  const notices = useNotices()
  const words = text.constraints

  const fileError = shallowRef<AppError | null>(null)
  const current = computed(() => project.settings.constraints)
  const entries = computed(() => listConstraints(current.value))
  const genes = computed(() => project.dataset?.genes ?? runs.view?.genes ?? [])
  const conflicts = computed(() => findConflicts(current.value, genes.value))
  /** keys of the statements that contradict others */
  const contradicting = computed(
    () => new Set(conflicts.value.flatMap(({ involves }) => involves.map(entryKey))),
  )
  const tierOf = computed(
    () => new Map(current.value.tiers.flatMap((tier, index) => tier.map((gene) => [gene, index] as const))),
  )
  const roots = computed(() => new Set(current.value.roots))
  const leaves = computed(() => new Set(current.value.leaves))

  function add(label: string, ...added: ConstraintEntry[]): void {
    project.setConstraints(label, withEntries(current.value, added))
  }
  function remove(taken: readonly ConstraintEntry[]): void {
    const [first] = taken
    if (!first) return
    const label =
      taken.length === 1
        ? words.undoRemove(words.quoted(words.name(first)))
        : words.undoRemoveMany(taken.length)
    removeAs(label, taken)
  }
  function removeAs(label: string, taken: readonly ConstraintEntry[]): void {
    project.setConstraints(label, withoutEntries(current.value, new Set(taken.map(entryKey))))
  }

  const stateOf = (edge: Edge): '' | 'required' | 'forbidden' => constraintOf(current.value, edge)
  function require(edge: Edge): void {
    if (stateOf(edge) === 'required') return
    add(text.undo.require(edge.source, edge.target), { kind: 'required', edge })
  }
  function forbid(edge: Edge): void {
    if (stateOf(edge) === 'forbidden') return
    add(text.undo.forbid(edge.source, edge.target), { kind: 'forbidden', edge })
  }
  function free(edge: Edge): void {
    if (stateOf(edge) !== '') project.constrain(edge, '')
  }
  /** A key that is pressed again takes back what it said. */
  function toggle(kind: 'required' | 'forbidden', edge: Edge): void {
    if (stateOf(edge) === kind) free(edge)
    else if (kind === 'required') require(edge)
    else forbid(edge)
    notices.say(project.undoLabel ?? '')
  }
  /** Turns an edge round: its reverse is required, and a required edge is no longer. */
  function reverse({ source, target }: Edge): void {
    const without = withoutEntries(
      current.value,
      new Set([entryKey({ kind: 'required', edge: { source, target } })]),
    )
    const back: ConstraintEntry = { kind: 'required', edge: { source: target, target: source } }
    project.setConstraints(text.undo.reverse(source, target), withEntries(without, [back]))
  }
  /** @param tier counts from 0; null takes the gene out of its tier */
  function setTier(names: readonly string[], tier: number | null): void {
    if (tier === null)
      removeAs(
        text.undo.noTier(names),
        entries.value.filter((entry) => entry.kind === 'tier' && names.includes(entry.gene)),
      )
    else
      add(
        text.undo.tierOf(names, tier + 1),
        ...names.map((gene): ConstraintEntry => ({ kind: 'tier', gene, tier })),
      )
  }
  /** @param is the gene has no cause (root), or no effect (leaf) */
  function setEnd(kind: 'root' | 'leaf', names: readonly string[], is: boolean): void {
    const said = names.map((gene): ConstraintEntry => ({ kind, gene }))
    if (is) add(text.undo.end(kind, names), ...said)
    else removeAs(text.undo.notEnd(kind, names), said)
  }

  /** Adds what a file says to what is there; the file wins where both speak of the same edge or tier. */
  async function importFile(): Promise<void> {
    fileError.value = null
    try {
      const [file] = await host.chooseFiles('constraints')
      if (!file) return
      const read = await engine.call('constraints.read', { file: file.handle })
      const added = listConstraints(read.constraints)
      const notes = read.notes.reduce((now, note) => withNote(now, note.about, note.text), project.notes)
      project.record(words.undoImport(file.name), {
        settings: { ...project.settings, constraints: withEntries(current.value, added) },
        notes: [...notes],
      })
      notices.show(words.imported(added.length, file.name), 'ok')
    } catch (error) {
      fileError.value = asAppError(error)
    }
  }
  async function exportFile(format: ConstraintFormat): Promise<void> {
    fileError.value = null
    try {
      const file = await engine.call('constraints.write', {
        name: project.dataset?.name ?? runs.view?.run.name ?? '',
        constraints: current.value,
        notes: [...project.notes],
        genes: [...genes.value],
        format,
      })
      const name = await host.save(file.fileName, file.bytes, file.mediaType)
      if (name !== null) notices.show(text.report.saved(name), 'ok')
    } catch (error) {
      fileError.value = asAppError(error)
    }
  }

  return {
    current,
    entries,
    genes,
    conflicts,
    contradicting,
    tierOf,
    roots,
    leaves,
    fileError,
    add,
    remove,
    clear: () => project.setConstraints(words.undoClear, NO_CONSTRAINTS),
    require,
    forbid,
    free,
    toggle,
    reverse,
    setTier,
    setEnd,
    noteOf: (entry: ConstraintEntry) => project.noteOf(subjectOf(entry)),
    setNote: (entry: ConstraintEntry, note: string) =>
      project.setNote(subjectOf(entry), note, words.quoted(words.name(entry))),
    importFile,
    exportFile,
    dismissFileError: () => (fileError.value = null),
  }
})
