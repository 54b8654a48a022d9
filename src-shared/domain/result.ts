import type { AppliedRepair, Directions, ImportChoices, InputFile, Transform } from './dataset'
import type { AnswerParts } from './answer-parts'
import type { DifferentialExpression } from './differential'
import type { MeasuredGenes } from './measured-genes'
import type { ReliabilityCurve } from './reliability'
import type { RunMode, RunSettings } from './run-settings'
import type { SampleQuality } from './sample-quality'

/**
 * How a gene's mechanism changed if it is a target: the most probable kind given that it is one. The network alone
 * tells no kind: 'unknown'.
 */
export const TARGET_KINDS = ['hard', 'shift', 'scale', 'unknown'] as const
export type TargetKind = (typeof TARGET_KINDS)[number]

/**
 * The answer of one run. Matrices are row-major typed arrays:
 * `_dd` [d, d] with row = cause, column = effect; `_kd` [K, d] environment × gene (control excluded).
 */
export interface AnalysisResult {
  readonly format: 'metacadi-result'
  /**
   * 1 = written by 0.1 and closed form throughout; its reader fills in `mode`, `model` and `parts`. 3 holds `measured` and
   * `differential`, which are null in 1 and 2
   */
  readonly version: 1 | 2 | 3
  readonly app: {
    readonly name: string
    readonly version: string
    readonly kernel: 'wasm-simd' | 'typescript'
  }
  /** ISO date of the end of the run; not part of the result hash */
  readonly createdAt: string
  readonly input: ResultInput
  /** as asked; `settings.mode` may be more than `mode` when the learned model was not available */
  readonly settings: RunSettings
  /** what answered: network and closed form combined, the network alone, or the closed form alone */
  readonly mode: RunMode
  /** the learned model that took part; null in mode 'closed-form' */
  readonly model: ModelRecord | null
  /** the answers before they were combined; null in mode 'closed-form' */
  readonly parts: AnswerParts | null
  readonly genes: readonly string[]
  /** [K] perturbed environments */
  readonly environments: readonly string[]
  readonly edges: EdgePosterior
  readonly targets: TargetPosterior
  /** all genes of the file, also those that were not analysed; null in an older result */
  readonly measured: MeasuredGenes | null
  /** of all genes of the file; null without a control, without replicates, or in an older result */
  readonly differential: DifferentialExpression | null
  /** what the samples look like beside each other, over all genes of the file; absent in an older result or without a file */
  readonly quality?: SampleQuality
  readonly diagnostics: RunDiagnostics
  readonly warnings: readonly string[]
  /** null in mode 'instant': only the full search and the closed form learn mechanisms */
  readonly learned: LearnedState | null
  /** SHA-256 over everything that is determined by data, settings and seed (no dates, timings, threads). */
  readonly resultHash: string
}

/** A result with mechanisms: evidence views and the closed form of a new experiment need them. */
export type LearnedResult = AnalysisResult & { readonly learned: LearnedState }

export const isLearned = (result: AnalysisResult): result is LearnedResult => result.learned !== null

/** Which learned model took part in a result. */
export interface ModelRecord {
  /** lower-case hex of the network file; its first twelve digits are the version that is shown */
  readonly sha256: string
  /** lower-case hex of the combiner; null when the model has none and the tempered mean of log-odds was taken */
  readonly combinerSha256: string | null
  readonly featureVersion: number
  /** execution provider of ONNX Runtime; not part of the result hash */
  readonly provider: 'cpu' | 'cuda'
  /** of full answers on simulated studies that took no part in training, from the manifest of the model; may be empty */
  readonly reliability: readonly ReliabilityCurve[]
}

export interface ResultInput {
  readonly name: string
  readonly files: readonly InputFile[]
  readonly transform: Transform
  /** what the importer changed; absent = nothing, or a result of a version that did not record it */
  readonly repairs?: readonly AppliedRepair[]
  /** how the files were read where that was not left to the importer; absent = nowhere, or not recorded */
  readonly choices?: ImportChoices
  /** ways in which known targets should move; absent = nowhere said, or not recorded */
  readonly directions?: Directions
  readonly control: string | null
  /** [K + 1] samples per environment, control first */
  readonly samplesPerEnvironment: readonly number[]
  readonly samples: readonly string[]
  /** [n, d] the transformed expression values the run saw, for the evidence views */
  readonly values: Float64Array
}

