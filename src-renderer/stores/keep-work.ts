import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { AppError } from '../../src-shared/contract/errors'
import type { ProjectContent } from '../../src-shared/contract/project-content'
import { asAppError, useEngine } from './engine'

/** Long enough that a drag is one write, short enough that a crash costs a second of work. */
const KEEP_AFTER_MS = 700

interface Parts {
  readonly projectId: Ref<string | null>
  readonly worthKeeping: () => boolean
  readonly content: () => ProjectContent
  /** there is work that no file holds */
  readonly unsaved: () => boolean
  /** told after every write */
  readonly onKept: () => void
}

export interface KeepWork {
  readonly keptAt: Ref<string | null>
  readonly error: ShallowRef<AppError | null>
  readonly keep: () => Promise<void>
  readonly keepSoon: () => void
  /** takes back what `keepSoon` planned */
  readonly notSoon: () => void
  /** a write is planned */
  readonly isPlanned: () => boolean
  /** One write after the other; what was asked for while one was under way is in the next. */
  readonly inTurn: <R>(work: () => Promise<R>) => Promise<R>
  readonly reset: () => void
}

/** Keeps the work of a window with the engine, outside any file, shortly after every change. */
export function keepWork({ projectId, worthKeeping, content, unsaved, onKept }: Parts): KeepWork {
  const engine = useEngine()
  const keptAt = ref<string | null>(null)
  const error = shallowRef<AppError | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let writing: Promise<unknown> = Promise.resolve()

  function inTurn<R>(work: () => Promise<R>): Promise<R> {
    const next = writing.then(work, work)
    writing = next.catch(() => undefined)
    return next
  }
  function notSoon(): void {
    clearTimeout(timer)
    timer = undefined
  }

  async function write(): Promise<void> {
    notSoon()
    if (!worthKeeping()) return
    try {
      const kept = await engine.call('project.keep', {
        projectId: projectId.value,
        content: content(),
        unsaved: unsaved(),
      })
      projectId.value = kept.projectId
      keptAt.value = kept.keptAt
      error.value = null
      onKept()
    } catch (failure) {
      const known = asAppError(failure)
      // While the engine is away the status bar says so; when it is back, this is tried again.
      if (known.code === 'DISCONNECTED' || known.code === 'CANCELLED') return
      error.value = known
    }
  }
  const keep = (): Promise<void> => inTurn(write)

  return {
    keptAt,
    error,
    keep,
    keepSoon: () => {
      notSoon()
      // A project that the engine does not know yet could not be found again after a reload.
      timer = setTimeout(() => void keep(), projectId.value === null ? 0 : KEEP_AFTER_MS)
    },
    notSoon,
    isPlanned: () => timer !== undefined,
    inTurn,
    reset: () => {
      keptAt.value = null
      error.value = null
    },
  }
}
