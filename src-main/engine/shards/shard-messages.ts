import type { ShardTask } from './fill-shard'

export interface ShardRequest {
  readonly task: ShardTask
}

export type ShardReply =
  | { readonly type: 'studies'; readonly count: number }
  | {
      readonly type: 'shard'
      readonly bytes: Uint8Array<ArrayBuffer>
      readonly sha256: string
      /** studies since the last report */
      readonly unreported: number
    }
  | { readonly type: 'failed'; readonly message: string; readonly stack: string }
