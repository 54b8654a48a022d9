import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { AppError } from '../../../src-shared/contract/errors'
import { ReadOptions } from '../../../src-shared/contract/dataset-source'
import type { DatasetSummary } from '../../../src-shared/contract/dataset-summary'
import type { Dataset } from '../../../src-shared/domain/dataset'
import { firstBlocking } from '../../io/import'
import { writeAtomically } from '../../io/result/write-atomically'
import type { FileGrants } from '../files/file-grants'
import type { JobContext } from '../jobs/job-list'
import { opaqueId } from '../opaque-id'
import { readGranted } from './read-granted'
import type { FileReader } from './reading/read-apart'

const StoredOptions = z.array(z.tuple([z.string(), ReadOptions]))

/** Tables beyond this many are forgotten, oldest first, and read again when they are asked for. */
const KEPT_IN_MEMORY = 4

export interface OpenDataset {
  readonly summary: DatasetSummary
  readonly dataset: Dataset | null
}

export interface DatasetStore {
  readonly read: (options: ReadOptions, job: JobContext) => Promise<DatasetSummary>
  /** @throws AppError INVALID_PARAMS when it is not open */
  readonly get: (datasetId: string) => Promise<OpenDataset>
  /** @throws AppError as `get`, or what a blocking finding asks for */
  readonly ready: (datasetId: string) => Promise<{ summary: DatasetSummary; dataset: Dataset }>
  readonly close: (datasetId: string) => Promise<void>
  readonly inMemory: () => readonly OpenDataset[]
}

/**
 * The open data sets of a session. What is stored is only how each was read: after a restart of the engine
 * process the same identifier reads the same files again.
 */
export function createDatasetStore(reader: FileReader, grants: FileGrants, storeFile: string): DatasetStore {
  const optionsOf = new Map(
    existsSync(storeFile) ? StoredOptions.parse(JSON.parse(readFileSync(storeFile, 'utf8'))) : [],
  )
  const open = new Map<string, OpenDataset>()
  let stored: Promise<void> = Promise.resolve()

  const store = (): Promise<void> => {
    stored = stored
      .catch(() => undefined)
      .then(() => writeAtomically(storeFile, JSON.stringify([...optionsOf])))
    return stored
  }

  async function load(datasetId: string, options: ReadOptions, job: JobContext): Promise<OpenDataset> {
    const { dataset, summary } = await readGranted(reader, grants, options, job)
    const loaded = { dataset, summary: { ...summary, datasetId } }
    open.set(datasetId, loaded)
    for (const oldest of open.keys()) {
      if (open.size <= KEPT_IN_MEMORY) break
      open.delete(oldest)
    }
    return loaded
  }

  async function get(datasetId: string): Promise<OpenDataset> {
    const known = open.get(datasetId)
    if (known) return known
    const options = optionsOf.get(datasetId)
    if (!options)
      throw new AppError('INVALID_PARAMS', 'This data set is no longer open. Open its file again.')
    return load(datasetId, options, { signal: new AbortController().signal, progress: () => undefined })
  }

  return {
    read: async (options, job) => {
      const datasetId = opaqueId()
      const { summary } = await load(datasetId, options, job)
      optionsOf.set(datasetId, options)
      await store()
      return summary
    },
    get,
    ready: async (datasetId) => {
      const { dataset, summary } = await get(datasetId)
      if (dataset) return { dataset, summary }
      throw (
        firstBlocking(summary.findings) ??
        new AppError('DATA_FORMAT', `'${summary.name}' could not be read as an expression table.`)
      )
    },
    close: async (datasetId) => {
      open.delete(datasetId)
      if (optionsOf.delete(datasetId)) await store()
    },
    inMemory: () => [...open.values()],
  }
}
