import type { Progress } from '../../../src-shared/contract/engine-info'

/** Turns the shares of the stages into one monotone percentage with an estimate of the time left. */
export interface ProgressMeter {
  /** @param share part of the stage that is done, 0 … 1 */
  report(stage: Progress['stage'], share: number): void
  readonly peakMemoryBytes: () => number
}

export function createProgressMeter(
  stages: readonly { stage: Progress['stage']; weight: number }[],
  onProgress: (progress: Progress) => void,
): ProgressMeter {
  const total = stages.reduce((sum, { weight }) => sum + weight, 0)
  const startedAt = performance.now()
  let highest = 0
  let peak = 0
  return {
    peakMemoryBytes: () => peak,
    report(stage, share) {
      let before = 0
      for (const entry of stages) {
        if (entry.stage === stage) {
          before += entry.weight * Math.min(1, share)
          break
        }
        before += entry.weight
      }
      highest = Math.max(highest, (100 * before) / total)
      const memoryBytes = process.memoryUsage.rss()
      peak = Math.max(peak, memoryBytes)
      const elapsed = (performance.now() - startedAt) / 1000
      const etaSeconds = highest >= 5 ? (elapsed * (100 - highest)) / highest : null
      onProgress({ stage, percent: highest, etaSeconds, memoryBytes })
    },
  }
}
