/** Constants of the closed-form evidence; values and origin: docs/method.md, section 1. */
export interface EvidenceHyperparameters {
  /** prior precision of the intercept, relative to the noise */
  readonly interceptPrecision: number
  /** noise variance σ² ~ inverse gamma(a0, b0) */
  readonly a0: number
  readonly b0: number
  /** ω²: variance of an experiment's own intercept when the mechanism is unchanged */
  readonly unchangedVariance: number
  /** τ²: the same when it is shifted, and of the mean of a replaced mechanism */
  readonly shiftVariance: number
  /** weight of the two non-unit noise scales {1/3, 3} together */
  readonly scaleMixture: number
  /** experiments count as n·c/(c + n) samples */
  readonly temperCount: number
  /** share of the target prior given to 'shift'; the rest is 'hard' */
  readonly shiftShare: number
  /** coordinate-ascent sweeps at most */
  readonly sweeps: number
  /** smallest variance on the grid of the hard evidence */
  readonly hardVarianceFloor: number
}

export const EVIDENCE: EvidenceHyperparameters = {
  interceptPrecision: 0.01,
  a0: 1.5,
  b0: 0.5,
  unchangedVariance: 0.02,
  shiftVariance: 4,
  scaleMixture: 0.3,
  temperCount: 100,
  shiftShare: 0.5,
  sweeps: 3,
  hardVarianceFloor: 0.3,
}

/** Candidate variances of a replaced mechanism, in squared control sd. */
export const HARD_VARIANCE_GRID = [0.003, 0.01, 0.03, 0.1, 0.2, 0.4, 0.8, 1.6] as const

/** States of a mechanism in one experiment. */
export const UNCHANGED = 0
export const SHIFT = 1
export const HARD = 2

/** Prior probability that a gene is a target of an experiment, of d genes. */
export function targetPrior(genes: number): number {
  return Math.min(0.3, 2 / genes)
}

/** A given (known) target or non-target enters with this much doubt, so that logs stay finite. */
export const KNOWN_TARGET_DOUBT = 1e-6
