import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { LockHolder, OpenedProject, ReadOnlyReason } from '../../src-shared/contract/project'

export interface FileFacts {
  readonly fileName: Ref<string | null>
  readonly readOnly: Ref<ReadOnlyReason | null>
  readonly lockedBy: ShallowRef<LockHolder | null>
  readonly problems: ShallowRef<readonly string[]>
  readonly recovery: ShallowRef<OpenedProject['recovery']>
  readonly savedAt: Ref<string | null>
  readonly take: (opened: OpenedProject) => void
  /** @param name of the file; null = it was handed to the user */
  readonly saved: (name: string | null, at: string) => void
  readonly reset: () => void
}

/** What is known about the file of the project on screen. */
export function fileFacts(): FileFacts {
  const fileName = ref<string | null>(null)
  const readOnly = ref<ReadOnlyReason | null>(null)
  const lockedBy = shallowRef<LockHolder | null>(null)
  const problems = shallowRef<readonly string[]>([])
  const recovery = shallowRef<OpenedProject['recovery']>(null)
  const savedAt = ref<string | null>(null)

  function writable(): void {
    readOnly.value = null
    lockedBy.value = null
    problems.value = []
  }
  return {
    fileName,
    readOnly,
    lockedBy,
    problems,
    recovery,
    savedAt,
    take: (opened) => {
      fileName.value = opened.fileName
      readOnly.value = opened.readOnly
      lockedBy.value = opened.lockedBy
      problems.value = opened.problems
      recovery.value = opened.recovery
      savedAt.value = null
    },
    saved: (name, at) => {
      writable()
      if (name !== null) fileName.value = name
      savedAt.value = at
    },
    reset: () => {
      writable()
      fileName.value = null
      recovery.value = null
      savedAt.value = null
    },
  }
}
