import type { ExperimentDifferential } from '../../src-shared/contract/differential-view'
import { CHANGE_CLASSES, type ChangeClass } from '../../src-shared/domain/differential'

export interface VolcanoPoint {
  readonly gene: string
  readonly change: ChangeClass
  readonly foldChange: number
  /** −log10 p, at most `MOST_LOG_P` */
  readonly logP: number
  readonly adjusted: number
  readonly inNetwork: boolean
}

/** Points above lie on the upper edge: a p of 1e-60 says no more than one of 1e-30. */
export const MOST_LOG_P = 30

/** Tested genes as points; those whose fold change or p is not a number are left out. */
export function volcanoPoints(changes: ExperimentDifferential): VolcanoPoint[] {
  return changes.genes.flatMap((gene, index) => {
    const foldChange = changes.logFoldChange[index]!
    const p = changes.pValue[index]!
    if (!Number.isFinite(foldChange) || Number.isNaN(p)) return []
    return [
      {
        gene,
        change: CHANGE_CLASSES[changes.changeClass[index]!] ?? 'unchanged',
        foldChange,
        logP: Math.min(MOST_LOG_P, -Math.log10(Math.max(p, 1e-300))),
        adjusted: changes.adjusted[index]!,
        inNetwork: changes.inNetwork[index]! >= 0,
      },
    ]
  })
}
