import { areaUnderRoc } from '../../core/metrics'
import { groupBy } from './group-by'
import type { JudgedExperiment } from './judge-experiments'
import type { DetectionRow } from './report'
import type { ScoredDataset } from './score-result'

/** Of P(any target), to choose the product's own cut by on validation studies. */
const CUTS = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]

/**
 * How often 'no confident target' is said of experiments without any (detection) and of the others (false alarm), over the
 * studies that have experiments without a target.
 */
export function detectionRows(scored: readonly ScoredDataset[]): DetectionRow[] {
  const withFree = scored.filter(({ experiments }) => experiments.some(({ hasTarget }) => !hasTarget))
  const key = ({ row }: ScoredDataset): string => `${row.family}/${row.samplesPerEnvironment}`
  const rows = [...groupBy(withFree, key).values()].map((members) => ({
    family: members[0]!.row.family,
    samplesPerEnvironment: members[0]!.row.samplesPerEnvironment,
    ...detection(members),
  }))
  return rows.length < 2
    ? rows
    : [...rows, { family: 'all', samplesPerEnvironment: null, ...detection(withFree) }]
}

function detection(
  members: readonly ScoredDataset[],
): Omit<DetectionRow, 'family' | 'samplesPerEnvironment'> {
  const experiments = members.flatMap((member) => member.experiments)
  const free = experiments.filter(({ hasTarget }) => !hasTarget)
  const others = experiments.filter(({ hasTarget }) => hasTarget)
  const share = (part: readonly JudgedExperiment[]): number =>
    part.filter(({ raised }) => raised).length / part.length
  return {
    withoutTarget: free.length,
    detected: share(free),
    withTarget: others.length,
    falseAlarms: share(others),
    auroc: areaUnderRoc(
      Uint8Array.from(experiments, ({ hasTarget }) => (hasTarget ? 0 : 1)),
      Float64Array.from(experiments, ({ noTarget }) => noTarget),
    ),
    cuts: CUTS.map((anyTarget) => {
      const below = (part: readonly JudgedExperiment[]): number =>
        part.filter(({ noTarget }) => 1 - noTarget < anyTarget).length / part.length
      return { anyTarget, detected: below(free), falseAlarms: below(others) }
    }),
  }
}
