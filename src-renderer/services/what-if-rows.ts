import { predictedGenes, type PredictedGene, type WhatIf } from '../../src-shared/domain/what-if'

/** What is predicted for one gene. */
export interface WhatIfRow extends PredictedGene {
  readonly id: string
  /** shift in the experiment that is compared with; NaN without one */
  readonly observed: number
}

/** @param observed shift of each gene in the experiment that is compared with */
export const whatIfRows = (answer: WhatIf, observed: (gene: string) => number): WhatIfRow[] =>
  predictedGenes(answer).map((row) => ({ ...row, id: row.gene, observed: observed(row.gene) }))

/** Lowest and highest number that the rows show, 0 included; a little room at both ends. */
export function whatIfRange(rows: readonly WhatIfRow[]): [number, number] {
  let [low, high] = [-0.5, 0.5]
  for (const row of rows) {
    low = Math.min(low, row.low, Number.isNaN(row.observed) ? 0 : row.observed)
    high = Math.max(high, row.high, Number.isNaN(row.observed) ? 0 : row.observed)
  }
  const room = 0.04 * (high - low)
  return [low - room, high + room]
}
