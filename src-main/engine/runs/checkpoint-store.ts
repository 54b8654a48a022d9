import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Dataset } from '../../../src-shared/domain/dataset'
import { RunSettings } from '../../../src-shared/domain/run-settings'
import { canonicalJson } from '../../io/result/canonical-json'
import { writeAtomically } from '../../io/result/write-atomically'
import { sha256 } from '../sha256'

const Description = z.object({
  datasetKey: z.string(),
  settings: RunSettings,
  percent: z.number(),
})
type Description = z.infer<typeof Description>

const WRITE_INTERVAL_MS = 2_000
const KEPT_DAYS = 30

export interface RunCheckpoint {
  /** where the run saves its state; the run writes it, this store only names and removes it */
  readonly file: string
  readonly exists: () => boolean
  /** A run writes it now: it is no interrupted one. @returns ends that */
  readonly hold: () => () => void
  readonly isHeld: () => boolean
  /** Remembers how far the run is, so that the offer to resume can tell. */
  readonly progress: (percent: number) => void
  /** The run is complete: nothing is left to resume. */
  readonly discard: () => Promise<void>
}

export interface CheckpointStore {
  readonly open: (dataset: Dataset, settings: RunSettings) => RunCheckpoint
  /** newest first */
  readonly interrupted: (dataset: Dataset) => readonly { percent: number; settings: RunSettings }[]
}

/**
 * Checkpoints by content: the same data with the same settings find theirs again in any later session,
 * whatever the file was called, and no other run can pick it up by mistake.
 */
export function createCheckpointStore(folder: string): CheckpointStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  removeOld(folder)
  const keyOf = datasetKeys()
  /** descriptions of the runs under way */
  const held = new Set<string>()

  return {
    open: (dataset, settings) => {
      const datasetKey = keyOf(dataset)
      const key = sha256(canonicalJson({ datasetKey, settings }))
      const file = join(folder, `${key}.checkpoint`)
      const description = join(folder, `${key}.json`)
      let writing: Promise<void> = Promise.resolve()
      let writtenAt = -Infinity
      return {
        file,
        exists: () => existsSync(file),
        hold: () => {
          held.add(description)
          return () => held.delete(description)
        },
        isHeld: () => held.has(description),
        progress: (percent) => {
          if (performance.now() - writtenAt < WRITE_INTERVAL_MS) return
          writtenAt = performance.now()
          const content: Description = { datasetKey, settings, percent }
          // A description that cannot be written only means that the run is not offered for resuming.
          writing = writing
            .then(() => writeAtomically(description, JSON.stringify(content)))
            .catch(() => undefined)
        },
        discard: async () => {
          await writing
          rmSync(description, { force: true })
          rmSync(file, { force: true })
        },
      }
    },
    interrupted: (dataset) => {
      const datasetKey = keyOf(dataset)
      return readdirSync(folder)
        .filter((name) => name.endsWith('.json') && !held.has(join(folder, name)))
        .map((name) => readDescription(folder, name))
        .filter((found): found is Found => found?.datasetKey === datasetKey)
        .sort((a, b) => b.writtenAt - a.writtenAt)
        .map(({ percent, settings }) => ({ percent, settings }))
    },
  }
}

interface Found extends Description {
  readonly writtenAt: number
}

function readDescription(folder: string, name: string): Found | undefined {
  const path = join(folder, name)
  if (!existsSync(path.replace(/\.json$/, '.checkpoint'))) return undefined
  try {
    return { ...Description.parse(JSON.parse(readFileSync(path, 'utf8'))), writtenAt: statSync(path).mtimeMs }
  } catch {
    return undefined // written by another version: not ours to resume
  }
}

/** The identity of the numbers a run sees; hashing is remembered because a table may be large. */
function datasetKeys(): (dataset: Dataset) => string {
  const known = new WeakMap<Dataset, string>()
  return (dataset) => {
    const { genes, samples, values, environmentOf, environments, transform } = dataset
    const key =
      known.get(dataset) ??
      sha256(canonicalJson({ genes, samples, values, environmentOf, environments, transform }))
    known.set(dataset, key)
    return key
  }
}

function removeOld(folder: string): void {
  const oldest = Date.now() - KEPT_DAYS * 24 * 3600 * 1000
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (/\.(checkpoint|json|tmp)$/.test(name) && statSync(path).mtimeMs < oldest)
      rmSync(path, { force: true })
  }
}
