import { open, type FileHandle } from 'node:fs/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import { pipeline, Readable } from 'node:stream'
import { AppError } from '../../../../src-shared/contract/errors'
import { count } from '../findings'
import type { ImportLimits } from '../limits'
import type { SourceFile } from '../types'

interface Entry {
  readonly method: number
  readonly packed: number
  /** CRC-32 of the unpacked content */
  readonly checksum: number
  /** position of the local header */
  readonly offset: number
}

export interface Zip {
  readonly names: readonly string[]
  /** unpacked content in pieces; null when there is no such entry */
  readonly read: (name: string) => AsyncGenerator<Buffer> | null
  readonly close: () => Promise<void>
}

const END = 0x06054b50
const DIRECTORY = 0x02014b50
const LOCAL = 0x04034b50
const END_LENGTH = 22
const LONGEST_COMMENT = 65_535
/** a workbook has tens of entries */
const MOST_ENTRIES = 1_000
const LARGEST_DIRECTORY = 16 * 2 ** 20
const PIECE = 256 * 1024
const STORED = 0
const DEFLATED = 8

/**
 * Opens a zip file for reading single entries (PKWARE APPNOTE 6.3, without encryption, zip64 and multiple disks, which no
 * workbook uses). Sizes that the file declares are not believed: what is unpacked is counted, and held against its checksum.
 */
export async function openZip(file: SourceFile, path: string, limits: ImportLimits): Promise<Zip> {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    const entries = await directory(file, handle, size)
    let unpacked = 0
    const grow = (bytes: number): void => {
      unpacked += bytes
      const ratio = unpacked / size
      if (unpacked > limits.unpackedBytes || (unpacked > limits.ratioFromBytes && ratio > limits.unpackRatio))
        throw new AppError(
          'RESOURCE_LIMIT',
          `${file.name} unpacks to an unusual size (more than ${count(Math.round(ratio))} times its own). It was not read further.`,
          { unpackedBytes: unpacked, packedBytes: size },
        )
    }
    return {
      names: [...entries.keys()],
      read: (name) => {
        const entry = entries.get(name)
        return entry ? content(file, handle, entry, grow) : null
      },
      close: () => handle.close(),
    }
  } catch (error) {
    await handle.close()
    throw error
  }
}

const damaged = (file: SourceFile): AppError =>
  new AppError('DATA_FORMAT', `${file.name} is damaged: it cannot be unpacked. Copy or download it again.`)

async function piece(file: SourceFile, handle: FileHandle, start: number, length: number): Promise<Buffer> {
  const memory = Buffer.alloc(length)
  const { bytesRead } = await handle.read(memory, 0, length, start)
  if (bytesRead < length) throw damaged(file)
  return memory
}

async function directory(file: SourceFile, handle: FileHandle, size: number): Promise<Map<string, Entry>> {
  const tailLength = Math.min(size, END_LENGTH + LONGEST_COMMENT)
  const tail = await piece(file, handle, size - tailLength, tailLength)
  let end = tail.length - END_LENGTH
  while (end >= 0 && tail.readUInt32LE(end) !== END) end--
  if (end < 0) throw new AppError('DATA_FORMAT', `${file.name} is incomplete. Copy or download it again.`)
  const entries = tail.readUInt16LE(end + 10)
  const length = tail.readUInt32LE(end + 12)
  const start = tail.readUInt32LE(end + 16)
  if (entries > MOST_ENTRIES || length > LARGEST_DIRECTORY)
    throw new AppError(
      'RESOURCE_LIMIT',
      `${file.name} holds ${count(entries)} files, more than any workbook. It was not read.`,
    )
  if (start + length > size) throw damaged(file)
  const list = await piece(file, handle, start, length)
  const found = new Map<string, Entry>()
  let at = 0
  for (let index = 0; index < entries; index++) {
    if (at + 46 > list.length || list.readUInt32LE(at) !== DIRECTORY) throw damaged(file)
    const nameLength = list.readUInt16LE(at + 28)
    const name = list.subarray(at + 46, at + 46 + nameLength).toString('utf8')
    const entry = {
      method: list.readUInt16LE(at + 10),
      packed: list.readUInt32LE(at + 20),
      checksum: list.readUInt32LE(at + 16),
      offset: list.readUInt32LE(at + 42),
    }
    const encrypted = (list.readUInt16LE(at + 8) & 1) !== 0
    // two entries of one name are a way to show one thing and mean another
    if (encrypted || found.has(name)) throw damaged(file)
    found.set(name, entry)
    at += 46 + nameLength + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32)
  }
  return found
}

async function* content(
  file: SourceFile,
  handle: FileHandle,
  entry: Entry,
  grow: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const header = await piece(file, handle, entry.offset, 30)
  if (header.readUInt32LE(0) !== LOCAL) throw damaged(file)
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  async function* packed(): AsyncGenerator<Buffer> {
    for (let at = 0; at < entry.packed; at += PIECE)
      yield await piece(file, handle, start + at, Math.min(PIECE, entry.packed - at))
  }
  if (entry.method !== STORED && entry.method !== DEFLATED) throw damaged(file)
  const unpacked: AsyncIterable<Buffer> =
    entry.method === STORED
      ? packed()
      : pipeline(Readable.from(packed()), createInflateRaw({ chunkSize: PIECE }), () => undefined)
  try {
    let checksum = 0
    for await (const chunk of unpacked) {
      grow(chunk.length)
      checksum = crc32(chunk, checksum)
      yield chunk
    }
    // whoever reads to the end learns that what came before was not what had been packed
    if (checksum !== entry.checksum) throw damaged(file)
  } catch (error) {
    throw error instanceof AppError ? error : damaged(file)
  }
}
