import { open, type FileHandle } from 'node:fs/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import { pipeline, Readable } from 'node:stream'
import { AppError } from '../../../src-shared/contract/errors'

export interface ZipLimits {
  readonly entries: number
  readonly totalBytes: number
  /** unpacked to packed, of the whole file */
  readonly ratio: number
  /** the ratio is judged beyond this many unpacked bytes */
  readonly ratioFromBytes: number
}

export const PROJECT_LIMITS: ZipLimits = {
  entries: 1_000,
  totalBytes: 4 * 1024 ** 3,
  ratio: 300,
  ratioFromBytes: 64 * 1024 ** 2,
}

export interface CheckedZip {
  readonly names: readonly string[]
  readonly has: (name: string) => boolean
  /** Content in pieces. Ends with an error when it is not what its checksum says. */
  readonly read: (name: string) => AsyncGenerator<Uint8Array>
  readonly close: () => Promise<void>
}

interface Entry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly offset: number
}

const END_LENGTH = 22
const LONGEST_COMMENT = 65_535
const LARGEST_DIRECTORY = 16 * 1024 ** 2
const PIECE = 256 * 1024
const FILE_TYPE = 0xf000
const REGULAR = 0x8000

/**
 * Opens a zip from outside. Names that could leave a folder, links, folders, encrypted and overlapping entries, two entries of
 * one name, too many entries: the file is refused as a whole. Declared sizes are not believed: what is unpacked is counted.
 * @throws AppError DATA_FORMAT, RESOURCE_LIMIT
 */
export async function openCheckedZip(
  path: string,
  shownName: string,
  limits: ZipLimits = PROJECT_LIMITS,
): Promise<CheckedZip> {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    const entries = await readDirectory(handle, size, shownName, limits)
    let unpacked = 0
    const grow = (bytes: number): void => {
      unpacked += bytes
      const tooDense = unpacked > limits.ratioFromBytes && unpacked / size > limits.ratio
      if (unpacked > limits.totalBytes || tooDense)
        throw new AppError(
          'RESOURCE_LIMIT',
          `'${shownName}' unpacks to an unusual size, more than ${Math.round(unpacked / 1024 ** 2)} MB from ${Math.ceil(size / 1024 ** 2)} MB. It was not read further.`,
          { unpacked, size },
        )
    }
    return {
      names: [...entries.keys()],
      has: (name) => entries.has(name),
      read: (name) => contentOf(handle, entries.get(name), shownName, grow),
      close: () => handle.close(),
    }
  } catch (error) {
    await handle.close()
    throw error
  }
}

export const damagedFile = (shownName: string, reason: string): AppError =>
  new AppError(
    'DATA_FORMAT',
    `'${shownName}' is damaged: it cannot be read as a project. Copy it again, or open the copy saved before it ('${shownName}.bak').`,
    { reason },
  )

const refused = (shownName: string, reason: string): AppError =>
  new AppError(
    'DATA_FORMAT',
    `'${shownName}' was refused: it holds ${reason}, which no project of MetaCaDI has. Nothing was unpacked.`,
    { reason },
  )

async function bytesAt(
  handle: FileHandle,
  start: number,
  length: number,
  shownName: string,
): Promise<Buffer> {
  const memory = Buffer.alloc(length)
  const { bytesRead } = await handle.read(memory, 0, length, start)
  if (bytesRead < length) throw damagedFile(shownName, 'it ends too early')
  return memory
}

