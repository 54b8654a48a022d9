import { createHash } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { deserialize, serialize } from 'node:v8'
import type { Dataset } from '../../../src-shared/domain/dataset'
import type { RunSettings } from '../../../src-shared/domain/run-settings'
import type { OrderChainState } from '../../core/search/order-mcmc'
import type { GeneScores } from './gene-scores'

const FORMAT = 1

/** The finished parts of an interrupted run. */
export interface Checkpoint {
  readonly genes: GeneScores[]
  /** by chain; a missing entry starts anew */
  readonly chains: (OrderChainState | undefined)[]
}

/** What a checkpoint must share with a run to be continued by it. */
export function checkpointKey(dataset: Dataset, settings: RunSettings): string {
  const hash = createHash('sha256')
  hash.update(
    JSON.stringify([
      FORMAT,
      settings,
      dataset.genes,
      dataset.samples,
      dataset.environments,
      dataset.transform,
    ]),
  )
  hash.update(bytesOf(dataset.values))
  hash.update(bytesOf(dataset.environmentOf))
  return hash.digest('hex')
}

/** @returns undefined when there is none, or it belongs to other data or settings, or is damaged */
export async function readCheckpoint(file: string, key: string): Promise<Checkpoint | undefined> {
  try {
    const stored = deserialize(await readFile(file)) as { key?: unknown; checkpoint?: Checkpoint }
    return stored.key === key ? stored.checkpoint : undefined
  } catch {
    return undefined
  }
}

/** Writes beside the target and renames, so that a crash leaves the previous checkpoint. */
export async function writeCheckpoint(file: string, key: string, checkpoint: Checkpoint): Promise<void> {
  const temporary = `${file}.tmp`
  const handle = await open(temporary, 'w', 0o600)
  try {
    await handle.writeFile(serialize({ key, checkpoint }))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, file)
}

export async function removeCheckpoint(file: string): Promise<void> {
  await rm(file, { force: true })
}

function bytesOf(array: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
}
