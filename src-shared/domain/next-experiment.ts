/** What is asked: one gene is held at this level, in so many samples. */
export interface NextQuestion {
  /** control sd from the control mean; a knock-down is below zero */
  readonly level: number
  /** samples of the experiment */
  readonly samples: number
}

/** A pair of genes whose relation is open, and what an experiment is expected to say about it. */
export interface OpenPair {
  readonly source: string
  readonly target: string
  /** P(source → target) and P(target → source) in the drawn networks; source is the likelier cause */
  readonly forward: number
  readonly backward: number
  /** expected fall of its entropy, in bits */
  readonly bits: number
}

/** What perturbing one gene is expected to say. */
export interface NextCandidate {
  readonly gene: string
  /** expected fall of the entropy of all open pairs together, in bits */
  readonly bits: number
  /** standard error of `bits` over the simulated outcomes */
  readonly bitsError: number
  /** expected number of other genes that follow */
  readonly followers: number
  /** simulated outcomes that the figures are means of */
  readonly outcomes: number
  /** experiments of the run that named it a direct target */
  readonly hitIn: readonly string[]
  /** the level lies beyond all samples: the mechanisms are extrapolated */
  readonly outside: boolean
  /** those it says most about, at most five */
  readonly pairs: readonly OpenPair[]
}

/** Which gene to perturb next, best first. */
export interface NextExperiments extends NextQuestion {
  /** pairs of genes for which neither a direction nor "no edge" has a probability of at least `SETTLED` */
  readonly openPairs: number
  /** their entropies together, in bits */
  readonly openBits: number
  readonly candidates: readonly NextCandidate[]
  /** genes that were not simulated because they can say least */
  readonly leftOut: number
  /** networks that the answer rests on */
  readonly draws: number
}

/** A pair is settled when one of its three states is at least this probable. */
export const SETTLED = 0.9
