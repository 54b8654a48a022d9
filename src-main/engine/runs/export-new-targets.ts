import type { NewExperimentSummary } from '../../../src-shared/domain/evidence'
import { newTargetsTsv } from '../../report/exports/target-table'

/** `targets.tsv` of new experiments that were read under a stored posterior. */
export const exportNewTargets = (summary: NewExperimentSummary, fdr: number): string =>
  newTargetsTsv(summary, fdr)
