import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { EMPTY_STATE, type ProjectState } from '../../src-shared/contract/project-state'
import type { GenePlace } from '../../src-shared/domain/network-look'
import {
  amendAll,
  continueStep,
  oncePerState,
  recordStep,
  startHistory,
  type History,
} from '../services/history'

/** Changes of one kind that follow each other this fast are one step: a slider that is dragged, a text that is typed. */
const ONE_STEP_MS = 1_200

export interface ProjectHistory {
  readonly history: ShallowRef<History<ProjectState>>
  readonly state: ComputedRef<ProjectState>
  /** grows with every edit, undo and redo, and not with what the program adds itself */
  readonly edits: Ref<number>
  /** the present state is the one that the file of the project holds */
  readonly isSaved: ComputedRef<boolean>
  readonly undoLabel: ComputedRef<string | null>
  readonly redoLabel: ComputedRef<string | null>
  /** A project begins, without a past. */
  readonly startWith: (first: ProjectState) => void
  /** A project is opened with its history. */
  readonly load: (opened: History<ProjectState>) => void
  /** A step back or forth. */
  readonly moveTo: (next: History<ProjectState>) => void
  /**
   * One named step.
   * @param kind steps of the same kind that follow each other at once grow into one
   */
  readonly record: (label: string, patch: Partial<ProjectState>, kind?: string) => void
  /** Places that the layout found for genes that have none. The program did it: no step, and no undo takes it away. */
  readonly placeGenes: (places: readonly GenePlace[]) => void
  /** The state as it is now. @returns marks it as the one that the file holds */
  readonly takeState: () => () => void
}

/** The states of a project: past, present, undone, and which of them is saved. */
export function projectHistory(): ProjectHistory {
  const history = shallowRef<History<ProjectState>>(startHistory(EMPTY_STATE))
  const edits = ref(0)
  /** the state that the file of the project holds; null = nothing is known to be saved */
  const saved = shallowRef<ProjectState | null>(null)
  /** the kind of the last step and when it was last added to, while it can still grow */
  let growing: { kind: string; at: number } | null = null
  const state = computed(() => history.value.present)

  function load(opened: History<ProjectState>): void {
    history.value = opened
    growing = null
  }

  return {
    history,
    state,
    edits,
    isSaved: computed(() => state.value === saved.value),
    undoLabel: computed(() => history.value.past.at(-1)?.label ?? null),
    redoLabel: computed(() => history.value.future[0]?.label ?? null),
    startWith: (first) => load(startHistory(first)),
    load,
    moveTo: (next) => {
      load(next)
      edits.value++
    },
    record: (label, patch, kind) => {
      const next = { ...state.value, ...patch }
      const now = performance.now()
      const grows = kind !== undefined && growing?.kind === kind && now - growing.at < ONE_STEP_MS
      history.value = grows ? continueStep(history.value, next) : recordStep(history.value, label, next)
      growing = kind === undefined ? null : { kind, at: now }
      edits.value++
    },
    placeGenes: (places) => {
      const amend = oncePerState<ProjectState>((past) => {
        const known = new Set(past.look.places.map(({ gene }) => gene))
        const added = places.filter(({ gene }) => !known.has(gene))
        if (added.length === 0) return past
        return { ...past, look: { ...past.look, places: [...past.look.places, ...added] } }
      })
      history.value = amendAll(history.value, amend)
      if (saved.value) saved.value = amend(saved.value)
    },
    takeState: () => {
      const taken = state.value
      return () => (saved.value = taken)
    },
  }
}
