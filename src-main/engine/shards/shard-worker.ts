/** Worker thread of `simulate --shards`: pure calculation, no files, no native modules. */
import { createHash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import { fillShard } from './fill-shard'
import type { ShardReply, ShardRequest } from './shard-messages'

const reply = (message: ShardReply, transfer: ArrayBuffer[] = []): void =>
  parentPort!.postMessage(message, transfer)

/** Studies between two reports. */
const REPORT_EVERY = 8

parentPort!.on('message', ({ task }: ShardRequest) => {
  let unreported = 0
  const onStudy = (): void => {
    if (++unreported < REPORT_EVERY) return
    reply({ type: 'studies', count: unreported })
    unreported = 0
  }
  fillShard(task, onStudy).then(
    (bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      reply({ type: 'shard', bytes, sha256, unreported }, [bytes.buffer])
    },
    (error: unknown) => {
      const cause = error instanceof Error ? error : new Error(String(error))
      reply({ type: 'failed', message: cause.message, stack: cause.stack ?? '' })
    },
  )
})
