/** Seconds per stage of a run. */
export interface Stopwatch {
  /** Ends the stage that began with the last call. */
  lap(stage: string): void
  readonly seconds: Readonly<Record<string, number>>
}

export function createStopwatch(): Stopwatch {
  const seconds: Record<string, number> = {}
  let stageStart = performance.now()
  return {
    seconds,
    lap: (stage) => {
      const now = performance.now()
      seconds[stage] = (seconds[stage] ?? 0) + (now - stageStart) / 1000
      stageStart = now
    },
  }
}
