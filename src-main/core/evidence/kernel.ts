import type { ParentSets } from '../search/parent-sets'

/** The evidence of one gene's parent sets. */
export interface ParentSetEvidence {
  /** [s] log evidence, Score(j, S) of docs/method.md section 1 */
  readonly logEvidence: Float64Array
  /** [s, K] log-odds that the gene is a target, ℓ_jk(S) */
  readonly targetLogOdds: Float64Array
  /** [s, K] log-odds of 'hard' against 'shift' given that it is a target */
  readonly hardLogOdds: Float64Array
  /** [s, K] 0 unchanged, 1 shift, 2 hard */
  readonly states: Uint8Array
}

export function createParentSetEvidence(sets: number, environments: number): ParentSetEvidence {
  return {
    logEvidence: new Float64Array(sets),
    targetLogOdds: new Float64Array(sets * environments),
    hardLogOdds: new Float64Array(sets * environments),
    states: new Uint8Array(sets * environments),
  }
}

/**
 * Computes the evidence of every parent set of one gene. Two implementations: `direct.ts`, the plain formula,
 * and `wasm/`, the same numbers several times faster.
 */
export interface EvidenceKernel {
  readonly name: 'typescript' | 'wasm-simd'
  /**
   * @param gene the effect
   * @param draw index into study.effects
   * @param candidates [m] genes that the slots of `sets` stand for
   * @param prior [K] probability that the gene is a target of each environment, inside (0, 1)
   * @param sweeps coordinate-ascent sweeps at most
   */
  score(
    gene: number,
    draw: number,
    candidates: Int32Array,
    sets: ParentSets,
    prior: Float64Array,
    sweeps: number,
    out: ParentSetEvidence,
  ): void
}
