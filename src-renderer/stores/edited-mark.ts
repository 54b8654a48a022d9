import { computed, ref, shallowRef, watch, type ComputedRef } from 'vue'
import type { RunOrigin } from '../../src-shared/contract/project-content'
import type { useProject } from './project'

export interface EditedMark {
  /** there is work that no file holds; steps back to what was saved end it */
  readonly edited: ComputedRef<boolean>
  /** what is shown now, to be marked as saved when it is written */
  readonly take: () => () => void
  /** Nothing is known to be saved. @param edited there is work already */
  readonly forget: (edited: boolean) => void
}

/**
 * Whether the project differs from what its file holds: not whether something was done since, but whether what there is now
 * is what was saved.
 */
export function editedMark(
  project: ReturnType<typeof useProject>,
  runs: () => readonly RunOrigin[],
): EditedMark {
  /** the runs of the saved state; null = nothing is known to be saved */
  const savedRuns = shallowRef<readonly RunOrigin[] | null>(null)
  const unknown = ref(false)

  watch(
    () => [project.edits, runs()] as const,
    () => {
      if (savedRuns.value === null) unknown.value = true
    },
    { flush: 'sync' },
  )

  return {
    edited: computed(() =>
      savedRuns.value === null ? unknown.value : !project.isSaved || runs() !== savedRuns.value,
    ),
    take: () => {
      const markState = project.takeState()
      const own = runs()
      return () => {
        markState()
        savedRuns.value = own
      }
    },
    forget: (edited) => {
      savedRuns.value = null
      unknown.value = edited
    },
  }
}
