import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { AppError } from '../../../src-shared/contract/errors'
import {
  dataEntry,
  DOCUMENT_ENTRY,
  packedResultEntry,
  resultEntry,
  serialiseDocument,
  type ProjectDocument,
} from './project-file'
import { packResult } from './packed-result'
import { PROJECT_LIMITS } from './zip-reader'
import { writeZip, type ZipEntry } from './zip-writer'

export interface ContentPlaces {
  readonly dataFile: (sha256: string) => string
  readonly resultFile: (sha256: string) => string
}

/**
 * Writes a project file: the document first, then every file and result once, by name. Equal projects give equal bytes.
 * @param results 'packed' takes less space and more time; both are read
 * @throws AppError RESOURCE_LIMIT, FILE_ACCESS
 */
export async function writeProject(
  document: ProjectDocument,
  places: ContentPlaces,
  write: (bytes: Uint8Array) => Promise<void>,
  results: 'text' | 'packed' = 'text',
): Promise<void> {
  const text = Buffer.from(serialiseDocument(document), 'utf8')
  const data = unique(document.data.filter(({ held }) => held).map(({ sha256 }) => sha256))
  const runs = unique(document.results.map(({ sha256 }) => sha256))
  const entries: ZipEntry[] = [
    { name: DOCUMENT_ENTRY, bytes: text.length, read: () => piecesOf(text) },
    ...(await Promise.all(data.map((sha256) => fileEntry(dataEntry(sha256), places.dataFile(sha256))))),
    ...(await Promise.all(
      runs.map((sha256) =>
        results === 'packed'
          ? packedEntry(sha256, places.resultFile(sha256))
          : fileEntry(resultEntry(sha256), places.resultFile(sha256)),
      ),
    )),
  ]
  const total = entries.reduce((sum, entry) => sum + entry.bytes, 0)
  if (total > PROJECT_LIMITS.totalBytes || entries.length > PROJECT_LIMITS.entries)
    throw new AppError(
      'RESOURCE_LIMIT',
      `The project holds ${Math.ceil(total / 1024 ** 2)} MB in ${entries.length} files; a project file holds at most 4096 MB in 1000. Delete runs, or average the cells of each experiment.`,
      { total, entries: entries.length },
    )
  await writeZip(entries, write)
}

const unique = (list: readonly string[]): string[] => [...new Set(list)].sort()

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes)
}

async function fileEntry(name: string, path: string): Promise<ZipEntry> {
  const { size } = await stat(path)
  return { name, bytes: size, read: () => createReadStream(path, { highWaterMark: 1024 * 1024 }) }
}

async function packedEntry(sha256: string, path: string): Promise<ZipEntry> {
  const packed = packResult(await readFile(path))
  if (!packed) return fileEntry(resultEntry(sha256), path)
  return { name: packedResultEntry(sha256), bytes: packed.length, read: () => piecesOf(packed) }
}
