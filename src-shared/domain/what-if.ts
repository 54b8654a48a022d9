/** What is done to one gene: its level is held at a value, or moved by one while its causes still act on it. */
export type InterventionKind = 'hold' | 'shift'

/** Values are in control standard deviations of the gene unless said otherwise. */
export interface WhatIf {
  /** what was asked, with the levels that the gene has in the samples of the run */
  readonly interventions: readonly {
    readonly gene: string
    readonly kind: InterventionKind
    readonly amount: number
    readonly lowest: number
    readonly highest: number
    /** the level asked for lies beyond all samples: the mechanisms are extrapolated */
    readonly outside: boolean
  }[]
  /** one entry per gene of the run, in its order */
  readonly genes: readonly string[]
  /** [d] mean shift against the control, over networks and mechanisms */
  readonly shift: Float64Array
  /** [d] 95 % interval of the mean shift; the spread of single samples is not in it */
  readonly low: Float64Array
  readonly high: Float64Array
  /** [d] probability that the gene is downstream of what was done; 1 for the genes themselves */
  readonly downstream: Float64Array
  /** networks and mechanisms that were drawn */
  readonly draws: number
}

/** What is predicted for one gene, in control sd. */
export interface PredictedGene {
  readonly gene: string
  readonly shift: number
  readonly low: number
  readonly high: number
  /** P(downstream of what was done) */
  readonly downstream: number
  /** more likely downstream than not */
  readonly follows: boolean
  /** the interval holds no 0 */
  readonly moves: boolean
  /** this is what was done, not what follows */
  readonly acted: boolean
}

/** One entry per gene, in the order of the answer. */
export function predictedGenes(answer: WhatIf): PredictedGene[] {
  const acted = new Set(answer.interventions.map(({ gene }) => gene))
  return answer.genes.map((gene, j) => {
    const [low, high] = [answer.low[j]!, answer.high[j]!]
    return {
      gene,
      shift: answer.shift[j]!,
      low,
      high,
      downstream: answer.downstream[j]!,
      follows: answer.downstream[j]! >= 0.5,
      moves: low > 0 || high < 0,
      acted: acted.has(gene),
    }
  })
}
