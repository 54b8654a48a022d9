import { writeCheckpoint, type Checkpoint } from './checkpoint'

const CHECKPOINT_MILLISECONDS = 2000

export interface CheckpointSaver {
  save(): Promise<void>
  /** Saves when the last time is long enough ago. */
  maybeSave(): Promise<void>
  /** Waits for a save that is under way. */
  settled(): Promise<void>
}

/** Writes checkpoints one at a time, at most every two seconds. A failing disk must not stop the run. */
export function createSaver(
  file: string | undefined,
  key: string,
  collect: () => Checkpoint,
): CheckpointSaver {
  let last = performance.now()
  let running: Promise<void> | undefined
  const save = async (): Promise<void> => {
    if (!file || running) return running
    last = performance.now()
    running = writeCheckpoint(file, key, collect())
      .catch(() => undefined)
      .finally(() => (running = undefined))
    return running
  }
  return {
    save,
    maybeSave: async () => (performance.now() - last > CHECKPOINT_MILLISECONDS ? save() : undefined),
    settled: async () => running,
  }
}
