/** What stands behind the answer to one experiment: its samples, and the experiments it resembles. */
export interface ExperimentEvidence {
  readonly environment: string
  /** null: a single sample, or more than `MOST_SAMPLES_LEFT_OUT`, of which none decides alone */
  readonly influence: SampleInfluence | null
  /** the samples of the experiment, in their order */
  readonly samples: readonly SampleLabel[]
  readonly similar: readonly SimilarExperiment[]
}

/** Experiments with more samples than this are not judged again without each of them. */
export const MOST_SAMPLES_LEFT_OUT = 40

/**
 * The closed form's answer with all samples of an experiment and without each of them; network fixed, the experiment
 * itself not in the pools. Known targets of the experiment are left open here.
 */
export interface SampleInfluence {
  /** [d] P(direct target) with all samples */
  readonly probability: Float64Array
  /** genes on the list at the run's false discovery rate, best first */
  readonly listed: readonly string[]
  /** one for each sample, in their order */
  readonly without: readonly {
    readonly sample: string
    /** [d] */
    readonly probability: Float64Array
    readonly listed: readonly string[]
  }[]
}

/** Where a sample would be put by its expression alone. */
export interface SampleLabel {
  readonly sample: string
  /** experiment (or control) that it resembles most besides its own; null when there is none to compare */
  readonly nearest: string | null
  /** P(its label is wrong) with a prior of 3 % */
  readonly wrong: number
  /** probably swapped: its replicates belong where they are */
  readonly hint: boolean
}

export interface SimilarExperiment {
  readonly environment: string
  /** correlation of the mean shifts over all genes, −1 … 1; NaN = cannot be told */
  readonly shift: number
  /** correlation of the probabilities of being a direct target */
  readonly target: number
}

/** How the method behaves on the user's own data, as far as these can tell. */
export interface HonestyCheck {
  readonly fdr: number
  /** null: too few control samples */
  readonly falseAlarms: FalseAlarms | null
  /** known targets that were hidden and looked for again; empty when none is known */
  readonly hidden: readonly HiddenTarget[]
}

/** Control samples judged as if they were an experiment: every target named is a false alarm. */
export interface FalseAlarms {
  readonly splits: number
  /** samples of a pseudo-experiment: the median of the experiments */
  readonly samples: number
  /** splits in which a gene was named at the run's false discovery rate */
  readonly alarms: number
  /** mean over the splits of P(no target) */
  readonly meanNoTarget: number
}

export interface HiddenTarget {
  readonly environment: string
  readonly gene: string
  readonly rank: number
  readonly probability: number
  /** on the list at the run's false discovery rate */
  readonly listed: boolean
}
