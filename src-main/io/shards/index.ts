export { createShardBuilder, type ClosedFormLogOdds, type ShardBuilder } from './shard-builder'
export {
  readShardIndex,
  shardIsWhole,
  writeShardIndex,
  SHARD_CONDITIONS,
  type ShardCondition,
  type ShardEntry,
  type ShardHead,
  type ShardIndex,
} from './shard-index'
export { shardLayout, type ShardSections } from './shard-layout'
export { openShard, type ShardReader, type ShardStudy } from './shard-reader'
