import type { ProviderChoice, ProviderReport } from '../domain/learned-model'
import type { ReliabilityCurve } from '../domain/reliability'

export interface EngineInfo {
  readonly version: string
  readonly kernel: 'wasm-simd' | 'typescript'
  readonly threads: number
  readonly platform: string
  readonly node: string
  readonly memoryTotalBytes: number
  readonly memoryFreeBytes: number
  /** where the learned model is to run; `model.provider` says where it does, and why not elsewhere */
  readonly provider: ProviderChoice
  readonly model: ModelInfo
}

/** The learned model, or why analyses use the closed form alone. */
export type ModelInfo =
  | {
      readonly available: true
      /** first twelve digits of the network's SHA-256 */
      readonly version: string
      readonly featureVersion: number
      readonly provider: ProviderReport
      /** of its evaluation on studies it never saw; empty when the model brings none */
      readonly reliability: readonly ReliabilityCurve[]
    }
  | { readonly available: false; readonly reason: string }

export interface ExampleInfo {
  readonly id: string
  readonly title: string
  /** three lines at most: what was measured, what is asked, what is known */
  readonly story: readonly string[]
  readonly genes: number
  readonly environments: number
  readonly samples: number
}

export interface JobInfo {
  readonly jobId: string
  readonly method: string
  readonly startedAt: string
  readonly progress: Progress | null
}

/** `percent` never decreases and ends at 100. */
export interface Progress {
  readonly stage:
    | 'reading'
    | 'preparing'
    | 'asking-network'
    | 'screening'
    | 'scoring'
    | 'searching'
    | 'averaging'
    | 'combining'
    | 'writing'
  readonly percent: number
  /** seconds left; null while unknown */
  readonly etaSeconds: number | null
  readonly memoryBytes: number
  /**
   * `analysis.run` in mode 'full': this run can be viewed already. It holds the instant answer until the job is done and
   * the full answer from then on, under the same id; when the job is cancelled or fails the instant answer stays.
   */
  readonly runId?: string
}

export interface RunEstimate {
  readonly seconds: number
  /** most runs end between these */
  readonly lowSeconds: number
  readonly highSeconds: number
  readonly memoryBytes: number
}
