import type { SampleInfluence } from '../../src-shared/domain/experiment-evidence'

/** One gene of one experiment with all samples, and without the sample that matters most for it. */
export interface GeneInfluence {
  readonly all: number
  /** [n] probability without each sample, in their order */
  readonly without: readonly { readonly sample: string; readonly probability: number }[]
  /** the sample whose removal moves the probability most; ties go to the first */
  readonly strongest: { readonly sample: string; readonly probability: number }
}

/** @param gene index among the genes of the result */
export function geneInfluence(influence: SampleInfluence, gene: number): GeneInfluence | null {
  const all = influence.probability[gene]
  if (all === undefined || influence.without.length === 0) return null
  const without = influence.without.map(({ sample, probability }) => ({
    sample,
    probability: probability[gene]!,
  }))
  const moved = (at: { probability: number }): number => Math.abs(at.probability - all)
  const strongest = without.reduce((best, each) => (moved(each) > moved(best) ? each : best))
  return { all, without, strongest }
}

/** Samples without which other genes are named than with all of them. */
export function decisiveSamples(
  influence: SampleInfluence,
): readonly { readonly sample: string; readonly listed: readonly string[] }[] {
  const named = [...influence.listed].sort().join('\n')
  return influence.without.filter(({ listed }) => [...listed].sort().join('\n') !== named)
}
