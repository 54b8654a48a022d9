import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { AppError } from '../../../src-shared/contract/errors'
import { DISTRIBUTIONS } from '../../core/simulate/training'
import { writeAtomically } from '../result/write-atomically'
import { SHARD_DTYPES } from './shard-layout'

const INDEX_FILE = 'index.json'
const Count = z.number().int().min(0)

export const SHARD_CONDITIONS = ['plain', 'weak', 'shift'] as const
/** What all studies of a folder have in common: no nuisance, weak actions only, shifts only. */
export type ShardCondition = (typeof SHARD_CONDITIONS)[number]

const ShardEntry = z.strictObject({
  file: z.string().regex(/^[a-z0-9-]+\.bin$/),
  genes: Count,
  experiments: Count,
  studies: Count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sections: z.record(
    z.string(),
    z.strictObject({ offset: Count, dtype: z.enum(SHARD_DTYPES), shape: z.array(Count) }),
  ),
})
export type ShardEntry = z.infer<typeof ShardEntry>

/** What `index.json` of a folder of shards says: how they were made and where everything lies. */
export const ShardIndex = z.strictObject({
  format: z.literal('metacadi-shards'),
  version: z.literal(1),
  featureVersion: z.number().int(),
  simulator: z.number().int(),
  seed: Count,
  distribution: z.enum(DISTRIBUTIONS),
  /** the closed-form analysis was run too */
  closedForm: z.boolean(),
  /** most samples of a study */
  mostSamples: Count,
  /** names of the pair features, in order; likewise below */
  pairFeatures: z.array(z.string()),
  experimentFeatures: z.array(z.string()),
  globalFeatures: z.array(z.string()),
  /** names that the `family` bytes stand for */
  families: z.array(z.string()),
  /** the families that were drawn */
  drawnFamilies: z.array(z.string()),
  /** absent: the mix of training */
  conditions: z.array(z.enum(SHARD_CONDITIONS)).optional(),
  shards: z.array(ShardEntry),
})
export type ShardIndex = z.infer<typeof ShardIndex>
/** All of the index that must agree before shards are added to a folder. */
export type ShardHead = Omit<ShardIndex, 'shards'>

/** @returns undefined when the folder has no index @throws AppError DATA_FORMAT when it is not one of shards */
export async function readShardIndex(folder: string): Promise<ShardIndex | undefined> {
  const path = join(folder, INDEX_FILE)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch {
    return undefined
  }
  const parsed = ShardIndex.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw new AppError('DATA_FORMAT', `'${path}' is not an index of shards. Choose another folder.`, {
    error: z.prettifyError(parsed.error),
  })
}

export async function writeShardIndex(folder: string, index: ShardIndex): Promise<void> {
  await writeAtomically(join(folder, INDEX_FILE), `${JSON.stringify(index, null, 1)}\n`)
}

/** Whether the file of an entry is there and has its checksum. */
export async function shardIsWhole(folder: string, entry: ShardEntry): Promise<boolean> {
  const path = join(folder, entry.file)
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) return false
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex') === entry.sha256
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
