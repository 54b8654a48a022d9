export { DISTRIBUTIONS, type Distribution } from '../../core/simulate/training'
export { LARGEST_SHARD_SEED } from './fill-shard'
export { parseFamilies, parseShapes } from './shard-plan'
export { writeShards, type ShardOptions, type ShardSummary } from './write-shards'
