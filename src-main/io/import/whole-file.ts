import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InputFile } from '../../../src-shared/domain/dataset'
import { openBytes } from './source-bytes'
import type { ReadRequest, SourceFile } from './types'

/** A file that a library opens by itself, unpacked if it was packed. */
export interface WholeFile {
  readonly path: string
  readonly gzip: boolean
  /** size and hash of the file as the user knows it */
  readonly input: InputFile
  readonly release: () => Promise<void>
}

/** share of the progress that unpacking and hashing take */
export const UNPACKING = 0.2

/** Reads to the end for what happens on the way. */
export async function drained(pieces: AsyncIterable<unknown>): Promise<void> {
  const iterator = pieces[Symbol.asyncIterator]()
  while (!(await iterator.next()).done);
}

/** Reads the file once for its hash; a gzipped one is unpacked into the temporary folder meanwhile, within its limits. */
export async function wholeFile(file: SourceFile, request: ReadRequest): Promise<WholeFile> {
  const bytes = await openBytes(file, {
    ...request,
    onProgress: (fraction) => request.onProgress?.(fraction * UNPACKING),
  })
  if (!bytes.gzip) {
    await drained(bytes.chunks)
    return { path: file.path, gzip: false, input: bytes.finish(), release: () => Promise.resolve() }
  }
  const folder = await mkdtemp(join(tmpdir(), 'metacadi-unpacked-'))
  const release = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    const path = join(folder, 'unpacked')
    const target = await open(path, 'wx', 0o600)
    try {
      for await (const chunk of bytes.chunks) await target.writeFile(chunk)
    } finally {
      await target.close()
    }
    return { path, gzip: true, input: bytes.finish(), release }
  } catch (error) {
    await release()
    throw error
  }
}
