import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { AppError } from '../../../src-shared/contract/errors'
import { writeAtomically } from '../../io/result/write-atomically'
import { opaqueId } from '../opaque-id'

const GrantedFile = z.object({
  name: z.string(),
  path: z.string(),
  /** `save`: chosen as the place to save to; `upload`: a copy that goes with the session. Absent = to be read. */
  use: z.enum(['save', 'upload']).optional(),
})
export type GrantedFile = z.infer<typeof GrantedFile>

const StoredGrants = z.array(z.tuple([z.string(), GrantedFile]))

export interface FileGrants {
  /** Turns a file the user chose into a handle that windows may use. The same file keeps its handle. */
  readonly grant: (file: GrantedFile) => Promise<string>
  /** @throws AppError FILE_ACCESS when the handle was never granted in this session */
  readonly resolve: (handle: string) => GrantedFile
}

/**
 * The files of one session. They are kept in `storeFile` so that handles stay valid when the engine
 * process has to be restarted; the store is gone with the session.
 */
export function createFileGrants(storeFile: string): FileGrants {
  const files = new Map(
    existsSync(storeFile) ? StoredGrants.parse(JSON.parse(readFileSync(storeFile, 'utf8'))) : [],
  )
  let stored: Promise<void> = Promise.resolve()

  return {
    grant: async (file) => {
      for (const [handle, known] of files)
        if (known.path === file.path && known.name === file.name && known.use === file.use) return handle
      const handle = opaqueId()
      files.set(handle, file)
      stored = stored
        .catch(() => undefined)
        .then(() => writeAtomically(storeFile, JSON.stringify([...files])))
      await stored
      return handle
    },
    resolve: (handle) => {
      const file = files.get(handle)
      if (!file)
        throw new AppError('FILE_ACCESS', 'This file is no longer open in this session. Choose it again.')
      return file
    },
  }
}
