import type { RunEstimate } from '../../../src-shared/contract/engine-info'

/** Runs that say how fast this computer is now; older ones say less. */
const REMEMBERED = 3
/** Constants are measured on one computer: others are faster or slower by about this factor. */
const UNMEASURED = 2.5
/** After runs here, what is left is that studies differ. */
const MEASURED = 1.6
/** A run that was cancelled by a sleeping computer, or answered from a cache, says nothing. */
const LARGEST_FACTOR = 20

export interface Pace {
  /** what this computer takes now, over what is expected */
  readonly factor: () => number
  /** An expected time as this computer will need it, and within which factor that is known. */
  readonly adjusted: (expected: { seconds: number; memoryBytes: number }) => RunEstimate
  /** A run took `seconds` where `expected` was expected. */
  readonly learn: (expected: number, seconds: number) => void
}

/**
 * What runs of this engine took, compared with what was expected: the speed of the computer and what else it does. Before the
 * first run the load of the system says how much of the computer is free.
 * @param load processes that want to run, per core; 0 where the system does not say
 */
export function createPace(load: () => number): Pace {
  const logFactors: number[] = []
  const factor = (): number =>
    logFactors.length > 0
      ? Math.exp(logFactors.reduce((sum, one) => sum + one, 0) / logFactors.length)
      : Math.max(1, load())
  return {
    factor,
    adjusted: ({ seconds, memoryBytes }) => {
      const within = logFactors.length > 0 ? MEASURED : UNMEASURED
      const expected = seconds * factor()
      return {
        seconds: expected,
        lowSeconds: expected / within,
        highSeconds: expected * within,
        memoryBytes,
      }
    },
    learn: (expected, seconds) => {
      const logFactor = Math.log(seconds / expected)
      if (!Number.isFinite(logFactor) || Math.abs(logFactor) > Math.log(LARGEST_FACTOR)) return
      logFactors.push(logFactor)
      if (logFactors.length > REMEMBERED) logFactors.shift()
    },
  }
}
