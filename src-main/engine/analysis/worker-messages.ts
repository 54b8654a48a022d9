import type { EvidenceStudy } from '../../core/evidence/study'
import type { OrderChainState } from '../../core/search/order-mcmc'
import type { ScoreTables } from '../../core/search/score-table'
import type { GeneScores, GeneTask } from './gene-scores'

export interface ChainTask {
  readonly scores: ScoreTables
  readonly sweeps: number
  readonly burnIn: number
  readonly seed: number
  readonly stream: number
  readonly requiredPairs: Int32Array
  /** [1] shared; 1 = end the chain as soon as it has enough sweeps after its burn-in */
  readonly stop?: Int32Array
  readonly resumeFrom?: OrderChainState
}

export interface ChainResult {
  /** [d, 2^m] */
  readonly counts: Int32Array
  readonly trace: Float64Array
  /** fewer than asked for when the chain was ended early */
  readonly sweeps: number
}

export type WorkerRequest =
  | { readonly type: 'study'; readonly study: EvidenceStudy }
  | { readonly type: 'gene'; readonly id: number; readonly task: GeneTask }
  | { readonly type: 'chain'; readonly id: number; readonly task: ChainTask }

export type WorkerReply =
  | { readonly type: 'gene'; readonly id: number; readonly scores: GeneScores }
  | { readonly type: 'sweeps'; readonly id: number; readonly done: number; readonly state?: OrderChainState }
  | { readonly type: 'chain'; readonly id: number; readonly result: ChainResult }
  | { readonly type: 'failed'; readonly id: number; readonly message: string; readonly stack: string }
