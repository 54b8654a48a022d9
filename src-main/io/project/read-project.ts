import { createHash } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { AppError } from '../../../src-shared/contract/errors'
import { unpackResult } from './packed-result'
import {
  dataEntry,
  DOCUMENT_ENTRY,
  packedResultEntry,
  parseDocument,
  resultEntry,
  type ParsedDocument,
} from './project-file'
import { damagedFile, openCheckedZip, type CheckedZip } from './zip-reader'

const LARGEST_DOCUMENT = 256 * 1024 * 1024
/** Results are packed for reports alone, and no report is as large. */
const LARGEST_PACKED = 32 * 1024 * 1024

export interface Places {
  readonly dataFile: (sha256: string) => string
  readonly resultFile: (sha256: string) => string
}

export interface UnpackedProject extends ParsedDocument {
  /** SHA-256 of everything that could be unpacked and is what its name says */
  readonly intact: ReadonlySet<string>
  /** what could not, each as a sentence */
  readonly problems: readonly string[]
}

/**
 * Unpacks a project file into a folder of ours. A damaged document is an error; a damaged file or result is left out and named.
 * @throws AppError DATA_FORMAT, RESOURCE_LIMIT, FILE_ACCESS
 */
export async function unpackProject(
  path: string,
  shownName: string,
  places: Places,
): Promise<UnpackedProject> {
  const zip = await openForReading(path, shownName)
  try {
    const parsed = await documentIn(zip, shownName)
    const { data, results } = parsed.document
    const wanted = [
      ...data
        .filter(({ held }) => held)
        .map(({ sha256, name }) => ({
          sha256,
          entry: dataEntry(sha256),
          to: places.dataFile(sha256),
          what: `The data of '${name}'`,
        })),
      ...results.map(({ sha256, summary }) => ({
        sha256,
        entry: resultEntry(sha256),
        to: places.resultFile(sha256),
        what: `The run '${summary.name}' of ${summary.createdAt.slice(0, 16).replace('T', ' ')}`,
      })),
    ]
    const intact = new Set<string>()
    const problems: string[] = []
    for (const { sha256, entry, to, what } of wanted) {
      if (intact.has(sha256)) continue
      try {
        await unpackEntry(zip, entry, sha256, to, shownName)
        intact.add(sha256)
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'DATA_FORMAT') throw error
        await rm(to, { force: true })
        problems.push(`${what} is damaged and was left out.`)
      }
    }
    return { ...parsed, intact, problems }
  } finally {
    await zip.close()
  }
}

/**
 * The document of a project file, and which of its files and results are what their names say; nothing is unpacked to disk.
 * @throws AppError DATA_FORMAT, RESOURCE_LIMIT, FILE_ACCESS
 */
export async function inspectProject(
  path: string,
  shownName: string,
): Promise<ParsedDocument & { readonly intact: ReadonlySet<string> }> {
  const zip = await openForReading(path, shownName)
  try {
    const parsed = await documentIn(zip, shownName)
    const { data, results } = parsed.document
    const wanted = new Map([
      ...data.filter(({ held }) => held).map(({ sha256 }) => [sha256, dataEntry(sha256)] as const),
      ...results.map(({ sha256 }) => [sha256, resultEntry(sha256)] as const),
    ])
    const intact = new Set<string>()
    for (const [sha256, entry] of wanted) if (await isIntact(zip, entry, sha256)) intact.add(sha256)
    return { ...parsed, intact }
  } finally {
    await zip.close()
  }
}

async function isIntact(zip: CheckedZip, entry: string, sha256: string): Promise<boolean> {
  const hash = createHash('sha256')
  try {
    for await (const piece of contentOf(zip, entry, sha256, '')) hash.update(piece)
  } catch (error) {
    if (error instanceof AppError && error.code === 'DATA_FORMAT') return false
    throw error
  }
  return hash.digest('hex') === sha256
}

async function documentIn(zip: CheckedZip, shownName: string): Promise<ParsedDocument> {
  if (!zip.has(DOCUMENT_ENTRY))
    throw new AppError(
      'DATA_FORMAT',
      `'${shownName}' is not a MetaCaDI project: it has no ${DOCUMENT_ENTRY}. Choose a .metacadi file.`,
    )
  return parseDocument(await textOf(zip, shownName), shownName)
}

async function openForReading(path: string, shownName: string): Promise<CheckedZip> {
  try {
    return await openCheckedZip(path, shownName)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError(
      'FILE_ACCESS',
      `'${shownName}' cannot be read. Check that it exists and can be opened.`,
      { error: error instanceof Error ? error.message : String(error) },
    )
  }
}

async function textOf(zip: CheckedZip, shownName: string): Promise<string> {
  return (await wholeEntry(zip, DOCUMENT_ENTRY, LARGEST_DOCUMENT, shownName)).toString('utf8')
}

async function wholeEntry(zip: CheckedZip, entry: string, most: number, shownName: string): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of zip.read(entry)) {
    bytes += piece.length
    if (bytes > most) throw damagedFile(shownName, `${entry} is too large`)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/** A file or a result in pieces, whether the result lies there as text or packed. */
async function* contentOf(
  zip: CheckedZip,
  entry: string,
  sha256: string,
  shownName: string,
): AsyncGenerator<Uint8Array> {
  const packed = packedResultEntry(sha256)
  if (entry !== resultEntry(sha256) || zip.has(entry) || !zip.has(packed)) {
    yield* zip.read(entry)
    return
  }
  const text = unpackResult(await wholeEntry(zip, packed, LARGEST_PACKED, shownName))
  if (!text) throw damagedFile(shownName, `${packed} is not a packed result`)
  yield text
}

async function unpackEntry(
  zip: CheckedZip,
  entry: string,
  sha256: string,
  to: string,
  shownName: string,
): Promise<void> {
  const hash = createHash('sha256')
  const file = await open(to, 'w', 0o600)
  try {
    for await (const piece of contentOf(zip, entry, sha256, shownName)) {
      hash.update(piece)
      await file.writeFile(piece)
    }
    // The document that names it is forced to the medium: what it names must not come later.
    await file.sync()
  } finally {
    await file.close()
  }
  if (hash.digest('hex') !== sha256) throw damagedFile(shownName, `${entry} is not what its name says`)
}
