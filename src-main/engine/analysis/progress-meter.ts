import type { Progress } from '../../../src-shared/contract/engine-info'

type Stage = Progress['stage']

export interface ExpectedStage {
  readonly stage: Stage
  /** on a free computer of usual speed */
  readonly seconds: number
}

/** Turns the shares of the stages into one monotone percentage with an estimate of the time left. */
export interface ProgressMeter {
  /** @param share part of the stage that is done, 0 … 1 */
  report(stage: Stage, share: number): void
  /** As `report`, for what an earlier run had done: it took no time of this one. */
  found(stage: Stage, share: number): void
  readonly peakMemoryBytes: () => number
}

/** What was expected counts as much as this part of the whole that was seen: the first seconds say little. */
const PRIOR_SHARE = 0.1
/** Where only the shares of the stages are known, nothing is said before this part is done. */
const TELLING_SHARE = 0.05

/**
 * The percentage is the share of the expected time of all stages. The time left is the expected time of what is left, times how
 * much slower than expected this run has been: (elapsed + pace·w) / (expected time of what was done + w), w a tenth of the whole.
 * @param pace what earlier runs here took over what was expected; absent = the seconds of the stages are no more than their shares
 */
export function createProgressMeter(
  stages: readonly ExpectedStage[],
  onProgress: (progress: Progress) => void,
  pace?: number,
): ProgressMeter {
  const total = stages.reduce((sum, { seconds }) => sum + seconds, 0)
  const prior = pace === undefined ? 0 : PRIOR_SHARE * total
  const startedAt = performance.now()
  let highest = 0
  /** expected seconds of what earlier runs had done */
  let found = 0
  let peak = 0

  function reach(stage: Stage, share: number): number {
    let before = 0
    for (const entry of stages) {
      if (entry.stage === stage) {
        before += entry.seconds * Math.min(1, share)
        break
      }
      before += entry.seconds
    }
    const gained = Math.max(0, before - highest)
    highest += gained
    return gained
  }

  function tell(stage: Stage): void {
    const memoryBytes = process.memoryUsage.rss()
    peak = Math.max(peak, memoryBytes)
    const elapsed = (performance.now() - startedAt) / 1000
    const own = highest - found
    const isTold = total > 0 && (pace !== undefined || own >= TELLING_SHARE * total)
    const slower = (elapsed + (pace ?? 0) * prior) / (own + prior)
    onProgress({
      stage,
      percent: total > 0 ? (100 * highest) / total : 0,
      etaSeconds: isTold ? slower * Math.max(0, total - highest) : null,
      memoryBytes,
    })
  }

  return {
    peakMemoryBytes: () => peak,
    report: (stage, share) => {
      reach(stage, share)
      tell(stage)
    },
    found: (stage, share) => {
      // The stages before took no time either.
      found += reach(stage, share)
      tell(stage)
    },
  }
}
