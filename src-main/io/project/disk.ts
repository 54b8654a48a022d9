import { constants } from 'node:fs'
import { copyFile, link, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

export interface DiskFile {
  readonly write: (bytes: Uint8Array) => Promise<void>
  /** Returns when the bytes are on the medium and not only promised by it. */
  readonly sync: () => Promise<void>
  readonly close: () => Promise<void>
}

/** The few operations that saving needs, so that tests can fill the disk or cut the power between any two of them. */
export interface Disk {
  /** Fails when there is such a file. @param like a file whose permissions it gets, where there is one */
  readonly create: (path: string, like?: string) => Promise<DiskFile>
  readonly rename: (from: string, to: string) => Promise<void>
  /** A second name for a file, or a copy where the file system has no second names; replaces what is there. */
  readonly duplicate: (from: string, to: string) => Promise<void>
  readonly remove: (path: string) => Promise<void>
  /** Forces the names in the folder of a file to the medium, where the system can. */
  readonly syncNames: (path: string) => Promise<void>
}

export const realDisk: Disk = {
  create: async (path, like) => {
    const handle = await open(path, 'wx')
    const permissions = like === undefined ? undefined : (await stat(like).catch(() => undefined))?.mode
    // A file system without permissions has none to keep.
    if (permissions !== undefined) await handle.chmod(permissions & 0o777).catch(() => undefined)
    return {
      write: (bytes) => handle.writeFile(bytes),
      sync: () => handle.sync(),
      close: () => handle.close(),
    }
  },
  rename,
  duplicate: async (from, to) => {
    // A copy that is cut off must not take the place of a whole one.
    const temporary = `${to}.tmp`
    await rm(temporary, { force: true })
    try {
      await link(from, temporary).catch(() => copyFile(from, temporary, constants.COPYFILE_FICLONE))
      await rename(temporary, to)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  },
  remove: (path) => rm(path, { force: true }),
  syncNames: async (path) => {
    // Windows cannot open folders; its file system keeps names in order itself.
    if (process.platform === 'win32') return
    const folder = await open(dirname(path), 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  },
}
