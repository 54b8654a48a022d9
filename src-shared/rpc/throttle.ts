export const PROGRESS_INTERVAL_MS = 100

export interface Throttled<T> {
  readonly push: (value: T) => void
  /** Emits the newest value that has not been emitted yet. */
  readonly flush: () => void
  /** Drops what has not been emitted; later values are ignored. */
  readonly stop: () => void
}

/** Emits the first value at once and then at most one per interval, always the newest. */
export function throttled<T>(emit: (value: T) => void, intervalMs: number): Throttled<T> {
  let waiting: { value: T } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  const flush = (): void => {
    const next = waiting
    waiting = undefined
    if (next) emit(next.value)
  }
  const tick = (): void => {
    timer = waiting ? setTimeout(tick, intervalMs) : undefined
    flush()
  }
  return {
    push: (value) => {
      if (stopped) return
      waiting = { value }
      if (timer === undefined) tick()
    },
    flush,
    stop: () => {
      stopped = true
      waiting = undefined
      if (timer !== undefined) clearTimeout(timer)
      timer = undefined
    },
  }
}