export interface EdgePosterior {
  /** [d*d] P(i→j | data); exactly 0 for forbidden and 1 for required edges */
  readonly probability: Float64Array
  /** [d*d] natural log-odds of `probability`, ±Infinity-free (clipped at ±700) */
  readonly logOdds: Float64Array
  /** [d*d] posterior mean effect given the edge exists: change of the effect gene, in its control sd, per control sd of the cause; NaN in mode 'instant' */
  readonly effect: Float64Array
  /** [d*d] posterior sd of `effect` given the edge exists */
  readonly effectSd: Float64Array
  /** [d*d] largest difference of the closed form's probability between any two chains; 0 in mode 'instant' */
  readonly chainDifference: Float64Array
}

export interface TargetPosterior {
  /** [K*d] P(gene is a direct target in environment k | data) */
  readonly probability: Float64Array
  /** [K*d] natural log-odds used for ranking, never saturated */
  readonly logOdds: Float64Array
  /** [K*d] 1 = most probable target of its environment */
  readonly rank: Int32Array
  /** [K*d] index into TARGET_KINDS */
  readonly kind: Uint8Array
  /** [K*d] expected share of non-targets among the genes of the same environment ranked at least as high */
  readonly listFdr: Float64Array
  /** [K*d] observed mean minus control mean, in control sd */
  readonly observedShift: Float64Array
  /** [K*d] the shift predicted from the observed parents if the gene is *not* a target, in control sd; NaN in mode 'instant' */
  readonly predictedShift: Float64Array
  /** [K] P(no gene of the list is a direct target) */
  readonly noTarget: Float64Array
  /** [K] 'no confident target' is the answer */
  readonly noConfidentTarget: readonly boolean[]
}

/** Of the closed form and its search; all counts are 0 in mode 'instant', which searches nothing. */
export interface RunDiagnostics {
  readonly preset: 'clean' | 'noisy-counts'
  readonly maxParents: number
  readonly candidates: number
  readonly parentSetsPerGene: number
  readonly sweeps: number
  /** set when the user ended the search early: how many sweeps it would have had */
  readonly plannedSweeps?: number
  readonly chains: number
  /** exact: the order posterior was summed exactly instead of sampled */
  readonly exactOrders: boolean
  readonly maxChainDifference: number
  /** effective number of independent orders; 0 when exact */
  readonly effectiveOrders: number
  /** [T + 1] prior on the number of targets per environment of the closed form; empty in mode 'instant' */
  readonly targetCountPrior: readonly number[]
  readonly seconds: Readonly<Record<string, number>>
  readonly threads: number
  readonly peakMemoryBytes: number
}

/**
 * What is kept of the graph posterior so that a new experiment is answered, and every
 * evidence view drawn, without learning again.
 */
export interface LearnedState {
  /** numbers that map raw (transformed) expression to the scale of the evidence; see core/features */
  readonly preprocessing: SerialisedPreprocessing
  readonly genes: readonly LearnedGene[]
  readonly priorTarget: number
}

export interface SerialisedPreprocessing {
  readonly responseNoise: 'none' | 'ties'
  readonly basisHalfWidth: number
  /** [d, 5] overall means of the sine features */
  readonly basisMeans: Float64Array
  readonly betweenVariance: number
  readonly hasControl: boolean
  readonly genes: readonly SerialisedGeneScale[]
}

/** z = (score(x) - mean) / sd; score is the identity or the piecewise-linear normal-score map through the knots. */
export interface SerialisedGeneScale {
  readonly kind: 'linear' | 'normal-scores' | 'tied'
  readonly mean: number
  readonly sd: number
  readonly tailMean: number
  readonly tailSd: number
  /** [q] increasing raw values and their normal scores ('normal-scores'), or sorted reference values ('tied') */
  readonly knots: Float64Array
  readonly scores: Float64Array
}

export interface LearnedGene {
  readonly parentSets: readonly LearnedParentSet[]
}

export interface LearnedParentSet {
  readonly parents: readonly number[]
  /** posterior weight; the sets of a gene sum to at most 1 (sets below 1e-3 are dropped) */
  readonly weight: number
  /** tempered number of pooled samples */
  readonly pooledCount: number
  /** packed lower triangle, rows [1, features of each parent…, y], of the pool Gram without prior */
  readonly pool: Float64Array
  /** [K] 0 unchanged, 1 shift, 2 hard */
  readonly states: Uint8Array
  /** [K] log-odds that the gene is a target given this parent set */
  readonly targetLogOdds: Float64Array
}
