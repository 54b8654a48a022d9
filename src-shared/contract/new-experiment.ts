import type { NewExperimentSummary } from '../domain/evidence'
import type { SimilarExperiment } from '../domain/experiment-evidence'

/** Targets of new experiments under a stored result, with how their file was understood. */
export interface NewExperimentAnswer extends NewExperimentSummary {
  readonly coverage: {
    /** genes of the network that the file has, and that the network has */
    readonly shared: number
    readonly network: number
    /** genes of the file; most are usually outside the network */
    readonly file: number
  }
  /** what was taken as the control of the file; null = none */
  readonly control: string | null
  /** every experiment of the file with its samples, control included: what can be picked as the control */
  readonly groups: readonly { readonly name: string; readonly samples: number }[]
  /** samples of the file, and the positions of those whose values are in the study already (often its control) */
  readonly samples: number
  readonly repeated: readonly number[]
  /** [K] the experiments of the result that each new one resembles most */
  readonly similar: readonly (readonly SimilarExperiment[])[]
}