async function readDirectory(
  handle: FileHandle,
  size: number,
  shownName: string,
  limits: ZipLimits,
): Promise<Map<string, Entry>> {
  const tailLength = Math.min(size, END_LENGTH + LONGEST_COMMENT)
  const tail = await bytesAt(handle, size - tailLength, tailLength, shownName)
  let end = tail.length - END_LENGTH
  while (end >= 0 && tail.readUInt32LE(end) !== 0x06054b50) end--
  if (end < 0) throw damagedFile(shownName, 'the table of contents at its end is missing')
  const count = tail.readUInt16LE(end + 10)
  const length = tail.readUInt32LE(end + 12)
  const start = tail.readUInt32LE(end + 16)
  if (count > limits.entries)
    throw new AppError(
      'RESOURCE_LIMIT',
      `'${shownName}' holds ${count} files; a project has at most ${limits.entries}. It was not read.`,
      { count },
    )
  if (length > LARGEST_DIRECTORY || start + length > size)
    throw damagedFile(shownName, 'its table of contents points outside the file')
  const list = await bytesAt(handle, start, length, shownName)
  const found = new Map<string, Entry>()
  const seen = new Set<string>()
  let at = 0
  for (let index = 0; index < count; index++) {
    if (at + 46 > list.length || list.readUInt32LE(at) !== 0x02014b50)
      throw damagedFile(shownName, 'its table of contents is incomplete')
    const nameLength = list.readUInt16LE(at + 28)
    const name = list.subarray(at + 46, at + 46 + nameLength).toString('utf8')
    const flags = list.readUInt16LE(at + 8)
    const mode = (list.readUInt32LE(at + 38) >>> 16) & FILE_TYPE
    const bad = badName(name) ?? badKind(flags, mode)
    if (bad) throw refused(shownName, bad)
    // Two spellings of one name are one file on many computers.
    const folded = name.normalize('NFC').toLowerCase()
    if (seen.has(folded)) throw refused(shownName, 'two files of one name')
    seen.add(folded)
    found.set(name, {
      name,
      method: list.readUInt16LE(at + 10),
      crc: list.readUInt32LE(at + 16),
      packed: list.readUInt32LE(at + 20),
      offset: list.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32)
  }
  if (overlap([...found.values()], start)) throw refused(shownName, 'files that lie over one another')
  return found
}

/** @returns what is wrong with it */
function badName(name: string): string | undefined {
  if (name === '' || name.length > 500) return 'a file without a usable name'
  if (/\p{Cc}/u.test(name)) return 'a name with control characters'
  if (name.includes('\\')) return 'a name with a backslash'
  if (name.startsWith('/') || /^[a-z]:/i.test(name)) return 'an absolute path'
  if (name.split('/').some((part) => part === '..' || part === '.' || part === ''))
    return name.endsWith('/') ? 'a folder' : 'a path that leaves its folder'
  return undefined
}

function badKind(flags: number, mode: number): string | undefined {
  if (flags & 1) return 'an encrypted file'
  if (mode !== 0 && mode !== REGULAR) return 'a link or a special file'
  return undefined
}

/** Overlapping entries unpack the same bytes again and again: a bomb whose single entries look harmless. */
function overlap(entries: readonly Entry[], directory: number): boolean {
  const placed = [...entries].sort((a, b) => a.offset - b.offset)
  return placed.some((entry, index) => {
    const next = placed[index + 1]?.offset ?? directory
    return entry.offset + 30 + entry.packed > next
  })
}

async function* contentOf(
  handle: FileHandle,
  entry: Entry | undefined,
  shownName: string,
  grow: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  if (!entry) throw damagedFile(shownName, 'a file that it names is missing')
  const header = await bytesAt(handle, entry.offset, 30, shownName)
  if (header.readUInt32LE(0) !== 0x04034b50)
    throw damagedFile(shownName, `${entry.name} is not where it should be`)
  if (entry.method !== 0 && entry.method !== 8)
    throw damagedFile(shownName, `${entry.name} is packed in an unknown way`)
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  const { packed: packedBytes } = entry
  async function* packed(): AsyncGenerator<Buffer> {
    for (let at = 0; at < packedBytes; at += PIECE)
      yield await bytesAt(handle, start + at, Math.min(PIECE, packedBytes - at), shownName)
  }
  const unpacked: AsyncIterable<Buffer> =
    entry.method === 0
      ? packed()
      : pipeline(Readable.from(packed()), createInflateRaw({ chunkSize: PIECE }), () => undefined)
  let crc = 0
  try {
    for await (const piece of unpacked) {
      grow(piece.length)
      crc = crc32(piece, crc)
      yield piece
    }
  } catch (error) {
    throw error instanceof AppError ? error : damagedFile(shownName, `${entry.name} cannot be unpacked`)
  }
  if (crc !== entry.crc) throw damagedFile(shownName, `the checksum of ${entry.name} is wrong`)
}
